import type {CheckpointStep, CheckpointStore, SettledFile} from './ports/checkpoint-store.js';
import type {FolderRecord} from './folder-record.js';
import type {JobRecord} from './job-record.js';

/** A step being put together: like `CheckpointStep`, but still open. */
interface Draft {
  job: CheckpointStep['job'];
  readonly folders: Map<string, FolderRecord>;
  readonly settled: Map<string, SettledFile[]>;
  readonly outcomes: NonNullable<CheckpointStep['outcomes']>[number][];
  sent: CheckpointStep['sent'];
  readonly answered: number[];
  readonly closed: Set<string>;
  durability: CheckpointStep['durability'];
}

/**
 * Writes steps to the store one after the other. Steps that come while one is being written are merged, so that the
 * store sees as many transactions as it can bear and no more. Each step carries the job as it was when the step was
 * added: whatever a crash cuts off, sums and folders in the store agree.
 */
export class CheckpointWriter {
  private readonly queue: {draft: Draft; done: Promise<void>}[] = [];
  private last: Promise<void> = Promise.resolve();
  /** The job as it was written last; null before the first time. */
  written: JobRecord | null = null;

  constructor(private readonly store: CheckpointStore) {}

  /** Resolves when the step is in the store; rejects with `StoreFault`, and so do all steps after it. */
  add(step: CheckpointStep): Promise<void> {
    const waiting = this.queue.at(-1);
    if (waiting !== undefined && canMerge(waiting.draft, step)) {
      merge(waiting.draft, step);
      return waiting.done;
    }
    const draft = emptyDraft(step);
    merge(draft, step);
    const done = this.last.then(async () => {
      this.queue.shift();
      const whole = finished(draft);
      await this.store.write(whole);
      this.written = whole.job;
    });
    this.queue.push({draft, done});
    this.last = done;
    return done;
  }
}

/** Within one transaction a store does things in an order of its own: what depends on another order goes by itself. */
function canMerge(draft: Draft, step: CheckpointStep): boolean {
  if (draft.sent && (step.sent || step.answered?.includes(draft.sent.batch))) return false;
  return ![...(step.settled?.keys() ?? [])].some(path => draft.closed.has(path));
}

function emptyDraft(step: CheckpointStep): Draft {
  return {
    job: step.job,
    folders: new Map(),
    settled: new Map(),
    outcomes: [],
    sent: undefined,
    answered: [],
    closed: new Set(),
    durability: 'relaxed',
  };
}

function merge(draft: Draft, step: CheckpointStep): void {
  draft.job = step.job;
  for (const folder of step.folders ?? []) draft.folders.set(folder.path, folder);
  for (const [path, files] of step.settled ?? []) {
    const known = draft.settled.get(path);
    if (known) known.push(...files);
    else draft.settled.set(path, [...files]);
  }
  draft.outcomes.push(...(step.outcomes ?? []));
  draft.sent ??= step.sent;
  draft.answered.push(...(step.answered ?? []));
  for (const path of step.closed ?? []) {
    draft.closed.add(path);
    draft.settled.delete(path);
  }
  if (step.durability === 'strict') draft.durability = 'strict';
}

function finished(draft: Draft): CheckpointStep {
  return {
    job: draft.job,
    folders: [...draft.folders.values()],
    settled: draft.settled,
    outcomes: draft.outcomes,
    answered: draft.answered,
    closed: [...draft.closed],
    durability: draft.durability,
    ...(draft.sent ? {sent: draft.sent} : {}),
  };
}
