import type {Asked, SystemFault} from '../job/ports/destination.js';
import type {JsonDataSet} from './dicom-json.js';
import {faultOf, isHtml, silenceFault, statusMeaning} from './http-faults.js';
import type {HttpAnswer} from './http-exchange.js';
import {isRecord, parseJson} from './json.js';
import type {SignedRequests} from './signed-requests.js';

/** What one search brought. `refused`: the server is there, and does not answer this question. */
export type Found =
  | {readonly kind: 'matches'; readonly matches: readonly JsonDataSet[]}
  | {readonly kind: 'refused'; readonly status: number}
  | {readonly kind: 'fault'; readonly fault: SystemFault};

/** Statuses by which a server says that it knows QIDO-RS not at all, or not this way of asking. */
const REFUSALS: ReadonlySet<number> = new Set([400, 404, 405, 406, 410, 414, 415, 422, 501]);

/** One search (PS3.18 10.6). `url` holds no patient data: only UIDs are ever asked for. Never rejects. */
export async function search(requests: SignedRequests, url: string, signal: AbortSignal): Promise<Found> {
  const headers = {Accept: 'application/dicom+json'};
  const reply = await requests.send({method: 'GET', url, headers, body: null}, signal);
  if (reply.kind !== 'answer') return {kind: 'fault', fault: silenceFault(reply)};
  const matches = matchesIn(reply);
  if (matches !== null) return {kind: 'matches', matches};
  if (REFUSALS.has(reply.status) && !isHtml(reply)) return {kind: 'refused', status: reply.status};
  const meaning = statusMeaning(reply);
  const reason = meaning.kind === 'fault' ? meaning.reason : 'not-dicomweb';
  return {kind: 'fault', fault: faultOf(reply, reason)};
}

/** The matches of an answer; null where it is none of QIDO-RS. 204 is how some servers say "none". */
function matchesIn(answer: HttpAnswer): readonly JsonDataSet[] | null {
  if (answer.status === 204) return [];
  if (answer.status < 200 || answer.status >= 300) return null;
  if (answer.text.trim() === '' && answer.contentType.includes('json')) return [];
  const body = parseJson(answer.text);
  return Array.isArray(body) ? body.filter(isRecord) : null;
}

/** The fault of a search that should have been answered. */
export function searchFault(found: Exclude<Found, {kind: 'matches'}>): Asked<never> {
  return found.kind === 'fault'
    ? {ok: false, fault: found.fault}
    : {
        ok: false,
        fault: {reason: 'not-dicomweb', retryAfterMs: null, status: found.status, bytesLeft: false},
      };
}

/** A UID that PS3.5 B.2 makes from a UUID: valid, and nobody's. */
export const NOBODYS_UID = '2.25.318414081209116571330290115372401';

/**
 * Whether QIDO-RS answers at this address. A study that nobody has is asked for, which costs a server least; where
 * that is refused, or said with 404, any study.
 */
export async function searchAnything(
  requests: SignedRequests,
  baseUrl: string,
  signal: AbortSignal,
): Promise<Found> {
  const nobody = await search(requests, `${baseUrl}/studies?StudyInstanceUID=${NOBODYS_UID}&limit=1`, signal);
  return nobody.kind === 'refused' ? search(requests, `${baseUrl}/studies?limit=1`, signal) : nobody;
}
