import type {FolderRecord, FolderVerdict} from '../job/folder-record.js';
import type {JobOptions} from '../job/job-options.js';
import type {JobRecord} from '../job/job-record.js';
import type {JobSnapshot} from '../job/job-snapshot.js';
import type {StoreFaultCode} from '../job/job-state.js';
import type {OutcomeGroup, Page} from '../job/ports/checkpoint-store.js';
import type {DestinationInfo} from '../job/ports/destination.js';
import type {ReportFormat} from '../job/report/report-format.js';
import type {WaitReason} from '../job/reasons.js';

/** What went wrong with a request. Crosses the border to the worker as a value, with its code. */
export type WorkerFault =
  | {readonly kind: 'store'; readonly code: StoreFaultCode}
  | {readonly kind: 'archive'; readonly reason: WaitReason}
  /** Another tab of this browser runs a job. */
  | {readonly kind: 'other-tab'}
  | {readonly kind: 'busy'}
  | {readonly kind: 'no-source'}
  /** The folder is not the one with which the job was started. */
  | {readonly kind: 'other-source'; readonly name: string}
  | {readonly kind: 'source-unreadable'}
  | {readonly kind: 'no-job'}
  | {readonly kind: 'worker-died'};

export type Answer<T> =
  {readonly ok: true; readonly value: T} | {readonly ok: false; readonly fault: WorkerFault};

/** Where the job worker finds what it needs; given once. */
export interface JobWorkerConfig {
  readonly dicomWebUrl: string;
  readonly archiveName: string;
  readonly headerWorkerUrl: string;
}

/** What the worker asks its page. Passed as a comlink proxy. */
export interface PageApi {
  authorization(): Promise<Readonly<Record<string, string>>>;
  archiveInfo(): Promise<DestinationInfo | null>;
  update(update: WorkerUpdate): void;
}

/** News for the page; at most four a second. `jobs` only when the list has changed. */
export interface WorkerUpdate {
  readonly job: JobSnapshot | null;
  readonly jobs: readonly JobRecord[] | null;
}

/** A source as the page hands it over: a handle, or the files of a folder input. */
export type GivenSource =
  | {readonly kind: 'handle'; readonly handle: FileSystemDirectoryHandle}
  | {readonly kind: 'files'; readonly files: readonly File[]};

export interface ChosenSource {
  readonly name: string;
  /** The paused or interrupted job that this is the source of. */
  readonly forJob: string | null;
}

export interface JobWorkerApi {
  /** Opens the store and finds earlier jobs. */
  open(config: JobWorkerConfig, page: PageApi): Promise<Answer<readonly JobRecord[]>>;
  archive(): Promise<Answer<DestinationInfo>>;
  choose(source: GivenSource): Promise<Answer<ChosenSource>>;
  start(options: JobOptions): Promise<Answer<string>>;
  /** The handle that the job was started with; null where there is none. */
  handleOf(jobId: string): Promise<Answer<FileSystemDirectoryHandle | null>>;
  restart(jobId: string): Promise<Answer<null>>;
  pause(): Promise<Answer<null>>;
  /** The running job, or one at rest. */
  cancel(jobId: string): Promise<Answer<null>>;
  tryNow(): Promise<Answer<null>>;
  folders(
    jobId: string,
    verdict: FolderVerdict,
    offset: number,
    limit: number,
  ): Promise<Answer<Page<FolderRecord>>>;
  outcomesOfFolder(jobId: string, folder: string): Promise<Answer<readonly OutcomeGroup[]>>;
  exportReport(jobId: string, format: ReportFormat, withoutPatientData: boolean): Promise<Answer<Blob>>;
  deleteJob(jobId: string): Promise<Answer<null>>;
}
