import type {FolderRecord, FolderVerdict} from '../../../src/job/folder-record.js';
import type {JobRecord} from '../../../src/job/job-record.js';
import type {
  CheckpointStep,
  CheckpointStore,
  FileInFlight,
  OutcomeGroup,
  Page,
  SettledFile,
} from '../../../src/job/ports/checkpoint-store.js';

/** What is about to happen, or has just happened. `step` stands with `write` only. */
export interface StoreCall {
  readonly method: keyof CheckpointStore;
  readonly jobId: string | null;
  readonly step: CheckpointStep | null;
}

/**
 * Called around each method; what it throws is what the method rejects with. A crash before `write` has written
 * nothing, one after it has written all.
 */
export interface StoreHooks {
  before?: (call: StoreCall) => void | Promise<void>;
  after?: (call: StoreCall) => void | Promise<void>;
}

interface KeptJob {
  readonly record: JobRecord;
  readonly folders: ReadonlyMap<string, FolderRecord>;
  /** Paths of done folders, in the order in which they were done. */
  readonly finished: readonly string[];
  readonly settled: ReadonlyMap<string, readonly SettledFile[]>;
  readonly outcomes: readonly OutcomeGroup[];
  readonly inFlight: ReadonlyMap<number, readonly FileInFlight[]>;
}

/** All that a store held at one moment. Nothing in it changes any more. */
export type MemorySnapshot = ReadonlyMap<string, KeptJob>;

/**
 * The contract of the checkpoint in memory. Records are copied and frozen on their way in, so that neither side
 * can change what the other holds.
 */
export class MemoryCheckpointStore implements CheckpointStore {
  #jobs: MemorySnapshot = new Map();
  #strict: MemorySnapshot = new Map();

  constructor(public hooks: StoreHooks = {}) {}

  /** What a killed browser leaves: all that was written. */
  snapshot(): MemorySnapshot {
    return this.#jobs;
  }

  /** The least that a power failure leaves: what was on the disk with the last strict write or deletion. */
  snapshotOnDisk(): MemorySnapshot {
    return this.#strict;
  }

  /** The store as the next tab finds it, after a kill of the browser or a power failure. This one lives on unseen. */
  survivor(of: 'kill' | 'power-cut'): MemoryCheckpointStore {
    const next = new MemoryCheckpointStore(this.hooks);
    next.#strict = this.#strict;
    next.#jobs = of === 'kill' ? this.#jobs : this.#strict;
    return next;
  }

  restore(snapshot: MemorySnapshot): void {
    this.#jobs = snapshot;
    this.#strict = snapshot;
  }

  jobs(): Promise<readonly JobRecord[]> {
    return this.#call('jobs', null, () => [...this.#jobs.values()].map(job => job.record).sort(byId));
  }

  job(jobId: string): Promise<JobRecord | null> {
    return this.#call('job', jobId, () => this.#jobs.get(jobId)?.record ?? null);
  }

  deleteJob(jobId: string): Promise<void> {
    return this.#call('deleteJob', jobId, () => {
      const jobs = new Map(this.#jobs);
      jobs.delete(jobId);
      this.#jobs = jobs;
      this.#strict = jobs;
    });
  }

  deletePlan(jobId: string): Promise<void> {
    return this.#call('deletePlan', jobId, () => {
      const job = this.#jobs.get(jobId);
      if (job === undefined) return;
      this.#jobs = new Map(this.#jobs).set(jobId, {
        record: job.record,
        folders: new Map(),
        finished: [],
        settled: new Map(),
        outcomes: [],
        inFlight: new Map(),
      });
      this.#strict = this.#jobs;
    });
  }

  async write(step: CheckpointStep): Promise<void> {
    const call = {method: 'write', jobId: step.job.id, step} as const;
    await this.hooks.before?.(call);
    this.#jobs = new Map(this.#jobs).set(step.job.id, stepped(this.#jobs.get(step.job.id), step));
    if (step.durability === 'strict') this.#strict = this.#jobs;
    await this.hooks.after?.(call);
  }

  nextFolders(jobId: string, limit: number, after?: string): Promise<readonly FolderRecord[]> {
    return this.#call('nextFolders', jobId, () =>
      this.#folders(jobId)
        .filter(folder => folder.state === 'planned' && (after === undefined || folder.order > after))
        .sort((a, b) => compare(a.order, b.order) || compare(a.path, b.path))
        .slice(0, limit),
    );
  }

  folder(jobId: string, path: string): Promise<FolderRecord | null> {
    return this.#call('folder', jobId, () => this.#jobs.get(jobId)?.folders.get(path) ?? null);
  }

  settledFiles(jobId: string, folder: string): Promise<readonly SettledFile[]> {
    return this.#call('settledFiles', jobId, () => this.#jobs.get(jobId)?.settled.get(folder) ?? []);
  }

  inFlight(
    jobId: string,
  ): Promise<readonly {readonly batch: number; readonly files: readonly FileInFlight[]}[]> {
    return this.#call('inFlight', jobId, () =>
      [...(this.#jobs.get(jobId)?.inFlight ?? [])]
        .map(([batch, files]) => ({batch, files}))
        .sort((a, b) => a.batch - b.batch),
    );
  }

  foldersDone(
    jobId: string,
    verdict: FolderVerdict,
    offset: number,
    limit: number,
  ): Promise<Page<FolderRecord>> {
    return this.#call('foldersDone', jobId, () => {
      const job = this.#jobs.get(jobId);
      const done = (job?.finished ?? [])
        .map(path => job?.folders.get(path))
        .filter(folder => folder !== undefined)
        .filter(folder => folder.verdict === verdict);
      return {rows: done.slice(offset, offset + limit), total: done.length};
    });
  }

  folderPaths(jobId: string, limit: number, after?: string): Promise<readonly FolderRecord[]> {
    return this.#call('folderPaths', jobId, () =>
      this.#folders(jobId)
        .filter(folder => after === undefined || folder.path > after)
        .sort((a, b) => compare(a.path, b.path))
        .slice(0, limit),
    );
  }

  outcomes(
    jobId: string,
    limit: number,
    cursor = 0,
  ): Promise<{readonly groups: readonly OutcomeGroup[]; readonly next: number | null}> {
    return this.#call('outcomes', jobId, () => {
      const all = this.#jobs.get(jobId)?.outcomes ?? [];
      const end = cursor + limit;
      return {groups: all.slice(cursor, end), next: end < all.length ? end : null};
    });
  }

  outcomesOfFolder(jobId: string, folder: string): Promise<readonly OutcomeGroup[]> {
    return this.#call('outcomesOfFolder', jobId, () =>
      (this.#jobs.get(jobId)?.outcomes ?? []).filter(group => group.folder === folder),
    );
  }

  #folders(jobId: string): FolderRecord[] {
    return [...(this.#jobs.get(jobId)?.folders.values() ?? [])];
  }

  async #call<T>(method: keyof CheckpointStore, jobId: string | null, run: () => T): Promise<T> {
    const call = {method, jobId, step: null};
    await this.hooks.before?.(call);
    const result = run();
    await this.hooks.after?.(call);
    return result;
  }
}

function stepped(before: KeptJob | undefined, step: CheckpointStep): KeptJob {
  const folders = new Map(before?.folders);
  const finished = new Set(before?.finished);
  for (const folder of step.folders ?? []) {
    folders.set(folder.path, frozenCopy(folder));
    if (folder.state === 'done') finished.add(folder.path);
    else finished.delete(folder.path);
  }
  const settled = new Map(before?.settled);
  for (const [folder, files] of step.settled ?? []) {
    settled.set(folder, [...(settled.get(folder) ?? []), ...frozenCopy(files)]);
  }
  for (const folder of step.closed ?? []) settled.delete(folder);
  const inFlight = new Map(before?.inFlight);
  for (const batch of step.answered ?? []) inFlight.delete(batch);
  if (step.sent) inFlight.set(step.sent.batch, frozenCopy(step.sent.files));
  return {
    record: frozenCopy(step.job),
    folders,
    finished: [...finished],
    settled,
    outcomes: [...(before?.outcomes ?? []), ...frozenCopy(step.outcomes ?? [])],
    inFlight,
  };
}

/** Of plain data: faster than `structuredClone`, and what is frozen already need not be copied. */
function frozenCopy<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  const copy: unknown = Array.isArray(value)
    ? value.map(frozenCopy)
    : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, frozenCopy<unknown>(inner)]));
  return Object.freeze(copy) as T;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byId = (a: JobRecord, b: JobRecord): number => compare(a.id, b.id);
