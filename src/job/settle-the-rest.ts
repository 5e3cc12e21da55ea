import type {EngineLimits} from './engine-limits.js';
import type {FolderRecord} from './folder-record.js';
import type {Ledger, Settlement} from './ledger.js';
import {settled as settledCount} from './outcome.js';
import type {CheckpointStore, FileInFlight, SettledFile} from './ports/checkpoint-store.js';
import type {Clock} from './ports/clock.js';
import type {Destination} from './ports/destination.js';
import type {Source} from './ports/source.js';

/** How long the archive is asked about what was on its way when the job was cancelled, milliseconds. */
const PATIENCE_MS = 10_000;
/**
 * A request whose bytes had all arrived is stored although nobody waits for the answer any more. So the archive is
 * asked again while what it holds still grows, and once more, milliseconds apart.
 */
const ASK_AGAIN_MS = 1_500;
const QUIET_ROUNDS = 2;

/**
 * Gives every file of a cancelled job an outcome: what was on its way is stored if the archive has it, all else is
 * skipped. `destination` is null where the archive answers no queries. Can be broken off and begun again.
 */
export async function settleTheRest(deps: {
  readonly ledger: Ledger;
  readonly store: CheckpointStore;
  readonly source: Source;
  readonly destination: Destination | null;
  readonly clock: Clock;
  readonly limits: EngineLimits;
}): Promise<void> {
  const {ledger, store, destination, clock} = deps;
  const jobId = ledger.record.id;
  ledger.onBalanced = () => undefined;
  const batches = await store.inFlight(jobId);
  const landed = await landedFiles(
    batches.flatMap(batch => batch.files),
    destination,
    clock,
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
  deps: {
    readonly ledger: Ledger;
    readonly store: CheckpointStore;
    readonly source: Source;
    readonly limits: EngineLimits;
  },
): Promise<void> {
  const {ledger, store, source, limits} = deps;
  const known = await store.settledFiles(folder.jobId, folder.path);
  const names = await remainingNames(folder, known, source);
  await ledger.openFolder(folder, known, names.length);
  for (let at = 0; at < names.length; at += limits.folderWindow) {
    const window = names.slice(at, at + limits.folderWindow);
    await ledger.settle(window.map(name => settlement(folder.path, name, landed)));
  }
  await ledger.close([{path: folder.path, verification: 'not-asked', missing: []}], {
    done: 0,
    asked: 0,
    verified: 0,
  });
}

function settlement(folder: string, name: string, landed: ReadonlyMap<string, FileInFlight>): Settlement {
  const file = landed.get(`${folder}/${name}`);
  if (file === undefined) {
    return {folder, name, outcome: {kind: 'skipped', reason: 'cancelled'}, bytes: 0, header: null};
  }
  const header = {studyInstanceUid: file.studyUid, sopInstanceUid: file.sopUid};
  return {folder, name, outcome: {kind: 'stored'}, bytes: 0, header};
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
  // A folder that was given up as a whole.
  if (settled.has('')) return [];
  return listing.files.map(file => file.name).filter(name => !settled.has(name));
}

async function landedFiles(
  files: readonly FileInFlight[],
  destination: Destination | null,
  clock: Clock,
): Promise<ReadonlyMap<string, FileInFlight>> {
  const landed = new Map<string, FileInFlight>();
  if (destination === null) return landed;
  const patience = new AbortController();
  const asked = new AbortController();
  void clock.sleep(PATIENCE_MS, asked.signal).then(() => {
    patience.abort();
  });
  let missing = files;
  for (let quiet = 0; missing.length > 0 && quiet < QUIET_ROUNDS && !patience.signal.aborted;) {
    const there = await instancesOf(missing, destination, patience.signal);
    const found = missing.filter(file => there.get(file.studyUid)?.has(file.sopUid));
    for (const file of found) landed.set(`${file.folder}/${file.name}`, file);
    quiet = found.length > 0 ? 0 : quiet + 1;
    missing = missing.filter(file => !found.includes(file));
    if (missing.length > 0 && quiet < QUIET_ROUNDS) await clock.sleep(ASK_AGAIN_MS, patience.signal);
  }
  asked.abort();
  return landed;
}

/** What the archive holds of the studies of these files; nothing of a study about which it does not answer. */
async function instancesOf(
  files: readonly FileInFlight[],
  destination: Destination,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const there = new Map<string, ReadonlySet<string>>();
  for (const {studyUid} of files) {
    if (there.has(studyUid)) continue;
    const answer = await destination.instances(studyUid, signal);
    there.set(studyUid, answer.ok ? answer.value : new Set());
  }
  return there;
}
