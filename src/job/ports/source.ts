import type {Counts} from '../outcome.js';

/** The content of a file on the medium: a Blob that the browser reads only when somebody asks for bytes. */
export type FileContent = Blob & {readonly lastModified: number};

export type ReadFault = 'unreadable' | 'vanished' | 'permission';

export type Opened =
  {readonly ok: true; readonly content: FileContent} | {readonly ok: false; readonly fault: ReadFault};

/** One file of a folder. `open` never rejects. */
export interface SourceFile {
  readonly name: string;
  open(): Promise<Opened>;
}

/** What the walk meets. A folder's `path` is relative to the source, joined by `/`; the source itself is `''`. */
export type WalkStep =
  | {
      readonly kind: 'folder';
      readonly path: string;
      readonly files: Counts['files'];
      /** At most two files, the first and the last by name, to learn a date from. */
      readonly samples: readonly SourceFile[];
    }
  | {readonly kind: 'unreadable-folder'; readonly path: string; readonly fault: ReadFault};

export type Listing =
  | {readonly ok: true; readonly files: readonly SourceFile[]}
  | {readonly ok: false; readonly fault: ReadFault};

/** `gone`: the root itself cannot be read. `permission`: the browser asks again. */
export type Presence = 'present' | 'gone' | 'permission';

/** Where files come from. The order of `list` is by name, so that two listings of one folder agree. */
export interface Source {
  readonly name: string;
  /** Directories that hold files, in no promised order, several being read at a time. Never rejects but on abort. */
  walk(signal: AbortSignal): AsyncIterable<WalkStep>;
  list(path: string, signal: AbortSignal): Promise<Listing>;
  presence(): Promise<Presence>;
  /** A hash over names, sizes and times of a few entries near the root: the same medium gives the same one. */
  fingerprint(): Promise<string | null>;
}
