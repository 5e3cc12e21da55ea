import type {Counts} from './outcome.js';
import type {ReasonCode} from './reasons.js';

export type FolderVerdict = 'succeeded' | 'failed' | 'skipped';

/** `not-asked`: verification is off, or the archive answers no queries. */
export type Verification = 'verified' | 'incomplete' | 'nothing-to-verify' | 'not-asked';

/** A folder as the checkpoint keeps it: the unit of plan, checkpoint and report. */
export interface FolderRecord {
  readonly jobId: string;
  /** Relative to the source, joined by `/`; `''` is the source itself. */
  readonly path: string;
  readonly state: 'planned' | 'done';
  /** Sorts folders as they are to be taken: see `orderKey`. */
  readonly order: string;
  readonly counts: Counts;
  readonly bytesDone: number;
  /** Null until done. */
  readonly verdict: FolderVerdict | null;
  /** The commonest reason where something failed, or where nothing but skips came of it. */
  readonly reason: ReasonCode | null;
  readonly verification: Verification;
  readonly finishedAt: number | null;
}

/** A folder is failed if one of its files failed, succeeded if at least one is on the archive, else skipped. */
export function verdictOf(counts: Counts): FolderVerdict {
  if (counts.failed > 0) return 'failed';
  return counts.stored + counts.alreadyThere + counts.linked > 0 ? 'succeeded' : 'skipped';
}
