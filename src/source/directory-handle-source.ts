import type {Listing, Opened, Presence, Source, SourceFile, WalkStep} from '../job/ports/source.js';
import {DirectoryCache} from './directory-cache.js';
import {walkDirectory} from './directory-walk.js';
import {type FingerprintEntry, type FingerprintFolder, fingerprintOf} from './fingerprint.js';
import {byName} from './name-order.js';
import {readFault} from './read-faults.js';

/** Behind this many files of one folder only names are kept; opening such a file costs one more call. */
const HANDLES_KEPT = 10_000;

/**
 * A folder that was picked or dropped. Symbolic links, and a few names that Chromium holds for dangerous on the system
 * (such as `.lnk`), are not shown by the browser at all, and so cannot be counted here.
 */
export class DirectoryHandleSource implements Source {
  readonly name: string;
  readonly #root: FileSystemDirectoryHandle;
  readonly #directories: DirectoryCache;

  constructor(root: FileSystemDirectoryHandle) {
    this.name = root.name;
    this.#root = root;
    this.#directories = new DirectoryCache(root);
  }

  walk(signal: AbortSignal): AsyncIterable<WalkStep> {
    return walkDirectory(this.#root, fileOf, signal);
  }

  async list(path: string, signal: AbortSignal): Promise<Listing> {
    signal.throwIfAborted();
    const files: SourceFile[] = [];
    try {
      const directory = await this.#directories.find(path);
      for await (const entry of directory.values()) {
        if (signal.aborted) break;
        if (entry.kind !== 'file') continue;
        files.push(files.length < HANDLES_KEPT ? fileOf(entry) : fileIn(directory, entry.name));
      }
    } catch (error) {
      this.#directories.clear();
      signal.throwIfAborted();
      return {ok: false, fault: readFault(error)};
    }
    signal.throwIfAborted();
    return {ok: true, files: files.sort(byName)};
  }

  async presence(): Promise<Presence> {
    try {
      if ((await permissionToRead(this.#root)) !== 'granted') return 'permission';
      await this.#root.keys().next();
      return 'present';
    } catch (error) {
      return readFault(error) === 'permission' ? 'permission' : 'gone';
    }
  }

  async fingerprint(): Promise<string | null> {
    try {
      return await fingerprintOf(fingerprintFolder(this.#root));
    } catch (error) {
      if (error instanceof DOMException) return null;
      throw error;
    }
  }
}

function fileOf(handle: FileSystemFileHandle): SourceFile {
  return {name: handle.name, open: () => opened(() => handle.getFile())};
}

function fileIn(directory: FileSystemDirectoryHandle, name: string): SourceFile {
  return {
    name,
    open: () => opened(async () => (await directory.getFileHandle(name)).getFile()),
  };
}

async function opened(getFile: () => Promise<File>): Promise<Opened> {
  try {
    return {ok: true, content: await getFile()};
  } catch (error) {
    return {ok: false, fault: readFault(error)};
  }
}

/** Folders in the origin's own file system need no permission, and not every browser can be asked. */
async function permissionToRead(handle: FileSystemDirectoryHandle): Promise<PermissionState> {
  return 'queryPermission' in handle ? handle.queryPermission({mode: 'read'}) : 'granted';
}

function fingerprintFolder(directory: FileSystemDirectoryHandle): FingerprintFolder {
  return {entries: () => fingerprintEntries(directory)};
}

async function* fingerprintEntries(directory: FileSystemDirectoryHandle): AsyncGenerator<FingerprintEntry> {
  for await (const entry of directory.values()) {
    yield entry.kind === 'file'
      ? {
          kind: 'file',
          name: entry.name,
          stat: async () => {
            const file = await opened(() => entry.getFile());
            return file.ok ? file.content : null;
          },
        }
      : {kind: 'directory', name: entry.name, folder: fingerprintFolder(entry)};
  }
}
