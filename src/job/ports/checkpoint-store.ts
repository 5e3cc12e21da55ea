import type {FolderRecord, FolderVerdict} from '../folder-record.js';
import type {JobRecord} from '../job-record.js';
import type {StoreFaultCode} from '../job-state.js';
import type {Outcome} from '../outcome.js';

/** The one error that a store throws: after it the job cannot go on with a checkpoint. */
export class StoreFault extends Error {
  override readonly name = 'StoreFault';
  constructor(
    readonly code: StoreFaultCode,
    options?: ErrorOptions,
  ) {
    super(`checkpoint store: ${code}`, options);
  }
}

/** A file that has left for the archive and has no verdict yet. `deaths`: how often the archive fell silent over it. */
export interface FileInFlight {
  readonly folder: string;
  readonly name: string;
  readonly studyUid: string;
  readonly sopUid: string;
  readonly deaths: number;
}

/** Files of one folder that ended alike at one time. Written for every outcome but plain success. */
export interface OutcomeGroup {
  readonly jobId: string;
  readonly folder: string;
  readonly outcome: Exclude<Outcome, {kind: 'stored'} | {kind: 'linked'}>;
  readonly files: readonly {readonly name: string; readonly sopUid?: string}[];
}

/**
 * Files that have an outcome although their folder is not done, so that they are not taken again after a crash.
 * Kept only while the folder is open. `sopUid` and `studyUid` stand where the archive is to be asked about the file.
 */
export interface SettledFile {
  readonly name: string;
  readonly studyUid?: string;
  readonly sopUid?: string;
}

/** What one step of the engine changes, written in one transaction: all of it or nothing. */
export interface CheckpointStep {
  readonly job: JobRecord;
  readonly folders?: readonly FolderRecord[];
  /** By folder path, in addition to those written before. */
  readonly settled?: ReadonlyMap<string, readonly SettledFile[]>;
  readonly outcomes?: readonly OutcomeGroup[];
  /** Batches that have left, by their number. */
  readonly sent?: {readonly batch: number; readonly files: readonly FileInFlight[]};
  /** Batches that have their verdicts. */
  readonly answered?: readonly number[];
  /** Folders whose settled files can be forgotten, because they are done. */
  readonly closed?: readonly string[];
  /** Strict at folder boundaries: on the disk before the promise resolves. */
  readonly durability: 'strict' | 'relaxed';
}

export interface Page<T> {
  readonly rows: readonly T[];
  readonly total: number;
}

/** Where checkpoints are kept. Every method may reject with `StoreFault`, and with nothing else. */
export interface CheckpointStore {
  jobs(): Promise<readonly JobRecord[]>;
  job(jobId: string): Promise<JobRecord | null>;
  deleteJob(jobId: string): Promise<void>;
  /** Forgets folders, outcomes and files in flight, but not the job: before a walk that begins anew. */
  deletePlan(jobId: string): Promise<void>;
  write(step: CheckpointStep): Promise<void>;
  /** Planned folders in the order of their keys, at most `limit`, beginning behind key `after` where given. */
  nextFolders(jobId: string, limit: number, after?: string): Promise<readonly FolderRecord[]>;
  folder(jobId: string, path: string): Promise<FolderRecord | null>;
  settledFiles(jobId: string, folder: string): Promise<readonly SettledFile[]>;
  inFlight(
    jobId: string,
  ): Promise<readonly {readonly batch: number; readonly files: readonly FileInFlight[]}[]>;
  /** Done folders with this verdict, in the order in which they were done. */
  foldersDone(
    jobId: string,
    verdict: FolderVerdict,
    offset: number,
    limit: number,
  ): Promise<Page<FolderRecord>>;
  /** All folders of a job, planned and done, by path, at most `limit`, beginning behind `after`. */
  folderPaths(jobId: string, limit: number, after?: string): Promise<readonly FolderRecord[]>;
  /** Outcome groups in the order of writing, at most `limit`, beginning behind the cursor; `next` is null at the end. */
  outcomes(
    jobId: string,
    limit: number,
    cursor?: number,
  ): Promise<{readonly groups: readonly OutcomeGroup[]; readonly next: number | null}>;
  outcomesOfFolder(jobId: string, folder: string): Promise<readonly OutcomeGroup[]>;
}
