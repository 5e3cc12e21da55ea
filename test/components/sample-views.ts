import type {ArchiveView, MigrationView} from '../../src/controller/migration-controller.js';
import {verdictOf, type FolderRecord, type FolderVerdict} from '../../src/job/folder-record.js';
import {DEFAULT_OPTIONS} from '../../src/job/job-options.js';
import type {JobRecord} from '../../src/job/job-record.js';
import type {JobSnapshot, RatePoint, RecentFolder} from '../../src/job/job-snapshot.js';
import type {JobState} from '../../src/job/job-state.js';
import type {OutcomeGroup} from '../../src/job/ports/checkpoint-store.js';
import {NO_COUNTS, type Counts} from '../../src/job/outcome.js';
import type {ReasonCode} from '../../src/job/reasons.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Times are relative to the page's own clock, since the panel says "today". */
export const NOON = new Date().setHours(18, 21, 7, 0);

export const ARCHIVE: ArchiveView = {
  name: 'Radiology Archive',
  imageFolder: '/var/lib/archive/images',
  freeBytes: 4.1e12,
  capabilities: {copy: true, link: true, query: true},
  reachable: 'yes',
};

export const EMPTY_VIEW: MigrationView = {
  archive: ARCHIVE,
  source: null,
  job: null,
  jobs: [],
  problem: null,
  canBrowse: true,
  hasSampleStick: true,
};

export const counts = (some: Partial<Counts>): Counts => {
  const all = {...NO_COUNTS, ...some};
  const sum = all.stored + all.alreadyThere + all.linked + all.skipped + all.failed;
  return {...all, files: some.files ?? sum};
};

const HALF: Counts = counts({
  files: 1_330_118,
  stored: 790_112,
  alreadyThere: 21_870,
  skipped: 386,
  failed: 38,
});

export function record(state: JobState, changes: Partial<JobRecord> = {}): JobRecord {
  return {
    id: 'job-1',
    source: {name: 'DICOM Images', fingerprint: null},
    destination: {name: 'Radiology Archive'},
    options: DEFAULT_OPTIONS,
    createdAt: NOON - 10.5 * HOUR,
    endedAt: null,
    workedMs: 10 * HOUR,
    state,
    plan: {walked: true, folders: 23_511, foldersDone: 14_352},
    counts: HALF,
    amounts: {bytesDone: 1.17e12, studiesDone: 11_704, studiesPlanned: 19_213},
    verified: {studies: 11_600, asked: 11_601},
    ...changes,
  };
}

/** Six hours of rates, the same each time, with a wait in the middle. */
export const RATES: readonly RatePoint[] = Array.from({length: 120}, (_, i) => {
  const waited = i > 48 && i <= 55;
  const rate =
    9 + 1.2 * Math.sin(i / 7) + 0.9 * Math.sin(i * 1.9) + 0.6 * Math.cos(i * 3.1) + (i > 95 ? 1.5 : 0);
  return {
    at: NOON - (119 - i) * 3 * MINUTE,
    bytesPerSecond: waited ? 0 : rate * 1e6,
    filesPerSecond: waited ? 0 : rate * 2,
    waited,
  };
});

const folder = (
  path: string,
  secondsAgo: number,
  some: Partial<Counts>,
  reason: ReasonCode | null = null,
): RecentFolder => {
  const all = counts(some);
  return {path, at: NOON - secondsAgo * 1000, counts: all, verdict: verdictOf(all), reason};
};

export const RECENT: readonly RecentFolder[] = [
  folder('2024/11/18/00047211/CT_THORAX/SER00002', 0, {stored: 412}),
  folder('2024/11/18/00047211/CT_THORAX/SER00001', 21, {stored: 3}),
  folder('2024/11/18/00047198/MR_KNEE', 22, {stored: 132, alreadyThere: 64}),
  folder('2024/11/18/00047198/MR_KNEE/LOC', 26, {stored: 9}),
  folder('2024/11/17/00047190/US_ABD', 27, {stored: 35, failed: 3}, 'cut-short'),
  folder('2024/11/17/00047188/CR', 32, {stored: 2}),
  folder('2024/11/17/00047186/CT_HEAD', 35, {stored: 188}),
  folder('2024/11/17/00047186/_notes', 45, {skipped: 4}, 'not-dicom'),
  folder('2024/11/17/00047180/MG', 45, {alreadyThere: 4}),
  folder('', 50, {skipped: 2, stored: 3}),
];

export function snapshot(state: JobState, changes: Partial<JobRecord> = {}): JobSnapshot {
  return {
    record: record(state, changes),
    currentFolder: '2024/11/18/00047211/CT_THORAX/SER00003',
    currentStudy: {
      date: '20241118',
      modality: 'CT',
      description: 'Thorax native',
      patientName: 'ROE^RICHARD',
      patientId: '2290514',
    },
    requestsInFlight: 4,
    filesInFlight: 32,
    rates: RATES,
    bytesPerSecond: 9.4e6,
    filesPerSecond: 19,
    timeLeftMs: 22 * HOUR,
    recentFolders: RECENT,
  };
}

const PAST: readonly JobRecord[] = [
  record(
    {phase: 'completed', at: NOON - 4 * DAY, failed: 0},
    {
      id: 'job-cd',
      source: {name: 'CD_0417', fingerprint: null},
      counts: counts({stored: 240}),
      createdAt: NOON - 4 * DAY,
      endedAt: NOON - 4 * DAY,
    },
  ),
  record(
    {phase: 'completed', at: NOON - 7 * DAY, failed: 3},
    {
      id: 'job-lacie',
      source: {name: 'LACIE/export', fingerprint: null},
      counts: counts({stored: 4000, failed: 3}),
      createdAt: NOON - 7 * DAY,
      endedAt: NOON - 7 * DAY,
    },
  ),
];

export const STATES = {
  planning: {phase: 'planning'},
  running: {phase: 'running'},
  server: {
    phase: 'waiting',
    goesOnAs: 'running',
    waitsFor: 'server',
    reason: 'unreachable',
    nextTryAt: Date.now() + 12_000,
    attempt: 3,
  },
  medium: {
    phase: 'waiting',
    goesOnAs: 'running',
    waitsFor: 'medium',
    reason: 'medium-gone',
    nextTryAt: null,
    attempt: 1,
  },
  permission: {
    phase: 'waiting',
    goesOnAs: 'running',
    waitsFor: 'medium',
    reason: 'permission',
    nextTryAt: null,
    attempt: 1,
  },
  signIn: {
    phase: 'waiting',
    goesOnAs: 'running',
    waitsFor: 'sign-in',
    reason: 'sign-in',
    nextTryAt: null,
    attempt: 1,
  },
  paused: {phase: 'paused', at: NOON},
  interrupted: {phase: 'interrupted', at: NOON - 16 * HOUR, why: 'found-on-start'},
  completed: {phase: 'completed', at: NOON, failed: 0},
  failures: {phase: 'completed', at: NOON, failed: 72},
  cancelled: {phase: 'cancelled', at: NOON},
} as const satisfies Record<string, JobState>;

/** A view with one job in this state, and two older ones. */
export function viewOf(state: JobState, changes: Partial<JobRecord> = {}): MigrationView {
  const job = snapshot(state, changes);
  return {...EMPTY_VIEW, job, jobs: [job.record, ...PAST]};
}

const DONE_COUNTS = counts({stored: 1_301_870, alreadyThere: 27_412, skipped: 764, failed: 72});

const DONE = {
  counts: DONE_COUNTS,
  plan: {walked: true, folders: 23_511, foldersDone: 23_511},
  amounts: {bytesDone: 1.92e12, studiesDone: 19_214, studiesPlanned: 19_214},
  verified: {studies: 19_213, asked: 19_214},
  createdAt: NOON - 56 * HOUR,
  endedAt: NOON,
  workedMs: 56 * HOUR,
};

const STICK = {
  ...DONE,
  source: {name: 'KINGSTON', fingerprint: null},
  counts: counts({stored: 1024, alreadyThere: 352, skipped: 1038}),
  plan: {walked: true, folders: 60, foldersDone: 60},
  verified: {studies: 8, asked: 8},
};

const fresh = (view: MigrationView): MigrationView => ({
  ...view,
  job: view.job && {...view.job, recentFolders: [], currentFolder: null, currentStudy: null, rates: []},
});

export const VIEWS = {
  nothing: EMPTY_VIEW,
  empty: fresh(
    viewOf(STATES.interrupted, {
      plan: {walked: true, folders: 23_511, foldersDone: 10_302},
      counts: counts({files: 1_330_118, stored: 582_579, failed: 31}),
    }),
  ),
  chosen: {...EMPTY_VIEW, source: {name: 'KINGSTON', forJob: null}},
  recognised: {
    ...fresh(viewOf(STATES.interrupted)),
    source: {name: 'DICOM Images', forJob: 'job-1'},
  },
  planning: viewOf(STATES.planning, {
    plan: {walked: false, folders: 8211, foldersDone: 12},
    counts: counts({files: 214_030, stored: 800}),
    amounts: {bytesDone: 4e8, studiesDone: 4, studiesPlanned: 6000},
  }),
  running: viewOf(STATES.running),
  server: viewOf(STATES.server),
  medium: viewOf(STATES.medium, {source: {name: 'KINGSTON', fingerprint: null}}),
  permission: viewOf(STATES.permission),
  signIn: viewOf(STATES.signIn),
  paused: {...viewOf(STATES.paused), source: {name: 'DICOM Images', forJob: 'job-1'}},
  completed: viewOf(STATES.completed, STICK),
  failures: viewOf(STATES.failures, DONE),
  cancelled: viewOf(STATES.cancelled, {endedAt: NOON}),
  problem: {
    ...EMPTY_VIEW,
    archive: {
      ...ARCHIVE,
      imageFolder: null,
      freeBytes: null,
      reachable: 'no' as const,
      capabilities: {copy: true, link: false, query: false},
    },
    problem: {
      what: 'What was dropped is no folder.',
      remedy: 'Drop the folder that holds the files, not the files themselves.',
    },
    canBrowse: false,
  },
} satisfies Record<string, MigrationView>;

export type ViewName = keyof typeof VIEWS;

export function folderRecord(
  path: string,
  some: Partial<Counts>,
  reason: ReasonCode | null = null,
): FolderRecord {
  const all = counts(some);
  const verdict = verdictOf(all);
  return {
    jobId: 'job-1',
    path,
    state: 'done',
    order: path,
    counts: all,
    bytesDone: all.files * 5e5,
    verdict,
    reason,
    verification: verdict === 'skipped' ? 'nothing-to-verify' : 'verified',
    finishedAt: NOON,
  };
}

export const REPORT_ROWS: Readonly<Record<FolderVerdict, readonly FolderRecord[]>> = {
  failed: [
    folderRecord('2016/09/14/00018820/CT_ABD/SER00004', {stored: 100, failed: 14}, 'cut-short'),
    folderRecord('2013/06/30/00009914/PDF', {failed: 9}, 'sop-class-refused'),
    folderRecord('2011/03/02/raw/Varian', {failed: 12}, 'no-study-uid'),
    folderRecord('2011/03/02/raw/Philips/CDM-3300/stdy_001', {failed: 7}, 'no-study-uid'),
    folderRecord('2009/01/22/00001207/MR_SPINE/SER00002', {failed: 5, stored: 60}, 'unreadable'),
  ],
  succeeded: Array.from({length: 23_497}, (_, i) =>
    i % 9 === 3
      ? folderRecord(`2026/11/23/000${61_204 - i}/MR_KNEE`, {stored: 184, alreadyThere: 64})
      : folderRecord(`2026/11/23/000${61_204 - i}/CT_CHEST/SER00003`, {stored: 612 - (i % 40)}),
  ),
  skipped: [folderRecord('2026/11/23/00061203/_notes', {skipped: 4}, 'not-dicom')],
};

export const REPORT_OUTCOMES: readonly OutcomeGroup[] = [
  {
    jobId: 'job-1',
    folder: '2011/03/02/raw/Varian',
    outcome: {kind: 'failed', reason: 'no-study-uid'},
    files: [{name: 'IM0001'}, {name: 'IM0002'}, {name: 'IM0003'}],
  },
  {
    jobId: 'job-1',
    folder: '2013/06/30/00009914/PDF',
    outcome: {kind: 'failed', reason: 'sop-class-refused', detail: '0122'},
    files: [{name: 'letter.dcm', sopUid: '1.2.3'}],
  },
];
