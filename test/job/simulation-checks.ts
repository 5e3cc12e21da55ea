import {decide} from '../../src/job/decide.js';
import type {JobRecord} from '../../src/job/job-record.js';
import {addCounts, type Counts, NO_COUNTS, type Outcome, settled} from '../../src/job/outcome.js';
import type {Parcel} from '../../src/job/ports/destination.js';
import type {FakeArchive} from './fakes/fake-archive.js';
import type {MemoryFile} from './fakes/fake-content.js';
import type {MemoryCheckpointStore} from './fakes/memory-store.js';
import type {Flaws} from './simulated-flaws.js';
import {pathOf, type SimulatedTree} from './simulated-tree.js';

/** What can be known about a simulated job when it is over. */
export interface Ending {
  readonly record: JobRecord;
  readonly store: MemoryCheckpointStore;
  readonly tree: SimulatedTree;
  readonly archive: FakeArchive;
  readonly flaws: Flaws;
  /** SOP Instance UIDs that the archive lost behind the back of the engine. */
  readonly lost: ReadonlySet<string>;
  readonly faults: number;
  /** Pauses, crashes and cancels. */
  readonly stops: number;
  readonly canQuery: boolean;
  /** Limits that force nothing to go before its turn. */
  readonly isRoomy: boolean;
}

/** Nothing leaves that is not in flight in the checkpoint, and nothing that has an outcome there. */
export function brokenSendings(store: MemoryCheckpointStore, parcels: readonly Parcel[]): string[] {
  const job = store.snapshot().get('job');
  if (job === undefined) return ['something is sent without a checkpoint'];
  const inFlight = new Set(
    [...job.inFlight.values()].flatMap(files => files.map(file => pathOf(file.folder, file.name))),
  );
  return parcels.flatMap(({path}) => {
    const broken: string[] = [];
    const at = path.lastIndexOf('/');
    const [folder, name] = at < 0 ? ['', path] : [path.slice(0, at), path.slice(at + 1)];
    const isSettled = job.settled.get(folder)?.some(file => file.name === name) === true;
    if (isSettled || job.folders.get(folder)?.state !== 'planned') broken.push(`${path} is sent again`);
    if (!inFlight.has(path)) broken.push(`${path} is sent, but not in flight in the checkpoint`);
    return broken;
  });
}

/** Whenever a job rests, its own counts, those of its folders and the listed outcomes say the same. */
export function brokenSums(store: MemoryCheckpointStore, record: JobRecord): string[] {
  const job = store.snapshot().get(record.id);
  if (job === undefined || !record.plan.walked) return [];
  const broken: string[] = [];
  const folders = [...job.folders.values()];
  const sum = folders.map(folder => folder.counts).reduce(addCounts, NO_COUNTS);
  if (!isSame(sum, record.counts)) {
    broken.push(`the folders hold ${JSON.stringify(sum)}, the job ${JSON.stringify(record.counts)}`);
  }
  for (const {path, state, counts} of folders) {
    const listed = new Map<string, number>();
    for (const {folder, outcome, files} of job.outcomes) {
      if (folder === path) listed.set(outcome.kind, (listed.get(outcome.kind) ?? 0) + files.length);
    }
    const says = ['already-there', 'skipped', 'failed'].map(kind => listed.get(kind) ?? 0).join(', ');
    const counted = [counts.alreadyThere, counts.skipped, counts.failed].join(', ');
    if (says !== counted) broken.push(`${path} lists ${says} outcomes, but counts ${counted}`);
    const noted = job.settled.get(path)?.length ?? 0;
    if (state === 'planned' && noted !== settled(counts)) {
      broken.push(`${path} notes ${noted} settled files and counts ${settled(counts)}`);
    }
    if (state === 'done' && settled(counts) !== counts.files)
      broken.push(`${path} is done, but not all of it`);
  }
  return broken;
}

export function brokenAtTheEnd(ending: Ending): string[] {
  const outcomes = listedOutcomes(ending);
  return [
    ...outcomes.broken,
    ...brokenEnd(ending),
    ...brokenFiles(ending, outcomes.byPath),
    ...brokenReasons(ending, outcomes.byPath),
    ...brokenCalm(ending, outcomes.byPath),
  ];
}

function brokenEnd({record, store, tree, archive, flaws, stops, faults}: Ending): string[] {
  const broken: string[] = [];
  const job = store.snapshot().get(record.id);
  if (settled(record.counts) !== record.counts.files) {
    broken.push(`the sums do not balance: ${JSON.stringify(record.counts)}`);
  }
  if ([...(job?.folders.values() ?? [])].some(folder => folder.state !== 'done')) {
    broken.push('a folder is not done');
  }
  if (record.state.phase === 'completed' && (job?.inFlight.size ?? 0) > 0) {
    broken.push('something is still in flight');
  }
  if (record.state.phase === 'completed' && (job?.settled.size ?? 0) > 0) {
    broken.push('settled files of done folders are kept');
  }
  const lethal = [...tree.versions.values()].flat().filter(({what}) => {
    const sop = what.kind === 'instance' ? what.header.sopInstanceUid : '';
    return flaws.failing.get(sop) === 'stops-the-archive';
  }).length;
  // Of several that die together, one may be sent once more.
  const allowed = lethal > 1 ? 4 * lethal : 3 * lethal;
  if (archive.deaths > allowed + stops + faults) broken.push(`the archive died ${archive.deaths} times`);
  return broken;
}

function listedOutcomes({record, store}: Ending): {byPath: Map<string, Outcome>; broken: string[]} {
  const byPath = new Map<string, Outcome>();
  const broken: string[] = [];
  for (const {folder, outcome, files} of store.snapshot().get(record.id)?.outcomes ?? []) {
    for (const {name} of files) {
      const path = `${folder}/${name}`;
      if (byPath.has(path) && name !== '') broken.push(`${path} has two outcomes`);
      byPath.set(path, outcome);
    }
  }
  return {byPath, broken};
}

/** Each file has one outcome, and what is called stored or already there is on the archive. */
function brokenFiles(
  {record, store, tree, archive, lost}: Ending,
  listed: ReadonlyMap<string, Outcome>,
): string[] {
  const broken: string[] = [];
  const planned = store.snapshot().get(record.id)?.folders;
  const wholeFolders = [...listed.keys()].filter(path => path.endsWith('/')).map(path => path.slice(0, -1));
  const isWhole = (folder: string): boolean =>
    wholeFolders.some(path => path === '' || folder === path || folder.startsWith(`${path}/`));
  let files = 0;
  for (const {folder, file} of tree.source.files()) {
    files++;
    const path = pathOf(folder, file.name);
    const outcome = listed.get(`${folder}/${file.name}`);
    if (isWhole(folder) || planned?.has(folder) !== true) {
      if (record.plan.walked && !isWhole(folder) && !tree.touched.has(path))
        broken.push(`${path} was not met`);
      continue;
    }
    const versions = tree.versions.get(path) ?? [];
    const isHeld = versions.some(version => holds(archive, version, lost));
    if (outcome === undefined && !isHeld && !tree.touched.has(path)) {
      broken.push(`${path} is called stored, but the archive does not hold it`);
    }
    if (outcome?.kind === 'already-there' && !isHeld) broken.push(`${path} is not already there`);
  }
  const isWholeTree = record.plan.walked && wholeFolders.length === 0 && tree.touched.size === 0;
  if (isWholeTree && files !== record.counts.files) {
    broken.push(`the tree has ${files} files, the job ${record.counts.files}`);
  }
  return broken;
}

function holds(archive: FakeArchive, {what}: MemoryFile, lost: ReadonlySet<string>): boolean {
  if (what.kind !== 'instance') return false;
  const {studyInstanceUid, sopInstanceUid} = what.header;
  return archive.holds(studyInstanceUid, sopInstanceUid) || lost.has(sopInstanceUid);
}

/** No file is blamed for what was never wrong. */
function brokenReasons(
  {tree, flaws, lost, faults, stops}: Ending,
  listed: ReadonlyMap<string, Outcome>,
): string[] {
  return [...listed].flatMap(([path, outcome]) => {
    if (outcome.kind !== 'failed') return [];
    const versions = tree.versions.get(path.replace(/^\//, '')) ?? [];
    const sops = versions.flatMap(({what}) => (what.kind === 'instance' ? [what.header.sopInstanceUid] : []));
    const isFlawed = sops.some(sop => flaws.failing.get(sop) === outcome.reason);
    const isToBlame = {
      'missing-after-store': sops.some(sop => lost.has(sop)),
      'stops-the-archive': isFlawed || faults + stops >= 3,
      'no-verdict': isFlawed || faults >= 3,
      'processing-failure': isFlawed,
      'too-large-for-server': flaws.limitBytes < Infinity || faults > 0,
      'folder-unreadable': faults > 0 || tree.touched.size > 0,
      'vanished': faults > 0 || tree.touched.size > 0,
    }[outcome.reason as string];
    return isToBlame === false ? [`${path} is blamed: ${outcome.reason}`] : [];
  });
}

/** Without faults and stops everything can be told beforehand. */
function brokenCalm(ending: Ending, listed: ReadonlyMap<string, Outcome>): string[] {
  const {record, tree, archive, flaws, faults, stops, lost} = ending;
  if (faults + stops + tree.touched.size + lost.size > 0) return [];
  const broken: string[] = [];
  const files = [...tree.source.files()];
  const twins = new Map<string, number>();
  for (const {file} of files) twins.set(keyOf(file), (twins.get(keyOf(file)) ?? 0) + 1);
  for (const {folder, file} of files) {
    if ((twins.get(keyOf(file)) ?? 0) > 1) continue;
    const outcome = listed.get(`${folder}/${file.name}`) ?? {kind: 'stored'};
    const said = 'reason' in outcome ? outcome.reason : outcome.kind;
    const expected = expectedOf(file, ending);
    if (!expected.includes(said))
      broken.push(`${folder}/${file.name} is ${said}, not ${expected.join(' or ')}`);
  }
  if (!flaws.isNone) return broken;
  for (const [sop, times] of archive.timesSent) {
    const studies = new Set(
      files.flatMap(({file: {what}}) =>
        what.kind === 'instance' && what.header.sopInstanceUid === sop ? [what.header.studyInstanceUid] : [],
      ),
    );
    if (times > studies.size) broken.push(`${sop} was sent ${times} times without need`);
  }
  const dates = [...new Set(archive.datesArrived)];
  const isInOrder = dates.every((date, i) => i === 0 || date <= (dates[i - 1] ?? ''));
  if (ending.isRoomy && tree.isHonest && !isInOrder) broken.push(`the dates arrive as ${dates.join(', ')}`);
  if (record.state.phase !== 'completed') broken.push(`the job is ${record.state.phase}`);
  return broken;
}

function expectedOf(file: MemoryFile, {record, flaws, canQuery}: Ending): readonly string[] {
  const decision = decide(file.what, record.options);
  if (decision.kind === 'settle') {
    return 'reason' in decision.outcome ? [decision.outcome.reason] : [decision.outcome.kind];
  }
  const sop = decision.header.sopInstanceUid;
  const isHeld = flaws.held.has(sop);
  if (isHeld && canQuery && record.options.skipExisting) return ['already-there'];
  const flaw = flaws.failing.get(sop);
  const tooLarge = file.size > flaws.limitBytes ? ['too-large-for-server'] : [];
  if (flaw !== undefined) return [flaw, ...tooLarge];
  if (tooLarge.length > 0) return tooLarge;
  return isHeld ? ['already-there', 'stored'] : ['stored'];
}

const keyOf = ({what, name}: MemoryFile): string =>
  what.kind === 'instance' ? what.header.sopInstanceUid : name;

function isSame(a: Counts, b: Counts): boolean {
  return Object.keys(NO_COUNTS).every(key => a[key as keyof Counts] === b[key as keyof Counts]);
}
