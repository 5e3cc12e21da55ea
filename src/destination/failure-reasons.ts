import type {FailReason, WaitReason} from '../job/reasons.js';

/** What a Failure Reason (0008,1197) means: for the file, or for the whole archive. */
export type FailureMeaning =
  | {readonly kind: 'refused'; readonly reason: FailReason}
  | {readonly kind: 'already-there'}
  | {readonly kind: 'system'; readonly reason: WaitReason};

const refused = (reason: FailReason): FailureMeaning => ({kind: 'refused', reason});

/**
 * Single codes, and then ranges, first match first. PS3.18 Table I.2-2 and PS3.7 Annex C; the codes above
 * A770 and C400 as dcm4chee-arc, those above B000 as Azure Health Data Services document them.
 */
const CODES: ReadonlyMap<number, FailureMeaning> = new Map([
  [0x0106, refused('data-set-mismatch')],
  [0x0111, {kind: 'already-there'}],
  [0x0117, refused('identifier-conflict')],
  [0x0118, refused('sop-class-refused')],
  [0x0120, refused('data-set-mismatch')],
  [0x0121, refused('data-set-mismatch')],
  [0x0122, refused('sop-class-refused')],
  [0x0124, {kind: 'system', reason: 'forbidden'}],
  [0x0213, {kind: 'system', reason: 'archive-full'}],
  // Azure: the Study Instance UID is not that of the request.
  [43265, refused('identifier-conflict')],
  [0xb00e, {kind: 'already-there'}], // Azure 45070: the instance exists
  [0xb00f, {kind: 'system', reason: 'busy'}], // Azure 45071: the instance is just being created
  [0xc122, refused('transfer-syntax-refused')],
  // dcm4chee: the Study Instance UID is not that of the request.
  [0xc409, refused('identifier-conflict')],
]);

const RANGES: readonly (readonly [from: number, to: number, meaning: FailureMeaning])[] = [
  // dcm4chee refuses by rules of its own in the midst of the range for "out of resources".
  [0xa770, 0xa77b, refused('policy-refused')],
  [0xa700, 0xa7ff, {kind: 'system', reason: 'archive-full'}],
  [0xa900, 0xa9ff, refused('data-set-mismatch')],
  [0xc000, 0xcfff, refused('not-understood')],
];

/** `code` is null where the archive gave none. */
export function failureMeaning(code: number | null): FailureMeaning {
  if (code === null) return refused('processing-failure');
  const range = RANGES.find(([from, to]) => code >= from && code <= to);
  return CODES.get(code) ?? range?.[2] ?? refused('processing-failure');
}

/** The archive's code in the notation of the standard, for people and logs. */
export function failureDetail(code: number | null): string {
  if (code === null) return 'no FailureReason';
  return `FailureReason ${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
