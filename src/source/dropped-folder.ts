import type {Opened, ReadFault} from '../job/ports/source.js';
import type {FiledFile, FiledFolder} from './file-list-source.js';
import {joinPath} from './name-order.js';
import {readFault} from './read-faults.js';

export type DropRefusal = 'nothing' | 'several' | 'a-file' | 'unreadable' | 'unsupported';

export type DroppedFolder =
  | {readonly kind: 'handle'; readonly handle: FileSystemDirectoryHandle}
  /** Where the browser has no handles, as on an origin that is not secure: the files, and no way to resume by itself. */
  | {readonly kind: 'files'; readonly folder: FiledFolder}
  | {readonly kind: 'refused'; readonly why: DropRefusal};

/** As much of a DataTransferItem as is needed; the methods are missing in some browsers. */
export interface DroppedItem {
  readonly kind: string;
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
  webkitGetAsEntry?(): FileSystemEntry | null;
}

/**
 * The folder that was dropped. To be called in the `drop` event itself: when the event is over, its items are empty.
 * Never rejects.
 */
export async function folderFromDrop(transfer: {
  readonly items: ArrayLike<DroppedItem>;
}): Promise<DroppedFolder> {
  const items = Array.from(transfer.items).filter(item => item.kind === 'file');
  const item = items[0];
  if (!item) return {kind: 'refused', why: 'nothing'};
  if (items.length > 1) return {kind: 'refused', why: 'several'};
  // Both are asked before the first wait.
  const asHandle = item.getAsFileSystemHandle?.();
  const entry = asHandle ? null : (item.webkitGetAsEntry?.() ?? null);
  try {
    if (asHandle) return fromHandle(await asHandle);
    if (entry) return await fromEntry(entry);
  } catch (error) {
    if (error instanceof DOMException) return {kind: 'refused', why: 'unreadable'};
    throw error;
  }
  return {kind: 'refused', why: 'unsupported'};
}

function fromHandle(handle: FileSystemHandle | null): DroppedFolder {
  if (!handle) return {kind: 'refused', why: 'nothing'};
  return isDirectory(handle) ? {kind: 'handle', handle} : {kind: 'refused', why: 'a-file'};
}

function isDirectory(handle: FileSystemHandle): handle is FileSystemDirectoryHandle {
  return handle.kind === 'directory';
}

async function fromEntry(root: FileSystemEntry): Promise<DroppedFolder> {
  if (!isDirectoryEntry(root)) return {kind: 'refused', why: 'a-file'};
  const files: FiledFile[] = [];
  const unreadable: {path: string; fault: ReadFault}[] = [];
  const stack = [{path: '', directory: root}];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const {path, directory} = next;
    const here: FiledFile[] = [];
    try {
      for await (const entry of entriesOf(directory)) {
        if (isDirectoryEntry(entry)) stack.push({path: joinPath(path, entry.name), directory: entry});
        else if (isFileEntry(entry)) here.push({folder: path, name: entry.name, opened: await opened(entry)});
      }
      for (const file of here) files.push(file);
    } catch (error) {
      unreadable.push({path, fault: readFault(error)});
    }
  }
  return {kind: 'files', folder: {name: root.name, files, unreadable}};
}

/** One call gives a part of a directory only (a hundred entries in Chromium); an empty part is the end. */
async function* entriesOf(directory: FileSystemDirectoryEntry): AsyncGenerator<FileSystemEntry> {
  const reader = directory.createReader();
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (part.length === 0) return;
    yield* part;
  }
}

function opened(entry: FileSystemFileEntry): Promise<Opened> {
  return new Promise(resolve => {
    entry.file(
      content => resolve({ok: true, content}),
      (error: unknown) => resolve({ok: false, fault: readFault(error)}),
    );
  });
}

function isDirectoryEntry(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function isFileEntry(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}
