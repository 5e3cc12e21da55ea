import {createHash, randomUUID} from 'node:crypto';
import {createReadStream, existsSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {open, rm} from 'node:fs/promises';
import path from 'node:path';
import type {ArchiveIndex, NewInstance} from './archive-index.js';
import {isSafeUid} from './attributes.js';
import {FileSource} from './byte-source.js';
import type {DataFolder} from './data-folder.js';
import {openPart10, readInstance, type Refusal} from './part10.js';

const SUFFIX = '.pending';

/**
 * Notes which files are about to be renamed into the image folder, before the first of them is. After a kill, what is
 * noted and in place, but not in the index, is indexed; so no scan of the image folder is ever needed. Answers how to
 * strike the note out.
 */
export async function notePending(
  data: DataFolder,
  relativePaths: readonly string[],
  sync: boolean,
): Promise<() => Promise<void>> {
  const file = path.join(data.incoming, `${randomUUID()}${SUFFIX}`);
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(relativePaths.map(p => `${p}\n`).join(''));
    if (sync) await handle.datasync();
  } finally {
    await handle.close();
  }
  return () => rm(file, {force: true});
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

export type FileFacts = Omit<NewInstance, 'path' | 'mtime'>;

/** Reads a file that lies on disk as the index wants it. Rejects where it cannot be read. */
export async function readInstanceFile(file: string): Promise<FileFacts | Refusal> {
  const handle = await open(file, 'r');
  try {
    const {size} = await handle.stat();
    const opened = await openPart10(new FileSource(handle.fd, size));
    if ('fault' in opened) return opened;
    const reading = readInstance(opened);
    if ('fault' in reading) return reading;
    const {values, transferSyntaxUid} = reading;
    return {values, transferSyntaxUid, size, sha256: await sha256Of(file)};
  } finally {
    await handle.close();
  }
}

async function indexInPlace(
  data: DataFolder,
  index: ArchiveIndex,
  relativePaths: readonly string[],
): Promise<void> {
  const found: NewInstance[] = [];
  for (const relative of relativePaths) {
    const parts = /^([^/]+)\/([^/]+)\/([^/]+)\.dcm$/.exec(relative)?.slice(1) ?? [];
    if (parts.length !== 3 || !parts.every(isSafeUid) || index.find(parts[2] ?? '')) continue;
    const file = path.join(data.images, relative);
    if (!existsSync(file)) continue;
    const read = await readInstanceFile(file);
    if ('fault' in read) continue;
    found.push({...read, path: relative, mtime: null});
  }
  index.add(found, Date.now());
}

/** Every `.dcm` below the image folder: needed only where the index itself was lost. */
function allInImageFolder(data: DataFolder): string[] {
  return readdirSync(data.images, {recursive: true})
    .map(entry => String(entry).split(path.sep).join('/'))
    .filter(entry => /^[^/]+\/[^/]+\/[^/]+\.dcm$/.test(entry));
}

/** Makes good what a kill has left: indexes files in place, removes files that never got there. */
export async function recover(data: DataFolder, index: ArchiveIndex): Promise<void> {
  const left = readdirSync(data.incoming);
  const notes = left.filter(name => name.endsWith(SUFFIX));
  const paths = notes.flatMap(name => readFileSync(path.join(data.incoming, name), 'utf8').split('\n'));
  await indexInPlace(data, index, index.isNew ? allInImageFolder(data) : [...new Set(paths)]);
  for (const name of left) rmSync(path.join(data.incoming, name), {force: true});
}
