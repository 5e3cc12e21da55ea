import type {JobOptions} from './job-options.js';
import type {JobState} from './job-state.js';
import type {Counts} from './outcome.js';

/** How far the plan is. `walked`: every directory has been seen, so the totals of folders and files are known. */
export interface PlanProgress {
  readonly walked: boolean;
  readonly folders: number;
  readonly foldersDone: number;
}

export interface Amounts {
  /** Bytes of files that have an outcome. */
  readonly bytesDone: number;
  /** Studies that were sent or checked, and distinct studies planned as far as samples tell. */
  readonly studiesDone: number;
  readonly studiesPlanned: number;
}

/** A job as the checkpoint keeps it. */
export interface JobRecord {
  readonly id: string;
  readonly source: {readonly name: string; readonly fingerprint: string | null};
  readonly destination: {readonly name: string};
  readonly options: JobOptions;
  readonly createdAt: number;
  readonly endedAt: number | null;
  /** Milliseconds that the job was at work, without waits and pauses. */
  readonly workedMs: number;
  readonly state: JobState;
  readonly plan: PlanProgress;
  readonly counts: Counts;
  readonly amounts: Amounts;
  /** Studies complete on the archive by its own word, and those that it was asked about. */
  readonly verified: {readonly studies: number; readonly asked: number};
}
