import type {
  Listing,
  Opened,
  Presence,
  ReadFault,
  Source,
  SourceFile,
  WalkStep,
} from '../../../src/job/ports/source.js';
import {FakeContent, type MemoryFile} from './fake-content.js';

/** One question to the medium. `path` is a folder's, or with `open` a file's. */
export interface SourceCall {
  readonly kind: 'walk' | 'list' | 'open' | 'presence' | 'fingerprint';
  readonly path: string;
}

/** Called before each answer: a fault stands in place of the answer. It may also await, throw, or change the medium. */
export type SourceHook = (call: SourceCall) => ReadFault | null | Promise<ReadFault | null>;

/** A medium in memory. Folders are made with the files that are put into them. */
export class MemorySource implements Source {
  /** What the medium as a whole is. Anything but `present` makes every answer a fault. */
  medium: Presence = 'present';
  hook: SourceHook = () => null;
  #folders = new Map<string, Map<string, MemoryFile>>([['', new Map()]]);

  /** `identity` is what the fingerprint tells: the same for a medium whose files change. */
  constructor(
    readonly name = 'stick',
    public identity = 'one',
  ) {}

  put(folder: string, file: MemoryFile): this {
    for (let path = folder; path !== ''; path = parentOf(path)) {
      if (!this.#folders.has(path)) this.#folders.set(path, new Map());
    }
    this.#folders.get(folder)?.set(file.name, file);
    return this;
  }

  /** Two media change places: what was opened on either can no longer be read. */
  exchange(other: MemorySource): void {
    [this.#folders, other.#folders] = [other.#folders, this.#folders];
    [this.identity, other.identity] = [other.identity, this.identity];
  }

  remove(folder: string, name: string): void {
    this.#folders.get(folder)?.delete(name);
  }

  /** Every file with the folder that it lies in, in the order of paths. */
  *files(): Iterable<{readonly folder: string; readonly file: MemoryFile}> {
    for (const folder of [...this.#folders.keys()].sort()) {
      for (const file of this.#filesOf(folder)) yield {folder, file};
    }
  }

  async *walk(signal: AbortSignal): AsyncIterable<WalkStep> {
    const left = [''];
    for (let path = left.pop(); path !== undefined; path = left.pop()) {
      signal.throwIfAborted();
      const fault = await this.#ask({kind: 'walk', path});
      signal.throwIfAborted();
      if (fault) {
        yield {kind: 'unreadable-folder', path, fault};
        continue;
      }
      const here = path;
      left.push(...[...this.#folders.keys()].filter(other => other !== '' && parentOf(other) === here));
      const files = this.#filesOf(path);
      const samples = [files[0], files.length > 1 ? files.at(-1) : undefined]
        .filter(file => file !== undefined)
        .map(file => this.#sourceFile(here, file.name));
      if (files.length > 0) yield {kind: 'folder', path, files: files.length, samples};
    }
  }

  async list(path: string, signal: AbortSignal): Promise<Listing> {
    signal.throwIfAborted();
    const fault = await this.#ask({kind: 'list', path});
    signal.throwIfAborted();
    if (fault) return {ok: false, fault};
    if (!this.#folders.has(path)) return {ok: false, fault: 'vanished'};
    return {ok: true, files: this.#filesOf(path).map(file => this.#sourceFile(path, file.name))};
  }

  async presence(): Promise<Presence> {
    await this.hook({kind: 'presence', path: ''});
    return this.medium;
  }

  async fingerprint(): Promise<string | null> {
    if (await this.#ask({kind: 'fingerprint', path: ''})) return null;
    return this.identity;
  }

  async #ask(call: SourceCall): Promise<ReadFault | null> {
    const fault = await this.hook(call);
    if (this.medium === 'gone') return 'vanished';
    return this.medium === 'permission' ? 'permission' : fault;
  }

  #filesOf(folder: string): MemoryFile[] {
    return [...(this.#folders.get(folder)?.values() ?? [])].sort((a, b) =>
      a.name < b.name ? -1 : a.name > b.name ? 1 : 0,
    );
  }

  #sourceFile(folder: string, name: string): SourceFile {
    return {name, open: () => this.#open(folder, name)};
  }

  async #open(folder: string, name: string): Promise<Opened> {
    const fault = await this.#ask({kind: 'open', path: folder === '' ? name : `${folder}/${name}`});
    if (fault) return {ok: false, fault};
    const file = this.#folders.get(folder)?.get(name);
    if (!file) return {ok: false, fault: 'vanished'};
    const readable = (): boolean =>
      this.medium === 'present' && this.#folders.get(folder)?.get(name) === file;
    return {ok: true, content: new FakeContent(file, readable)};
  }
}

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
