import type {SendResult, Verdict} from '../job/ports/destination.js';
import type {FailReason} from '../job/reasons.js';
import {DEFAULT_PATIENCE, type HttpAnswer, type Patience} from './http-exchange.js';
import {faultOf, silenceFault, statusMeaning} from './http-faults.js';
import {isRecord, parseJson} from './json.js';
import type {LinkParcel, RegisterLinks} from './link-destination.js';
import {SignedRequests, type Authorization} from './signed-requests.js';

/** What the archive's words for a path that it does not link mean. The rest is about the content. */
const REASONS: ReadonlyMap<string, FailReason> = new Map([
  ['outside-roots', 'policy-refused'],
  ['ambiguous', 'policy-refused'],
  ['not-found', 'processing-failure'],
  ['not-a-file', 'processing-failure'],
  ['unreadable', 'processing-failure'],
  ['duplicate', 'duplicate-differs'],
  ['no-uids', 'identifier-conflict'],
  ['bad-uid', 'identifier-conflict'],
]);

/** Links by `POST {archiveUrl}/links` with `{paths}`, as the embedded archive makes them. */
export function embeddedArchiveLinks(
  archiveUrl: string,
  authorization: Authorization,
  patience: Patience = DEFAULT_PATIENCE,
): RegisterLinks {
  const requests = new SignedRequests(authorization, patience);
  return async (links, signal): Promise<SendResult> => {
    const body = JSON.stringify({paths: links.map(link => link.serverPath)});
    const headers = {'Accept': 'application/json', 'Content-Type': 'application/json'};
    const url = `${archiveUrl}/links`;
    const reply = await requests.send({method: 'POST', url, headers, body}, signal);
    if (reply.kind === 'aborted') return {kind: 'aborted'};
    if (reply.kind === 'silence') return {kind: 'fault', fault: silenceFault(reply)};
    return readLinkAnswer(reply, links);
  };
}

/**
 * A file is linked where the archive says so for its path and found the instance there that we read: a path that
 * leads to another file, in a folder that only looks alike, is refused.
 */
export function readLinkAnswer(answer: HttpAnswer, links: readonly LinkParcel[]): SendResult {
  const body = answer.status === 200 ? parseJson(answer.text) : null;
  const results = isRecord(body) ? body['results'] : null;
  if (!Array.isArray(results)) {
    const meaning = statusMeaning(answer);
    if (meaning.kind === 'too-large') return {kind: 'too-large', limitBytes: null};
    if (meaning.kind === 'fault') return {kind: 'fault', fault: faultOf(answer, meaning.reason)};
  }
  const byPath = new Map<unknown, Readonly<Record<string, unknown>>>();
  for (const result of Array.isArray(results) ? results.filter(isRecord) : []) {
    byPath.set(result['path'], result);
  }
  const verdicts = links.map(link => verdictOf(byPath.get(link.serverPath), link, answer.status));
  return {kind: 'answered', verdicts, fault: null};
}

function verdictOf(
  result: Readonly<Record<string, unknown>> | undefined,
  {parcel}: LinkParcel,
  httpStatus: number,
): Verdict {
  const status = result?.['status'];
  if (result === undefined || typeof status !== 'string')
    return {kind: 'unnamed', detail: `HTTP ${httpStatus}`};
  if (status === 'failed') {
    const told = typeof result['reason'] === 'string' ? result['reason'].slice(0, 40) : 'no reason';
    return {kind: 'refused', reason: REASONS.get(told) ?? 'not-understood', detail: `archive: ${told}`};
  }
  if (result['sopInstanceUid'] !== parcel.header.sopInstanceUid) {
    return {
      kind: 'refused',
      reason: 'identifier-conflict',
      detail: 'the archive found another instance at this path',
    };
  }
  if (status === 'linked') return {kind: 'linked'};
  return status === 'already-there'
    ? {kind: 'already-there'}
    : {kind: 'unnamed', detail: `HTTP ${httpStatus}`};
}
