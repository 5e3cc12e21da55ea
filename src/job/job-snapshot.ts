import type {FolderVerdict} from './folder-record.js';
import type {JobRecord} from './job-record.js';
import type {Counts} from './outcome.js';
import type {ReasonCode} from './reasons.js';

/** A folder that was done a moment ago, for the list below the plot. */
export interface RecentFolder {
  readonly path: string;
  readonly at: number;
  readonly counts: Counts;
  readonly verdict: FolderVerdict;
  readonly reason: ReasonCode | null;
}

/** One point of the plot: an interval of time and what went through in it. */
export interface RatePoint {
  /** End of the interval, milliseconds since the epoch. */
  readonly at: number;
  readonly bytesPerSecond: number;
  readonly filesPerSecond: number;
  readonly waited: boolean;
}

/** The study on its way. Patient data: shown, never logged. */
export interface CurrentStudy {
  readonly date: string | null;
  readonly modality: string;
  readonly description: string;
  readonly patientName: string;
  readonly patientId: string;
}

/** A job as the panel shows it: the record and what only lives while the engine runs. At most ten a second. */
export interface JobSnapshot {
  readonly record: JobRecord;
  readonly currentFolder: string | null;
  readonly currentStudy: CurrentStudy | null;
  readonly requestsInFlight: number;
  readonly filesInFlight: number;
  /** Files found so far while the walk goes on; afterwards the total. */
  readonly rates: readonly RatePoint[];
  readonly bytesPerSecond: number;
  readonly filesPerSecond: number;
  /** Milliseconds, damped; null while nothing can be said. */
  readonly timeLeftMs: number | null;
  /** Newest first, at most 50. */
  readonly recentFolders: readonly RecentFolder[];
}
