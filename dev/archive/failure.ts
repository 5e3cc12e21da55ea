import type {Part10Fault} from './part10.js';

/** Failure reasons, as numbers for (0008,1197): PS3.18 Table I.2-2, and PS3.7 C for `duplicate`. */
export const FAILURE = {
  outOfResources: 0xa700,
  dataSetMismatch: 0xa900,
  cannotUnderstand: 0xc000,
  processingFailure: 0x0110,
  /** PS3.7 C.5.7: another instance with this UID is there already. */
  duplicate: 0x0111,
  sopClassUnsupported: 0x0122,
} as const;

export type FailureReason = (typeof FAILURE)[keyof typeof FAILURE];

/** Warning reasons, for (0008,1196): PS3.18 Table I.2-1. */
export const WARNING_HEADER_DIFFERS = 0xb007;

export function failureOf(fault: Part10Fault): FailureReason {
  switch (fault) {
    case 'directory':
      return FAILURE.sopClassUnsupported;
    case 'not-part10':
    case 'cut-short':
    case 'damaged':
    case 'no-uids':
    case 'bad-uid':
    case 'inflated-too-large':
      return FAILURE.cannotUnderstand;
  }
}

export const hexCode = (code: number) => code.toString(16).toUpperCase().padStart(4, '0');

const NO_SPACE = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'ENOMEM', 'EMFILE']);

/** Whether a fault of the file system, or of the index, means that there is no room. */
export function isOutOfResources(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string' && NO_SPACE.has(error.code)) return true;
  return /database or disk is full/i.test(error.message);
}
