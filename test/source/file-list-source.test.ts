import {expect} from '@open-wc/testing';
import {FileListSource, folderFromInput} from '../../src/source/file-list-source.js';
import {directoryAt, directoryWith, removeAll} from './opfs.js';
import {listed, never, sourceContract, steps, walked} from './source-contract.js';
import {nameOf, type Tree, tree} from './tree.js';

/** Files as `<input webkitdirectory>` gives them: the folder's name stands before every path. */
function chosen(files: Tree, name = 'stick'): readonly File[] {
  return [...files].map(([path, content]) => {
    const file = new File([content], nameOf(path), {lastModified: 1_700_000_000_000});
    Object.defineProperty(file, 'webkitRelativePath', {value: `${name}/${path}`});
    return file;
  });
}

sourceContract('over a folder input', {
  // An empty folder has no file that could tell its name.
  make: (files, name) => Promise.resolve(new FileListSource(folderFromInput(chosen(files, name)))),
  dispose: () => Promise.resolve(),
});

describe('source, over a folder input', () => {
  afterEach(removeAll);

  it('sorts many files into their folders', async () => {
    const files = tree(...Array.from({length: 12_000}, (_, i) => `d${i % 100}/f${i}`));
    const counts = Object.values(await walked(new FileListSource(folderFromInput(chosen(files)))));
    expect(counts.length).to.equal(100);
    expect(counts.reduce((a, b) => a + b)).to.equal(12_000);
  });

  it('keeps its fingerprint when the folder has another name', async () => {
    const fingerprint = (name: string): Promise<string | null> =>
      new FileListSource(folderFromInput(chosen(tree('P/1', 'P/2'), name))).fingerprint();
    expect(await fingerprint('E')).to.equal(await fingerprint('F'));
  });

  it('tells of folders and files that could not be gathered', async () => {
    const source = new FileListSource({
      name: 'stick',
      files: [{folder: 'a', name: 'f', opened: {ok: false, fault: 'unreadable'}}],
      unreadable: [{path: 'b', fault: 'permission'}],
    });
    const met = await steps(source);
    expect(met.map(step => [step.kind, step.path])).to.deep.equal([
      ['unreadable-folder', 'b'],
      ['folder', 'a'],
    ]);
    expect(await source.list('b', never)).to.deep.equal({ok: false, fault: 'permission'});
    expect(await listed(source, 'a')).to.deep.equal(['f']);
    const listing = await source.list('a', never);
    expect(listing.ok && (await listing.files[0]?.open())).to.deep.equal({ok: false, fault: 'unreadable'});
  });

  it('is gone when none of its files can be read any more', async () => {
    const root = await directoryWith(
      new Map([
        ['d/1', 'one'],
        ['d/2', 'two'],
      ]),
    );
    const directory = await directoryAt(root, 'd');
    const file = async (name: string): Promise<File> => (await directory.getFileHandle(name)).getFile();
    const files = await Promise.all(
      ['1', '2'].map(async name => ({
        folder: 'd',
        name,
        opened: {ok: true, content: await file(name)} as const,
      })),
    );
    const source = new FileListSource({name: 'stick', files, unreadable: []});
    await directory.removeEntry('1');
    expect(await source.presence()).to.equal('present');
    await directory.removeEntry('2');
    expect(await source.presence()).to.equal('gone');
    expect(await source.fingerprint()).to.equal(null);
  });
});
