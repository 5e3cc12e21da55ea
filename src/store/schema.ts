import type {DBSchema, IDBPDatabase} from 'idb';
import type {FolderRecord, FolderVerdict} from '../job/folder-record.js';
import type {JobRecord} from '../job/job-record.js';
import type {FileInFlight, OutcomeGroup, SettledFile} from '../job/ports/checkpoint-store.js';

export const DATABASE_NAME = 'pacs-migration';
export const DATABASE_VERSION = 1;

/** `record` is null while the job is being deleted: it is gone for everybody, its remains are not yet. */
export interface JobRow {
  readonly id: string;
  readonly record: JobRecord | null;
  /** The next number for whatever of this job is kept in the order of writing. */
  readonly next: number;
}

export interface FolderRow {
  readonly record: FolderRecord;
  /** The place among the done folders of the job; absent until done. */
  readonly finished?: number;
}

/** Appended, never rewritten, so that a batch's verdicts cost the same in a folder of ten files and of ten thousand. */
export interface SettledRow {
  readonly jobId: string;
  readonly folder: string;
  readonly seq: number;
  readonly files: readonly SettledFile[];
}

export interface OutcomeRow {
  readonly seq: number;
  readonly group: OutcomeGroup;
}

export interface InFlightRow {
  readonly jobId: string;
  readonly batch: number;
  readonly files: readonly FileInFlight[];
}

export interface HandleRow {
  readonly jobId: string;
  readonly handle: FileSystemHandle;
}

/**
 * Every key begins with the job, so that a job is a range in each store. Nothing here has a row for a file that was
 * plainly stored: the database grows with folders and faults.
 */
export interface CheckpointSchema extends DBSchema {
  jobs: {key: string; value: JobRow};
  folders: {
    key: [jobId: string, path: string];
    value: FolderRow;
    indexes: {
      byOrder: [jobId: string, state: FolderRecord['state'], order: string];
      byFinish: [jobId: string, verdict: FolderVerdict, finished: number];
    };
  };
  settled: {key: [jobId: string, folder: string, seq: number]; value: SettledRow};
  outcomes: {
    key: [jobId: string, seq: number];
    value: OutcomeRow;
    indexes: {byFolder: [jobId: string, folder: string]};
  };
  inFlight: {key: [jobId: string, batch: number]; value: InFlightRow};
  handles: {key: string; value: HandleRow};
}

export type CheckpointDatabase = IDBPDatabase<CheckpointSchema>;

/**
 * Brings a database from any older version to the present one, step by step. A step that has been released is never
 * changed: a later version adds a step below it.
 */
export function migrate(database: CheckpointDatabase, oldVersion: number): void {
  if (oldVersion < 1) {
    database.createObjectStore('jobs', {keyPath: 'id'});
    const folders = database.createObjectStore('folders', {keyPath: ['record.jobId', 'record.path']});
    folders.createIndex('byOrder', ['record.jobId', 'record.state', 'record.order']);
    // A folder that is not done has no `finished` and so does not stand in this index.
    folders.createIndex('byFinish', ['record.jobId', 'record.verdict', 'finished']);
    database.createObjectStore('settled', {keyPath: ['jobId', 'folder', 'seq']});
    const outcomes = database.createObjectStore('outcomes', {keyPath: ['group.jobId', 'seq']});
    outcomes.createIndex('byFolder', ['group.jobId', 'group.folder']);
    database.createObjectStore('inFlight', {keyPath: ['jobId', 'batch']});
    database.createObjectStore('handles', {keyPath: 'jobId'});
  }
}
