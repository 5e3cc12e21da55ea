import {expect} from '@open-wc/testing';
import type {ReadFault} from '../../src/job/ports/source.js';
import {DirectoryHandleSource} from '../../src/source/directory-handle-source.js';
import {directoryAt, directoryWith, putFile, removeAll} from './opfs.js';
import {caught, listed, never, sourceContract, steps, walked} from './source-contract.js';
import {filesByFolder, tree} from './tree.js';
import {watched, withMethods} from './watched-directory.js';

sourceContract('over a directory handle', {
  make: async (files, name) => new DirectoryHandleSource(await directoryWith(files, name)),
  dispose: removeAll,
});

const broken = (name: string): DOMException => new DOMException('as planned', name);

describe('source, over a directory handle', () => {
  afterEach(removeAll);

  it('walks more folders than it keeps handles of', async () => {
    const files = new Map<string, string>();
    for (let i = 0; i < 1_020; i++) files.set(`wide/${i}/f`, '');
    for (let i = 0; i < 600; i++) files.set(`flat/f${i}`, '');
    const source = new DirectoryHandleSource(await directoryWith(files));
    expect(await walked(source)).to.deep.equal(filesByFolder(files));
    expect((await listed(source, 'flat')).length).to.equal(600);
  });

  it('reads several directories at a time, eight at most', async () => {
    const root = await directoryWith(tree(...Array.from({length: 40}, (_, i) => `d${i}/e/f`)));
    const open = {now: 0, most: 0};
    const source = new DirectoryHandleSource(
      watched(root, {
        opening: async () => {
          open.most = Math.max(open.most, ++open.now);
          await new Promise(resolve => setTimeout(resolve));
        },
        closing: () => {
          open.now--;
        },
      }),
    );
    expect(Object.keys(await walked(source)).length).to.equal(40);
    expect(open).to.deep.equal({now: 0, most: 8});
  });

  it('reads ahead no further than its steps are taken, and stops when nobody takes more', async () => {
    const root = await directoryWith(tree(...Array.from({length: 60}, (_, i) => `d${i}/f`)));
    let opened = 0;
    const source = new DirectoryHandleSource(
      watched(root, {
        opening: () => {
          opened++;
        },
      }),
    );
    const walk = source.walk(never)[Symbol.asyncIterator]();
    await walk.next();
    await new Promise(resolve => setTimeout(resolve, 50));
    await walk.return?.();
    expect(opened).to.be.lessThan(1 + 2 * 8);
  });

  const FAULTS: readonly [string, ReadFault][] = [
    ['NotFoundError', 'vanished'],
    ['NotAllowedError', 'permission'],
    ['NotReadableError', 'unreadable'],
    ['InvalidStateError', 'unreadable'],
  ];
  for (const [error, fault] of FAULTS) {
    it(`says of a directory that fails with ${error} that it is ${fault}, and walks all others`, async () => {
      const root = await directoryWith(tree('a/1', 'bad/1', 'bad/inside/1', 'c/1', 'c/2'));
      const source = new DirectoryHandleSource(
        watched(root, {
          opening: name => {
            if (name === 'bad') throw broken(error);
          },
        }),
      );
      const met = (await steps(source)).map(step => [
        step.path,
        step.kind === 'folder' ? step.files : step.fault,
      ]);
      expect(Object.fromEntries(met)).to.deep.equal({a: 1, bad: fault, c: 2});
      expect(await source.list('bad', never)).to.deep.equal({ok: false, fault});
      expect(await listed(source, 'c')).to.deep.equal(['1', '2']);
    });
  }

  it('goes into the folders that it saw before a directory broke off', async () => {
    const root = await directoryWith(tree(...Array.from({length: 9}, (_, i) => `bad/d${i}/f`)));
    const source = new DirectoryHandleSource(
      watched(root, {
        entry: (name, index) => {
          if (name.startsWith('d') && index === 4) throw broken('NotReadableError');
        },
      }),
    );
    const met = await steps(source);
    expect(met.filter(step => step.kind === 'unreadable-folder').map(step => step.path)).to.deep.equal([
      'bad',
    ]);
    expect(met.filter(step => step.kind === 'folder').length).to.equal(4);
  });

  it('comes out of a directory that contains itself', async () => {
    const root = await directoryWith(tree('f'));
    const endless: FileSystemDirectoryHandle = withMethods(root, {
      values: async function* () {
        yield await root.getFileHandle('f');
        yield endless;
      },
    });
    const met = await steps(new DirectoryHandleSource(endless));
    expect(met.filter(step => step.kind === 'folder').length).to.equal(257);
    expect(met.filter(step => step.kind === 'unreadable-folder').length).to.equal(1);
  });

  it('says of a file that is removed after it was listed that it vanished', async () => {
    const root = await directoryWith(tree('d/1', 'd/2'));
    const source = new DirectoryHandleSource(root);
    const listing = await source.list('d', never);
    await (await directoryAt(root, 'd')).removeEntry('1');
    const opened = listing.ok ? await Promise.all(listing.files.map(file => file.open())) : [];
    expect(opened.map(each => (each.ok ? 'ok' : each.fault))).to.deep.equal(['vanished', 'ok']);
  });

  it('lists what is left while files are being removed', async () => {
    const names = Array.from({length: 300}, (_, i) => `f${String(i).padStart(3, '0')}`);
    const root = await directoryWith(new Map(names.map(name => [`d/${name}`, ''])));
    const directory = await directoryAt(root, 'd');
    const source = new DirectoryHandleSource(
      watched(root, {
        entry: async (name, index) => {
          if (name !== 'd' && index % 3 === 0) await directory.removeEntry(names[index] ?? '').catch(caught);
        },
      }),
    );
    const listing = await source.list('d', never);
    expect(listing.ok && listing.files.length).to.be.within(200, 300);
    const opened = listing.ok ? await Promise.all(listing.files.map(file => file.open())) : [];
    expect(opened.filter(each => each.ok).length).to.equal(200);
    expect(opened.every(each => each.ok || each.fault === 'vanished')).to.equal(true);
  });

  it('finds a folder again that was removed and came back', async () => {
    const root = await directoryWith(tree('P/S/1'));
    const source = new DirectoryHandleSource(root);
    expect(await listed(source, 'P/S')).to.deep.equal(['1']);
    await root.removeEntry('P', {recursive: true});
    expect(await source.list('P/S', never)).to.deep.equal({ok: false, fault: 'vanished'});
    await putFile(root, 'P/S/2', '');
    expect(await listed(source, 'P/S')).to.deep.equal(['2']);
  });

  it('finds every folder though it keeps only the latest ones in mind', async () => {
    const paths = Array.from({length: 100}, (_, i) => `P${i % 5}/S${i}`);
    const source = new DirectoryHandleSource(await directoryWith(tree(...paths.map(path => `${path}/f`))));
    for (const path of [...paths, ...paths.toReversed()]) {
      expect(await listed(source, path)).to.deep.equal(['f']);
    }
  });

  it('can be posted to a worker, handle by handle', async () => {
    const root = await directoryWith(tree('a/1'));
    expect(await walked(new DirectoryHandleSource(structuredClone(root)))).to.deep.equal({a: 1});
  });

  describe('presence', () => {
    it('is gone when the root cannot be read, and present again when it can', async () => {
      const around = await directoryWith(tree('stick/a/1'));
      const source = new DirectoryHandleSource(await directoryAt(around, 'stick'));
      await around.removeEntry('stick', {recursive: true});
      expect(await source.presence()).to.equal('gone');
      expect(await source.fingerprint()).to.equal(null);
      expect(await steps(source)).to.deep.equal([{kind: 'unreadable-folder', path: '', fault: 'vanished'}]);
      await putFile(around, 'stick/a/1', '');
      expect(await source.presence()).to.equal('present');
    });

    it('is a matter of permission when the browser would have to ask', async () => {
      const root = await directoryWith(tree('a/1'));
      const asks = withMethods(root, {queryPermission: () => Promise.resolve('prompt')});
      expect(await new DirectoryHandleSource(asks).presence()).to.equal('permission');
      const refuses = withMethods(root, {
        keys: () => ({next: () => Promise.reject(broken('NotAllowedError'))}),
      });
      expect(await new DirectoryHandleSource(refuses).presence()).to.equal('permission');
      const fails = withMethods(root, {
        keys: () => ({next: () => Promise.reject(broken('NotReadableError'))}),
      });
      expect(await new DirectoryHandleSource(fails).presence()).to.equal('gone');
    });
  });

  describe('fingerprint', () => {
    it('stays when the root has another name, and when systems leave their traces', async () => {
      const root = await directoryWith(tree('P/1', 'P/2', 'DICOMDIR'), 'E');
      const before = await new DirectoryHandleSource(root).fingerprint();
      await putFile(root, 'System Volume Information/IndexerVolumeGuid', 'x');
      await putFile(root, '.DS_Store', 'x');
      expect(await new DirectoryHandleSource(root).fingerprint()).to.equal(before);
      const renamed = withMethods(root, {});
      Object.defineProperty(renamed, 'name', {value: 'F'});
      expect(await new DirectoryHandleSource(renamed).fingerprint()).to.equal(before);
    });

    it('changes when a file is written anew', async () => {
      const root = await directoryWith(tree('P/1'));
      const before = await new DirectoryHandleSource(root).fingerprint();
      await new Promise(resolve => setTimeout(resolve, 20));
      await putFile(root, 'P/1', 'content of P/1');
      expect(await new DirectoryHandleSource(root).fingerprint()).to.not.equal(before);
    });

    it('does not depend on the order in which a system lists', async () => {
      const root = await directoryWith(tree(...Array.from({length: 30}, (_, i) => `d${i % 7}/f${i}`)));
      const shuffled = (directory: FileSystemDirectoryHandle): FileSystemDirectoryHandle =>
        withMethods(directory, {
          values: async function* () {
            const entries: FileSystemHandle[] = [];
            for await (const entry of directory.values()) {
              entries.unshift(entry.kind === 'directory' ? shuffled(entry) : entry);
            }
            yield* entries;
          },
        });
      const usual = await new DirectoryHandleSource(root).fingerprint();
      expect(await new DirectoryHandleSource(shuffled(root)).fingerprint()).to.equal(usual);
    });

    it('bears one broken folder, and is none for a medium that goes while it is taken', async () => {
      const root = await directoryWith(tree('a/1', 'bad/1', 'c/1'));
      const gone = {now: false};
      const source = new DirectoryHandleSource(
        watched(root, {
          opening: name => {
            if (name === 'bad' || gone.now) throw broken('NotReadableError');
          },
        }),
      );
      const usual = await source.fingerprint();
      expect(usual).to.match(/^[0-9a-f]{64}$/);
      expect(await source.fingerprint()).to.equal(usual);
      gone.now = true;
      expect(await source.fingerprint()).to.equal(null);
    });
  });
});
