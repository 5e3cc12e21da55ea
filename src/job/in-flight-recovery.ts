import type {Holdings} from './holdings.js';
import type {CheckpointStore, FileInFlight} from './ports/checkpoint-store.js';

/** A file that was on its way when the job stopped, and whether the archive turned out to have it. */
export interface Recovered {
  readonly landed: boolean;
  readonly file: FileInFlight;
}

/**
 * The files that were in flight when the job stopped. These, and only these, are asked about first: what the archive
 * has is settled without being sent again, the rest goes the ordinary way. Their record stays in the checkpoint until
 * the job ends, so that a second crash finds it, too.
 */
export class InFlightRecovery {
  private constructor(
    private readonly files: Map<string, Recovered>,
    /** The record that holds them all, to be written in place of `replaces`. */
    readonly record: {readonly batch: number; readonly files: readonly FileInFlight[]} | null,
    readonly replaces: readonly number[],
    /** The first batch number that is free. */
    readonly nextBatch: number,
  ) {}

  static async load(store: CheckpointStore, jobId: string, holdings: Holdings): Promise<InFlightRecovery> {
    const batches = await store.inFlight(jobId);
    const files = await unsettled(
      store,
      jobId,
      batches.flatMap(batch => batch.files),
    );
    const there = new Map<string, ReadonlySet<string>>();
    const recovered = new Map<string, Recovered>();
    for (const file of files) {
      if (holdings.asks && !there.has(file.studyUid)) {
        there.set(file.studyUid, await holdings.instances(file.studyUid));
      }
      const landed = there.get(file.studyUid)?.has(file.sopUid) === true;
      recovered.set(keyOf(file.folder, file.name), {landed, file});
    }
    const batch = Math.max(0, ...batches.map(each => each.batch)) + 1;
    return new InFlightRecovery(
      recovered,
      batches.length === 0 ? null : {batch, files},
      batches.map(each => each.batch),
      batch + 1,
    );
  }

  get(folder: string, name: string): Recovered | null {
    return this.files.get(keyOf(folder, name)) ?? null;
  }
}

/** Those that have no outcome yet, each once, with the most deaths that any record tells of it. */
async function unsettled(
  store: CheckpointStore,
  jobId: string,
  files: readonly FileInFlight[],
): Promise<readonly FileInFlight[]> {
  const settledIn = new Map<string, ReadonlySet<string> | 'all'>();
  const merged = new Map<string, FileInFlight>();
  for (const file of files) {
    let settled = settledIn.get(file.folder);
    if (settled === undefined) {
      const folder = await store.folder(jobId, file.folder);
      settled =
        folder === null || folder.state === 'done'
          ? 'all'
          : new Set((await store.settledFiles(jobId, file.folder)).map(each => each.name));
      settledIn.set(file.folder, settled);
    }
    if (settled === 'all' || settled.has(file.name)) continue;
    const key = keyOf(file.folder, file.name);
    const deaths = Math.max(file.deaths, merged.get(key)?.deaths ?? 0);
    merged.set(key, {...file, deaths});
  }
  return [...merged.values()];
}

const keyOf = (folder: string, name: string): string => `${folder}/${name}`;
