import {existsSync} from 'node:fs';
import {mkdir, open, rename, rm, stat} from 'node:fs/promises';
import path from 'node:path';
import type {ArchiveIndex, NewInstance, StoredInstance} from './archive-index.js';
import {relativePathOf, type DataFolder} from './data-folder.js';
import {FAILURE, isOutOfResources, type FailureReason} from './failure.js';
import {notePending, readInstanceFile} from './pending-renames.js';
import type {InstanceReading} from './part10.js';

/** A whole and readable instance under a temporary name. */
export interface Arrival {
  readonly temporary: string;
  readonly size: number;
  readonly sha256: string;
  readonly reading: InstanceReading;
}

export type StoreVerdict =
  | {readonly kind: 'stored'}
  /** The same bytes were there before. */
  | {readonly kind: 'already-there'}
  | {readonly kind: 'failed'; readonly reason: FailureReason};

interface Waiting {
  readonly arrivals: readonly Arrival[];
  readonly done: (verdicts: StoreVerdict[]) => void;
}

interface Move {
  readonly arrival: Arrival;
  readonly relative: string;
  verdict: StoreVerdict;
}

/** Where the bytes of an instance lie. */
export const absolutePathOf = (data: DataFolder, {path: file, mtime}: StoredInstance) =>
  mtime === null ? path.join(data.images, file) : file;

/**
 * Moves arrivals to their places and indexes them. Requests that finish while another is being stored share the next
 * turn: one note of pending renames, one transaction, however many they are.
 *
 * The order is what a kill at any moment needs: the bytes are on the disk, then the note, then the renames, then the
 * transaction; the answer leaves after it.
 */
export class Storing {
  private waiting: Waiting[] = [];
  private running: Promise<void> | null = null;
  private readonly knownFolders = new Set<string>();

  constructor(
    private readonly data: DataFolder,
    private readonly index: ArchiveIndex,
    private readonly sync: boolean,
  ) {}

  /** One verdict an arrival, in their order. Never rejects; temporary files are gone when it resolves. */
  store(arrivals: readonly Arrival[]): Promise<StoreVerdict[]> {
    if (arrivals.length === 0) return Promise.resolve([]);
    return new Promise(resolve => {
      this.waiting.push({arrivals, done: resolve});
      this.running ??= this.run();
    });
  }

  /** Resolves when nothing is being stored. */
  async idle(): Promise<void> {
    while (this.running) await this.running;
  }

  private async run(): Promise<void> {
    // Requests that end in the same moment are taken together.
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const turn = this.waiting;
      this.waiting = [];
      const verdicts = await this.storeTogether(turn.flatMap(w => [...w.arrivals]));
      let at = 0;
      for (const {arrivals, done} of turn) done(verdicts.slice(at, (at += arrivals.length)));
    }
    this.running = null;
  }

  private async storeTogether(arrivals: readonly Arrival[]): Promise<StoreVerdict[]> {
    const verdicts = new Map<Arrival, StoreVerdict>();
    const moves: Move[] = [];
    const inThisTurn = new Map<string, Arrival>();
    for (const arrival of arrivals) {
      const sop = arrival.reading.values['SOPInstanceUID'] ?? '';
      const before = inThisTurn.get(sop)?.sha256 ?? (await this.liveHash(this.index.find(sop)));
      if (before !== null) {
        const same = before === arrival.sha256;
        verdicts.set(arrival, same ? {kind: 'already-there'} : {kind: 'failed', reason: FAILURE.duplicate});
        continue;
      }
      inThisTurn.set(sop, arrival);
      const {StudyInstanceUID = '', SeriesInstanceUID = ''} = arrival.reading.values;
      const relative = relativePathOf(StudyInstanceUID, SeriesInstanceUID, sop);
      moves.push({arrival, relative, verdict: {kind: 'stored'}});
    }
    await this.moveAndIndex(moves);
    for (const {arrival, verdict} of moves) verdicts.set(arrival, verdict);
    this.followFirst(arrivals, inThisTurn, verdicts);
    await Promise.all(arrivals.map(({temporary}) => rm(temporary, {force: true})));
    return arrivals.map(a => verdicts.get(a) ?? {kind: 'failed', reason: FAILURE.processingFailure});
  }

  /** A second copy in the same turn is there only if the first one got there. */
  private followFirst(
    arrivals: readonly Arrival[],
    inThisTurn: ReadonlyMap<string, Arrival>,
    verdicts: Map<Arrival, StoreVerdict>,
  ): void {
    for (const arrival of arrivals) {
      const first = inThisTurn.get(arrival.reading.values['SOPInstanceUID'] ?? '');
      const fate = first && first !== arrival ? verdicts.get(first) : undefined;
      if (fate?.kind === 'failed') verdicts.set(arrival, fate);
    }
  }

  /** The hash of what the index knows; null where it knows nothing, or where the file is gone or has changed. */
  private async liveHash(known: StoredInstance | null): Promise<string | null> {
    if (!known) return null;
    try {
      const {size, mtimeMs} = await stat(absolutePathOf(this.data, known));
      const alive = size === known.size && (known.mtime === null || known.mtime === Math.trunc(mtimeMs));
      return alive ? known.sha256 : null;
    } catch {
      return null;
    }
  }

  private async moveAndIndex(moves: readonly Move[]): Promise<void> {
    if (moves.length === 0) return;
    try {
      const strikeOut = await notePending(
        this.data,
        moves.map(m => m.relative),
        this.sync,
      );
      const folders = new Set(moves.map(m => path.dirname(m.relative)));
      for (const folder of folders) await this.makeFolder(folder);
      await Promise.all(moves.map(move => this.moveOne(move)));
      if (this.sync) await Promise.all([...folders].map(f => syncFolder(path.join(this.data.images, f))));
      const inPlace = moves.filter(m => m.verdict.kind === 'stored').map(toNewInstance);
      this.index.add(inPlace, Date.now());
      await strikeOut();
    } catch (error) {
      // Files that are in place stay noted: the next start, or the next try of the sender, indexes them.
      const reason = isOutOfResources(error) ? FAILURE.outOfResources : FAILURE.processingFailure;
      if (reason === FAILURE.processingFailure)
        console.error('The archive could not store:', describe(error));
      for (const move of moves) move.verdict = {kind: 'failed', reason};
    }
  }

  private async makeFolder(folder: string): Promise<void> {
    const absolute = path.join(this.data.images, folder);
    if (this.knownFolders.has(folder) && existsSync(absolute)) return;
    const first = await mkdir(absolute, {recursive: true});
    if (this.sync && first !== undefined) {
      await syncFolder(path.dirname(absolute));
      await syncFolder(this.data.images);
    }
    if (this.knownFolders.size > 10_000) this.knownFolders.clear();
    this.knownFolders.add(folder);
  }

  private async moveOne(move: Move): Promise<void> {
    try {
      await this.renameIntoPlace(move);
    } catch (error) {
      const reason = isOutOfResources(error) ? FAILURE.outOfResources : FAILURE.processingFailure;
      move.verdict = {kind: 'failed', reason};
    }
  }

  private async renameIntoPlace(move: Move): Promise<void> {
    const target = path.join(this.data.images, move.relative);
    if (existsSync(target)) {
      // In place without a row: left by a failed transaction, or the same name where case does not count.
      const there = await readInstanceFile(target);
      const ours = move.arrival.reading.values['SOPInstanceUID'];
      if (!('fault' in there) && there.values['SOPInstanceUID'] !== ours) {
        move.verdict = {kind: 'failed', reason: FAILURE.processingFailure};
        return;
      }
    }
    await rename(move.arrival.temporary, target);
  }
}

function toNewInstance({arrival: {reading, size, sha256}, relative}: Move): NewInstance {
  const {values, transferSyntaxUid} = reading;
  return {values, transferSyntaxUid, path: relative, size, sha256, mtime: null};
}

/** A rename is on the disk when its folder is. Windows can neither open folders nor needs it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const describe = (error: unknown) =>
  error instanceof Error && 'code' in error
    ? String(error.code)
    : error instanceof Error
      ? error.name
      : 'unknown';
