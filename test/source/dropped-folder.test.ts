import {expect} from '@open-wc/testing';
import {type DroppedItem, folderFromDrop} from '../../src/source/dropped-folder.js';
import {FileListSource} from '../../src/source/file-list-source.js';
import {directoryWith, removeAll} from './opfs.js';
import {listed, steps} from './source-contract.js';
import {tree} from './tree.js';

const withHandle = (handle: FileSystemHandle | null): DroppedItem => ({
  kind: 'file',
  getAsFileSystemHandle: () => Promise.resolve(handle),
});

/** A directory of the older interface, which gives its entries in parts and calls back. */
function entry(name: string, inside: readonly FileSystemEntry[] | 'unreadable'): FileSystemDirectoryEntry {
  const base = {name, isFile: false, isDirectory: true};
  const createReader = (): FileSystemDirectoryReader => {
    const left = inside === 'unreadable' ? [] : [...inside];
    return {
      readEntries: (found, failed) => {
        if (inside === 'unreadable') failed?.(new DOMException('as planned', 'NotReadableError'));
        else found(left.splice(0, 2));
      },
    };
  };
  return Object.assign(Object.create(null) as FileSystemDirectoryEntry, base, {createReader});
}

function fileEntry(name: string, fault?: string): FileSystemFileEntry {
  return Object.assign(Object.create(null) as FileSystemFileEntry, {
    name,
    isFile: true,
    isDirectory: false,
    file: (found: FileCallback, failed?: ErrorCallback) => {
      if (fault === undefined) found(new File([name], name));
      else failed?.(new DOMException('as planned', fault));
    },
  });
}

describe('dropped folder', () => {
  afterEach(removeAll);

  it('is the handle of the folder', async () => {
    const handle = await directoryWith(tree('a'));
    const items = [{kind: 'string'}, withHandle(handle)];
    expect(await folderFromDrop({items})).to.deep.equal({kind: 'handle', handle});
  });

  it('is asked for before the event is over', () => {
    let asked = 0;
    const item: DroppedItem = {
      kind: 'file',
      getAsFileSystemHandle: () => {
        asked++;
        return Promise.resolve(null);
      },
    };
    void folderFromDrop({items: [item]});
    expect(asked).to.equal(1);
  });

  it('is refused where it is none, a file, or more than one', async () => {
    const root = await directoryWith(tree('a'));
    const file = await root.getFileHandle('a');
    expect(await folderFromDrop({items: []})).to.deep.equal({kind: 'refused', why: 'nothing'});
    expect(await folderFromDrop({items: [{kind: 'string'}]})).to.deep.equal({
      kind: 'refused',
      why: 'nothing',
    });
    expect(await folderFromDrop({items: [withHandle(null)]})).to.deep.equal({
      kind: 'refused',
      why: 'nothing',
    });
    expect(await folderFromDrop({items: [withHandle(file)]})).to.deep.equal({kind: 'refused', why: 'a-file'});
    const two = [withHandle(root), withHandle(root)];
    expect(await folderFromDrop({items: two})).to.deep.equal({kind: 'refused', why: 'several'});
  });

  it('is refused where the browser cannot say what it is, or fails', async () => {
    expect(await folderFromDrop({items: [{kind: 'file'}]})).to.deep.equal({
      kind: 'refused',
      why: 'unsupported',
    });
    const failing: DroppedItem = {
      kind: 'file',
      getAsFileSystemHandle: () => Promise.reject(new DOMException('as planned', 'NotFoundError')),
    };
    expect(await folderFromDrop({items: [failing]})).to.deep.equal({kind: 'refused', why: 'unreadable'});
  });

  it('is a list of files where there are no handles, and tells what could not be read', async () => {
    const root = entry('stick', [
      entry('P1', [fileEntry('1'), fileEntry('2', 'NotFoundError'), fileEntry('3'), fileEntry('4')]),
      entry('bad', 'unreadable'),
      fileEntry('DICOMDIR'),
    ]);
    const dropped = await folderFromDrop({items: [{kind: 'file', webkitGetAsEntry: () => root}]});
    if (dropped.kind !== 'files') throw new Error(dropped.kind);
    const source = new FileListSource(dropped.folder);
    expect(source.name).to.equal('stick');
    expect(await listed(source, 'P1')).to.deep.equal(['1', '2', '3', '4']);
    expect(await listed(source, '')).to.deep.equal(['DICOMDIR']);
    expect((await steps(source)).filter(step => step.kind === 'unreadable-folder')).to.deep.equal([
      {kind: 'unreadable-folder', path: 'bad', fault: 'unreadable'},
    ]);
  });

  it('is refused as a file there, too', async () => {
    const item: DroppedItem = {kind: 'file', webkitGetAsEntry: () => fileEntry('x')};
    expect(await folderFromDrop({items: [item]})).to.deep.equal({kind: 'refused', why: 'a-file'});
  });
});
