import type {FolderRecord} from './folder-record.js';
import type {Ledger, Settlement} from './ledger.js';
import {settled as settledCount} from './outcome.js';
import type {CheckpointStore, FileInFlight, SettledFile} from './ports/checkpoint-store.js';
import type {Destination} from './ports/destination.js';
import type {Source} from './ports/source.js';

/** How long the archive is asked about what was on its way when the job was cancelled, milliseconds. */
const PATIENCE_MS = 10_000;

/**
 * Gives every file of a cancelled job an outcome: what was on its way is stored if the archive has it, all else is
 * skipped. `destination` is null where the archive answers no queries. Can be broken off and begun again.
 */
export async function settleTheRest(deps: {
  readonly ledger: Ledger;
  readonly store: CheckpointStore;
  readonly source: Source;
  readonly destination: Destination | null;
}): Promise<void> {
  const {ledger, store, destination} = deps;
  const jobId = ledger.record.id;
  ledger.onBalanced = () => undefined;
  const batches = await store.inFlight(jobId);
  const landed = await landedFiles(
    batches.flatMap(batch => batch.files),
    destination,
  );
  for (;;) {
    const [folder] = await store.nextFolders(jobId, 1);
    if (folder === undefined) break;
    await settleFolder(folder, landed, deps);
  }
  await ledger.recovered(
    null,
    batches.map(each => each.batch),
  );
}

async function settleFolder(
  folder: FolderRecord,
  landed: ReadonlyMap<string, FileInFlight>,
  {
    ledger,
    store,
    source,
  }: {readonly ledger: Ledger; readonly store: CheckpointStore; readonly source: Source},
): Promise<void> {
  const known = await store.settledFiles(folder.jobId, folder.path);
  const names = await remainingNames(folder, known, source);
  ledger.openFolder(folder, known, names.length);
  const settlements = names.map((name): Settlement => {
    const file = landed.get(`${folder.path}/${name}`);
    return file === undefined
      ? {folder: folder.path, name, outcome: {kind: 'skipped', reason: 'cancelled'}, bytes: 0, header: null}
      : {
          folder: folder.path,
          name,
          outcome: {kind: 'stored'},
          bytes: 0,
          header: {studyInstanceUid: file.studyUid, sopInstanceUid: file.sopUid},
        };
  });
  if (settlements.length > 0) await ledger.settle(settlements);
  await ledger.close([{path: folder.path, verification: 'not-asked', missing: []}], {
    done: 0,
    asked: 0,
    verified: 0,
  });
}

/** The names of the files without an outcome; nameless ones, in the number that is known, where the medium is gone. */
async function remainingNames(
  folder: FolderRecord,
  known: readonly SettledFile[],
  source: Source,
): Promise<readonly string[]> {
  const listing = await source.list(folder.path, new AbortController().signal);
  if (!listing.ok) return Array<string>(folder.counts.files - settledCount(folder.counts)).fill('');
  const settled = new Set(known.map(file => file.name));
  return listing.files.map(file => file.name).filter(name => !settled.has(name));
}

async function landedFiles(
  files: readonly FileInFlight[],
  destination: Destination | null,
): Promise<ReadonlyMap<string, FileInFlight>> {
  const landed = new Map<string, FileInFlight>();
  if (destination === null || files.length === 0) return landed;
  const there = new Map<string, ReadonlySet<string>>();
  const signal = AbortSignal.timeout(PATIENCE_MS);
  for (const file of files) {
    let instances = there.get(file.studyUid);
    if (instances === undefined) {
      const answer = await destination.instances(file.studyUid, signal);
      instances = answer.ok ? answer.value : new Set();
      there.set(file.studyUid, instances);
    }
    if (instances.has(file.sopUid)) landed.set(`${file.folder}/${file.name}`, file);
  }
  return landed;
}
