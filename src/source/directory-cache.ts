import {joinPath} from './name-order.js';

/**
 * Finds a directory by its path. The job lists folders of one study after the other, which mostly lie close together,
 * so the directories on the way are kept for a while.
 */
export class DirectoryCache {
  /** The least recently used first. */
  readonly #kept = new Map<string, FileSystemDirectoryHandle>();

  constructor(
    readonly root: FileSystemDirectoryHandle,
    readonly capacity = 64,
  ) {}

  /** Rejects as `getDirectoryHandle` does. */
  async find(path: string): Promise<FileSystemDirectoryHandle> {
    let directory = this.root;
    if (path === '') return directory;
    let way = '';
    for (const name of path.split('/')) {
      way = joinPath(way, name);
      directory = this.#kept.get(way) ?? (await directory.getDirectoryHandle(name));
      this.#keep(way, directory);
    }
    return directory;
  }

  /** After a fault nothing that was kept is trusted any more. */
  clear(): void {
    this.#kept.clear();
  }

  #keep(path: string, directory: FileSystemDirectoryHandle): void {
    this.#kept.delete(path);
    this.#kept.set(path, directory);
    if (this.#kept.size <= this.capacity) return;
    for (const oldest of this.#kept.keys()) {
      this.#kept.delete(oldest);
      return;
    }
  }
}
