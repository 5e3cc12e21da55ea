import {type FolderRecord, type FolderVerdict, verdictOf} from '../../src/job/folder-record.js';
import {DEFAULT_OPTIONS} from '../../src/job/job-options.js';
import type {JobRecord} from '../../src/job/job-record.js';
import {NO_COUNTS} from '../../src/job/outcome.js';
import type {CheckpointStep} from '../../src/job/ports/checkpoint-store.js';

export function jobRecord(id = 'job-1', more: Partial<JobRecord> = {}): JobRecord {
  return {
    id,
    source: {name: 'stick', fingerprint: null},
    destination: {name: 'Archive'},
    options: DEFAULT_OPTIONS,
    createdAt: 1_700_000_000_000,
    endedAt: null,
    workedMs: 0,
    state: {phase: 'running'},
    plan: {walked: false, folders: 0, foldersDone: 0},
    counts: NO_COUNTS,
    amounts: {bytesDone: 0, studiesDone: 0, studiesPlanned: 0},
    verified: {studies: 0, asked: 0},
    ...more,
  };
}

export function plannedFolder(path: string, order = path, jobId = 'job-1'): FolderRecord {
  return {
    jobId,
    path,
    state: 'planned',
    order,
    counts: {...NO_COUNTS, files: 3},
    bytesDone: 0,
    verdict: null,
    reason: null,
    verification: 'not-asked',
    finishedAt: null,
  };
}

export function doneFolder(
  path: string,
  verdict: FolderVerdict = 'succeeded',
  jobId = 'job-1',
): FolderRecord {
  const field = {succeeded: 'stored', failed: 'failed', skipped: 'skipped'} as const;
  const counts = {...NO_COUNTS, files: 3, [field[verdict]]: 3};
  return {
    ...plannedFolder(path, path, jobId),
    state: 'done',
    counts,
    verdict: verdictOf(counts),
    finishedAt: 1_700_000_100_000,
  };
}

/** A step of job-1 unless told otherwise. */
export function step(more: Partial<CheckpointStep> = {}): CheckpointStep {
  return {job: jobRecord(), durability: 'relaxed', ...more};
}
