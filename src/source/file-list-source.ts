import type {
  Listing,
  Opened,
  Presence,
  ReadFault,
  Source,
  SourceFile,
  WalkStep,
} from '../job/ports/source.js';
import {type FingerprintEntry, type FingerprintFolder, fingerprintOf} from './fingerprint.js';
import {byName, joinPath} from './name-order.js';
import {SampleChoice} from './sample-choice.js';

/** A file and the folder that it lies in, relative to the source. */
export interface FiledFile {
  readonly folder: string;
  readonly name: string;
  readonly opened: Opened;
}

/** A folder that was chosen or dropped where the browser gives its files and no handle. */
export interface FiledFolder {
  readonly name: string;
  readonly files: Iterable<FiledFile>;
  /** Folders that could not be read while the files were gathered. */
  readonly unreadable: readonly {readonly path: string; readonly fault: ReadFault}[];
}

/** So many files are sorted into their folders before others get their turn: some milliseconds of work. */
const FILES_AT_ONCE = 5_000;

/** How many files are tried before the medium is called gone: one alone may have changed or been removed. */
const FILES_TRIED = 5;

/**
 * What `<input type="file" webkitdirectory>` holds. Its paths begin with the name of the chosen folder. A FileList can
 * be posted to a worker as it is, and be opened up there.
 */
export function folderFromInput(list: ArrayLike<File>): FiledFolder {
  const name = list[0]?.webkitRelativePath.split('/')[0] ?? '';
  return {
    name,
    unreadable: [],
    files: {
      *[Symbol.iterator]() {
        for (let i = 0; i < list.length; i++) {
          const file = list[i];
          if (!file) continue;
          const end = file.webkitRelativePath.lastIndexOf('/');
          yield {
            name: file.name,
            opened: {ok: true, content: file},
            folder: file.webkitRelativePath.slice(name.length + 1, Math.max(end, name.length + 1)),
          };
        }
      },
    },
  };
}

/**
 * The files of a folder as the browser has handed them over. They are a picture of the moment of the choice: files
 * that come later are not seen, and whether a file is still there shows only when it is read.
 */
export class FileListSource implements Source {
  readonly name: string;
  readonly #folder: FiledFolder;
  #grouped: Promise<ReadonlyMap<string, readonly FiledFile[]>> | null = null;

  constructor(folder: FiledFolder) {
    this.name = folder.name;
    this.#folder = folder;
  }

  async *walk(signal: AbortSignal): AsyncGenerator<WalkStep, void, void> {
    signal.throwIfAborted();
    const folders = await this.#folders();
    for (const {path, fault} of this.#folder.unreadable) {
      signal.throwIfAborted();
      yield {kind: 'unreadable-folder', path, fault};
    }
    for (const [path, files] of folders) {
      signal.throwIfAborted();
      if (files.length === 0) continue;
      const samples = new SampleChoice<FiledFile>();
      for (const file of files) samples.meet(file);
      yield {kind: 'folder', path, files: files.length, samples: samples.samples().map(sourceFile)};
    }
  }

  async list(path: string, signal: AbortSignal): Promise<Listing> {
    signal.throwIfAborted();
    const files = (await this.#folders()).get(path);
    signal.throwIfAborted();
    if (files) return {ok: true, files: files.map(sourceFile).sort(byName)};
    const unreadable = this.#folder.unreadable.find(folder => folder.path === path);
    return {ok: false, fault: unreadable?.fault ?? 'vanished'};
  }

  async presence(): Promise<Presence> {
    let tried = 0;
    for (const {opened} of this.#folder.files) {
      if (!opened.ok || opened.content.size === 0) continue;
      if (await canBeRead(opened.content)) return 'present';
      if (++tried === FILES_TRIED) break;
    }
    return tried === 0 ? 'present' : 'gone';
  }

  async fingerprint(): Promise<string | null> {
    if ((await this.presence()) !== 'present') return null;
    return fingerprintOf(fingerprintFolder('', await this.#folders()));
  }

  #folders(): Promise<ReadonlyMap<string, readonly FiledFile[]>> {
    return (this.#grouped ??= grouped(this.#folder.files));
  }
}

/** By folder, with all folders on the way to one, in the order in which they are met. */
async function grouped(files: Iterable<FiledFile>): Promise<ReadonlyMap<string, readonly FiledFile[]>> {
  const folders = new Map<string, FiledFile[]>([['', []]]);
  let count = 0;
  for (const filed of files) {
    const {folder} = filed;
    for (let end = folder.indexOf('/'); end >= 0; end = folder.indexOf('/', end + 1)) {
      const above = folder.slice(0, end);
      if (!folders.has(above)) folders.set(above, []);
    }
    const inside = folders.get(folder);
    if (inside) inside.push(filed);
    else folders.set(folder, [filed]);
    if (++count % FILES_AT_ONCE === 0) await new Promise(resolve => setTimeout(resolve));
  }
  return folders;
}

function sourceFile({name, opened}: FiledFile): SourceFile {
  return {name, open: () => Promise.resolve(opened)};
}

async function canBeRead(content: Blob): Promise<boolean> {
  try {
    await content.slice(0, 1).arrayBuffer();
    return true;
  } catch (error) {
    if (error instanceof DOMException) return false;
    throw error;
  }
}

function fingerprintFolder(
  path: string,
  folders: ReadonlyMap<string, readonly FiledFile[]>,
): FingerprintFolder {
  return {entries: () => fingerprintEntries(path, folders)};
}

async function* fingerprintEntries(
  path: string,
  folders: ReadonlyMap<string, readonly FiledFile[]>,
): AsyncGenerator<FingerprintEntry> {
  for (const {name, opened} of folders.get(path) ?? []) {
    yield {kind: 'file', name, stat: () => Promise.resolve(opened.ok ? opened.content : null)};
  }
  for (const other of folders.keys()) {
    const end = other.lastIndexOf('/');
    if (other === '' || other.slice(0, Math.max(end, 0)) !== path) continue;
    const name = other.slice(end + 1);
    yield {
      kind: 'directory',
      name,
      folder: fingerprintFolder(joinPath(path, name), folders),
    };
  }
  await Promise.resolve();
}
