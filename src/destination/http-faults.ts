import type {SystemFault} from '../job/ports/destination.js';
import type {WaitReason} from '../job/reasons.js';
import type {HttpAnswer, HttpReply} from './http-exchange.js';
import {orthancError} from './orthanc-error.js';

/**
 * What an answer means by its status, where its body says nothing of instances. `content`: the status proves
 * nothing about any file, in either direction.
 */
export type StatusMeaning =
  | {readonly kind: 'fault'; readonly reason: WaitReason}
  | {readonly kind: 'too-large'}
  | {readonly kind: 'content'};

const FAULTS: ReadonlyMap<number, WaitReason> = new Map([
  [401, 'sign-in'],
  [403, 'forbidden'],
  [404, 'not-dicomweb'],
  [405, 'not-dicomweb'],
  [407, 'proxy-sign-in'],
  [408, 'stalled'],
  [410, 'not-dicomweb'],
  [425, 'busy'],
  [429, 'busy'],
  [501, 'not-dicomweb'],
  [503, 'busy'],
  [507, 'archive-full'],
  [511, 'proxy-sign-in'],
]);

export function statusMeaning(answer: HttpAnswer): StatusMeaning {
  const {status} = answer;
  if (status === 413) return {kind: 'too-large'};
  const told = FAULTS.get(status);
  if (told === 'not-dicomweb') {
    // Orthanc's 404 can be about the file: "Inexistent tag" is one without a mandatory UID.
    const error = orthancError(answer);
    return error !== null && error !== 'Unknown resource' ? {kind: 'content'} : {kind: 'fault', reason: told};
  }
  if (told !== undefined) return {kind: 'fault', reason: told};
  if (status >= 500) {
    const full = /\bfull\b/.test(orthancError(answer) ?? '');
    return {kind: 'fault', reason: full ? 'archive-full' : 'server-error'};
  }
  if (status < 300 && isHtml(answer)) {
    // A page in place of an answer: a form to sign in where one was sent on to it, else some other web server.
    return {kind: 'fault', reason: answer.redirected ? 'sign-in' : 'not-dicomweb'};
  }
  return {kind: 'content'};
}

export function isHtml(answer: HttpAnswer): boolean {
  return (
    /^(text\/html|application\/xhtml\+xml)\b/.test(answer.contentType) ||
    /^\s*<(!doctype html|html)\b/i.test(answer.text.slice(0, 200))
  );
}

/** Retry-After (RFC 9110 10.2.3), seconds or a date, in milliseconds from `now`; null where there is none. */
export function retryAfterMs(header: string | null, now: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = /^[A-Za-z]{3},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

export function faultOf(answer: HttpAnswer, reason: WaitReason): SystemFault {
  return {
    reason,
    retryAfterMs: retryAfterMs(answer.retryAfter, Date.now()),
    status: answer.status,
    bytesLeft: answer.bytesLeft,
  };
}

/** The fault of an exchange that brought no answer. An aborted query reports one, too: its asker knows why. */
export function silenceFault(reply: Exclude<HttpReply, HttpAnswer>): SystemFault {
  return reply.kind === 'aborted'
    ? {reason: 'unreachable', retryAfterMs: null, status: null, bytesLeft: false}
    : {reason: reply.reason, retryAfterMs: null, status: null, bytesLeft: reply.bytesLeft};
}
