import type {FolderRecord, FolderVerdict} from '../job/folder-record.js';
import type {JobOptions} from '../job/job-options.js';
import type {JobRecord} from '../job/job-record.js';
import type {JobSnapshot} from '../job/job-snapshot.js';
import type {OutcomeGroup, Page} from '../job/ports/checkpoint-store.js';
import type {ReportFormat} from '../job/report/report-format.js';
import type {Capabilities} from '../job/ports/destination.js';

/** The archive as the panel shows it. */
export interface ArchiveView {
  readonly name: string;
  readonly imageFolder: string | null;
  readonly freeBytes: number | null;
  readonly capabilities: Capabilities;
  readonly reachable: 'asking' | 'yes' | 'no';
}

/** The chosen source, before a job is started on it. `forJob`: the interrupted job that it was recognised for. */
export interface SourceView {
  readonly name: string;
  readonly forJob: string | null;
}

/** Something that went wrong outside a job. The texts are ready to be shown. */
export interface Problem {
  readonly what: string;
  readonly remedy: string;
}

/** All that the panel shows, replaced as a whole on each change. */
export interface MigrationView {
  readonly archive: ArchiveView;
  readonly source: SourceView | null;
  /** The job at work, or the one last looked at. */
  readonly job: JobSnapshot | null;
  /** All known jobs, newest first. */
  readonly jobs: readonly JobRecord[];
  readonly problem: Problem | null;
  /** Whether this browser can show a folder picker, and whether a sample stick came with the extension. */
  readonly canBrowse: boolean;
  readonly hasSampleStick: boolean;
}

export type {ReportFormat} from '../job/report/report-format.js';

/** What the components ask for. Promises settle when the request is taken up; what comes of it shows in `view`. */
export interface MigrationController {
  readonly view: MigrationView;
  /** Calls back after each change of `view`; returns the way to stop it. */
  subscribe(listener: () => void): () => void;

  browse(): Promise<void>;
  /** From a drop event; must be called in the event itself, since the transfer is empty afterwards. */
  drop(transfer: DataTransfer): Promise<void>;
  trySampleStick(): Promise<void>;

  start(options: JobOptions): Promise<void>;
  restart(): Promise<void>;
  pause(): Promise<void>;
  cancel(): Promise<void>;
  /** Ends a wait early; asks for the folder's permission where that is what is missing. Needs a user gesture. */
  tryNow(): Promise<void>;
  signIn(): Promise<void>;
  /** Pauses what runs and forgets the source. */
  close(): Promise<void>;
  dismissProblem(): void;

  folders(jobId: string, verdict: FolderVerdict, offset: number, limit: number): Promise<Page<FolderRecord>>;
  outcomesOfFolder(jobId: string, folder: string): Promise<readonly OutcomeGroup[]>;
  exportReport(jobId: string, format: ReportFormat, withoutPatientData: boolean): Promise<Blob | null>;
  deleteJob(jobId: string): Promise<void>;
}
