import type {Parcel, SystemFault, Verdict} from '../job/ports/destination.js';
import type {WaitReason} from '../job/reasons.js';
import {hasAttribute, itemsOf, numberOf, uidOf, type JsonDataSet} from './dicom-json.js';
import {parseDicomXml} from './dicom-xml.js';
import {failureDetail, failureMeaning} from './failure-reasons.js';
import {isRecord, parseJson} from './json.js';

const REFERENCED_SOP_INSTANCE_UID = '00081155';
const RETRIEVE_URL = '00081190';
const FAILURE_REASON = '00081197';
const FAILED_SOP_SEQUENCE = '00081198';
const REFERENCED_SOP_SEQUENCE = '00081199';
const OTHER_FAILURES_SEQUENCE = '0008119A';

/** The response of a store transaction (PS3.18 10.5.3.2): which instances the archive names, and how. */
export interface StoreResponse {
  /** SOP Instance UID → how often it is named as stored. */
  readonly stored: ReadonlyMap<string, number>;
  /** SOP Instance UID → Failure Reasons, null where none is given. */
  readonly failed: ReadonlyMap<string, readonly (number | null)[]>;
  /** Failure Reasons of parts that the archive could not name. */
  readonly nameless: readonly (number | null)[];
}

/**
 * Reads a store response by its content, whatever the status and the content type say: servers send DICOM JSON
 * without a type, and with 400. Null where the text is no store response in JSON or XML.
 */
export function parseStoreResponse(text: string): StoreResponse | null {
  const dataSets = text.trimStart().startsWith('<') ? [parseDicomXml(text)] : [parseJson(text)].flat();
  const responses = dataSets.filter(isRecord).filter(isStoreResponse);
  if (responses.length === 0) return null;

  const stored = new Map<string, number>();
  const failed = new Map<string, (number | null)[]>();
  for (const item of responses.flatMap(response => itemsOf(response, REFERENCED_SOP_SEQUENCE))) {
    const uid = uidOf(item, REFERENCED_SOP_INSTANCE_UID);
    if (uid !== null) stored.set(uid, (stored.get(uid) ?? 0) + 1);
  }
  for (const item of responses.flatMap(response => itemsOf(response, FAILED_SOP_SEQUENCE))) {
    const uid = uidOf(item, REFERENCED_SOP_INSTANCE_UID);
    if (uid !== null) failed.set(uid, [...(failed.get(uid) ?? []), numberOf(item, FAILURE_REASON)]);
  }
  const nameless = responses
    .flatMap(response => itemsOf(response, OTHER_FAILURES_SEQUENCE))
    .map(item => numberOf(item, FAILURE_REASON));
  return {stored, failed, nameless};
}

function isStoreResponse(dataSet: JsonDataSet): boolean {
  return [REFERENCED_SOP_SEQUENCE, FAILED_SOP_SEQUENCE, OTHER_FAILURES_SEQUENCE, RETRIEVE_URL].some(tag =>
    hasAttribute(dataSet, tag),
  );
}

/** The verdicts in the order of the parcels, and the reason to stop for, where a Failure Reason gave one. */
export interface Judgement {
  readonly verdicts: readonly Verdict[];
  readonly systemReason: WaitReason | null;
}

/**
 * Matches each parcel by its SOP Instance UID. What the answer does not name, contradicts itself on, or refuses
 * for a fault of the whole system is `unnamed`: nothing is known of that file, and it is not to blame.
 *
 * Two parcels with one UID: the archive keeps one of them, the other is there already.
 */
export function judge(response: StoreResponse, parcels: readonly Parcel[], unnamedDetail: string): Judgement {
  let systemReason: WaitReason | null = null;
  const seen = new Map<string, number>();
  const ofCode = (code: number | null): Verdict => {
    const meaning = failureMeaning(code);
    if (meaning.kind === 'already-there') return {kind: 'already-there'};
    if (meaning.kind === 'refused') {
      return {kind: 'refused', reason: meaning.reason, detail: failureDetail(code)};
    }
    systemReason ??= meaning.reason;
    return {kind: 'unnamed', detail: failureDetail(code)};
  };

  const verdicts = parcels.map((parcel): Verdict => {
    const uid = parcel.header.sopInstanceUid;
    const before = seen.get(uid) ?? 0;
    seen.set(uid, before + 1);
    const stored = response.stored.get(uid) ?? 0;
    const codes = response.failed.get(uid) ?? [];
    const faults = codes.filter(code => failureMeaning(code).kind !== 'already-there');
    if (stored > 0 && faults.length > 0) {
      return {kind: 'unnamed', detail: `named as stored and as failed, ${failureDetail(faults[0] ?? null)}`};
    }
    if (stored > 0 && (before < stored || codes.length === 0)) return {kind: 'stored'};
    if (codes.length > 0) return ofCode(codes[Math.min(before - stored, codes.length - 1)] ?? null);
    const [only] = response.nameless;
    if (parcels.length === 1 && response.nameless.length === 1) return ofCode(only ?? null);
    return {kind: 'unnamed', detail: unnamedDetail};
  });
  return {verdicts, systemReason};
}

/** The fault beside verdicts: the archive's status where it is one, else what a Failure Reason said. */
export function faultBeside(
  systemReason: WaitReason | null,
  statusFault: SystemFault | null,
  status: number,
): SystemFault | null {
  if (systemReason === null) return statusFault;
  return {
    reason: systemReason,
    retryAfterMs: statusFault?.retryAfterMs ?? null,
    status,
    bytesLeft: true,
  };
}
