import type {FailReason, SkipReason} from './reasons.js';

/**
 * What became of one file. Every file that the walk meets ends with exactly one outcome.
 * `detail` is for people and logs of the archive's own words; it never holds patient data.
 */
export type Outcome =
  | {readonly kind: 'stored'}
  | {readonly kind: 'already-there'}
  | {readonly kind: 'linked'}
  | {readonly kind: 'skipped'; readonly reason: SkipReason}
  | {readonly kind: 'failed'; readonly reason: FailReason; readonly detail?: string};

export type OutcomeKind = Outcome['kind'];

/** How many files ended with each outcome. `files` is the number that the folder or the job has in all. */
export interface Counts {
  readonly files: number;
  readonly stored: number;
  readonly alreadyThere: number;
  readonly linked: number;
  readonly skipped: number;
  readonly failed: number;
}

export const NO_COUNTS: Counts = {files: 0, stored: 0, alreadyThere: 0, linked: 0, skipped: 0, failed: 0};

const FIELD: Record<OutcomeKind, Exclude<keyof Counts, 'files'>> = {
  'stored': 'stored',
  'already-there': 'alreadyThere',
  'linked': 'linked',
  'skipped': 'skipped',
  'failed': 'failed',
};

/** Files that have an outcome; equal to `files` when a folder is done. */
export function settled(counts: Counts): number {
  return counts.stored + counts.alreadyThere + counts.linked + counts.skipped + counts.failed;
}

/** `counts` with `n` more files of one outcome; `files` is left alone. */
export function withOutcome(counts: Counts, kind: OutcomeKind, n = 1): Counts {
  const field = FIELD[kind];
  return {...counts, [field]: counts[field] + n};
}

export function addCounts(a: Counts, b: Counts): Counts {
  return {
    files: a.files + b.files,
    stored: a.stored + b.stored,
    alreadyThere: a.alreadyThere + b.alreadyThere,
    linked: a.linked + b.linked,
    skipped: a.skipped + b.skipped,
    failed: a.failed + b.failed,
  };
}
