import {sha256} from 'hash-wasm';
import {compareNames} from './name-order.js';

/** A folder as far as a fingerprint looks into it. */
export interface FingerprintFolder {
  entries(): AsyncIterable<FingerprintEntry>;
}

export type FingerprintEntry =
  | {readonly kind: 'file'; readonly name: string; stat(): Promise<FingerprintStat | null>}
  | {readonly kind: 'directory'; readonly name: string; readonly folder: FingerprintFolder};

export interface FingerprintStat {
  readonly size: number;
  readonly lastModified: number;
}

const ENTRIES_OF_ROOT = 200;
const FILES = 16;
/** How many folders are looked into for these files. */
const FOLDERS = 24;

/** What systems write onto a medium by themselves when it is plugged in: it must not become another one by that. */
const WRITTEN_BY_SYSTEMS =
  /^(\.ds_store|\._.*|\.trash.*|\.spotlight-.*|\.fseventsd|\.temporaryitems|\.documentrevisions-.*|\.volumeicon\.icns|lost\+found|system volume information|\$recycle\.bin|recycler|thumbs\.db|desktop\.ini)$/i;

interface Level {
  readonly path: string;
  /** Null where the folder cannot be read, though the root can. */
  readonly entries: readonly FingerprintEntry[] | null;
}

/**
 * A hash of what lies near the root: the names and kinds of up to 200 entries of the root, and name, size and time of
 * up to 16 files, found level by level in the order of names. The root's own name is not part of it. Rejects where the
 * root cannot be read at the beginning or at the end: what was seen of a medium that was pulled says nothing about it.
 */
export async function fingerprintOf(root: FingerprintFolder): Promise<string> {
  const top = await firstEntries(root);
  const files: unknown[] = [];
  let level: readonly Level[] = [{path: '', entries: top}];
  let looked = 1;
  while (level.length > 0 && files.length < FILES) {
    for (const {path, entries} of level) files.push(...(await statsOf(path, entries, FILES - files.length)));
    const below: Level[] = [];
    for (const {path, entries} of level) {
      for (const entry of entries ?? []) {
        if (files.length >= FILES || looked >= FOLDERS) break;
        if (entry.kind !== 'directory') continue;
        looked++;
        below.push({
          path: `${path}/${entry.name}`,
          entries: await firstEntries(entry.folder).catch(unreadable),
        });
      }
    }
    level = below;
  }
  await root.entries()[Symbol.asyncIterator]().next();
  return hash(JSON.stringify([top.map(({name, kind}) => [name, kind]), files]));
}

/** One broken folder belongs to the medium as a scratch does: it is part of what it is known by. */
const unreadable = (): null => null;

async function statsOf(path: string, entries: Level['entries'], limit: number): Promise<readonly unknown[]> {
  if (!entries) return [[path, 'unreadable']];
  const stats: unknown[] = [];
  for (const entry of entries) {
    if (stats.length >= limit) break;
    if (entry.kind !== 'file') continue;
    const stat = await entry.stat();
    stats.push([`${path}/${entry.name}`, stat?.size ?? null, stat?.lastModified ?? null]);
  }
  return stats;
}

/** The first entries by name, whatever order they come in, without ever holding many more than these. */
async function firstEntries(folder: FingerprintFolder): Promise<readonly FingerprintEntry[]> {
  let first: FingerprintEntry[] = [];
  const cut = (): void => {
    first = first.sort((a, b) => compareNames(a.name, b.name)).slice(0, ENTRIES_OF_ROOT);
  };
  for await (const entry of folder.entries()) {
    if (WRITTEN_BY_SYSTEMS.test(entry.name)) continue;
    first.push(entry);
    if (first.length >= 4 * ENTRIES_OF_ROOT) cut();
  }
  cut();
  return first;
}

/** SHA-256 in hexadecimal digits. On an origin that is not secure the browser has no hash of its own. */
async function hash(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  if (!isSecureContext) return sha256(bytes);
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0')).join('');
}
