import type {WaitReason} from '../job/reasons.js';

/** How long a server may be silent, in milliseconds. */
export interface Patience {
  /** Without any progress in either direction. */
  readonly stallMs: number;
  /** From the last byte of the request to the first of the answer: a server stores before it answers. */
  readonly answerMs: number;
  /** Added to `answerMs` for each mebibyte that was sent. */
  readonly answerMsPerMebibyte: number;
}

export const DEFAULT_PATIENCE: Patience = {stallMs: 60_000, answerMs: 120_000, answerMsPerMebibyte: 1_000};

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as it is; a Blob is read by the browser, never here. */
  readonly body: Blob | string | null;
}

/** An answer, whatever its status. `text` is empty where the body was too large to be taken. */
export interface HttpAnswer {
  readonly kind: 'answer';
  readonly status: number;
  readonly contentType: string;
  readonly retryAfter: string | null;
  readonly redirected: boolean;
  readonly bytesLeft: boolean;
  readonly text: string;
}

/** `bytesLeft`: progress showed that bytes of the body went to the network. */
export type HttpReply =
  | HttpAnswer
  | {
      readonly kind: 'silence';
      readonly reason: Extract<WaitReason, 'offline' | 'unreachable' | 'stalled' | 'sign-in'>;
      readonly bytesLeft: boolean;
    }
  | {readonly kind: 'aborted'};

/** Bytes of an answer. A study of 50,000 instances answers with some 30 million. */
const LONGEST_ANSWER = 64 * 1024 * 1024;
const MEBIBYTE = 1024 * 1024;

/**
 * One request and its answer. Never rejects; settles at once when `signal` fires.
 *
 * XMLHttpRequest, because fetch tells nothing of the progress of an upload, and without progress a slow
 * upload cannot be told from a dead one. Chromium reports progress before it reports a failure, also for
 * bodies of a few bytes, so a failure without progress means that nothing has left. Where a kept connection
 * breaks before an answer, and after a 408, Chromium sends a request again by itself, a few times: one exchange
 * can reach the server more than once.
 */
export function exchange(request: HttpRequest, patience: Patience, signal: AbortSignal): Promise<HttpReply> {
  if (signal.aborted) return Promise.resolve({kind: 'aborted'});
  return new Promise(resolve => {
    const xhr = new XMLHttpRequest();
    const upload = request.body === null ? null : xhr.upload;
    let sentBytes = 0;
    let tooLong = false;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const finish = (reply: HttpReply) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      resolve(reply);
    };
    const answer = (text: string) =>
      finish({
        kind: 'answer',
        status: xhr.status,
        contentType: (xhr.getResponseHeader('Content-Type') ?? '').toLowerCase(),
        retryAfter: xhr.getResponseHeader('Retry-After'),
        redirected: wasRedirected(request.url, xhr.responseURL),
        bytesLeft: sentBytes > 0,
        text,
      });
    const wait = (ms: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        finish({kind: 'silence', reason: 'stalled', bytesLeft: sentBytes > 0});
        xhr.abort();
      }, ms);
    };
    const onAbort = () => {
      finish({kind: 'aborted'});
      xhr.abort();
    };
    const waitForAnswer = () =>
      wait(patience.answerMs + Math.ceil((sentBytes / MEBIBYTE) * patience.answerMsPerMebibyte));

    upload?.addEventListener('progress', event => {
      if (event.loaded > sentBytes) wait(patience.stallMs);
      sentBytes = Math.max(sentBytes, event.loaded);
    });
    upload?.addEventListener('load', waitForAnswer);
    xhr.addEventListener('progress', event => {
      tooLong ||= event.loaded > LONGEST_ANSWER;
      if (!tooLong) {
        wait(patience.stallMs);
        return;
      }
      answer('');
      xhr.abort();
    });
    xhr.addEventListener('load', () => answer(xhr.responseText));
    xhr.addEventListener('error', () =>
      finish({
        kind: 'silence',
        reason: navigator.onLine ? 'unreachable' : 'offline',
        bytesLeft: sentBytes > 0,
      }),
    );

    signal.addEventListener('abort', onAbort, {once: true});
    xhr.open(request.method, request.url);
    try {
      for (const [name, value] of Object.entries(request.headers)) xhr.setRequestHeader(name, value);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      // Only the headers that sign in come from outside: a token with a line break in it, say.
      finish({kind: 'silence', reason: 'sign-in', bytesLeft: false});
      return;
    }
    if (upload) wait(patience.stallMs);
    else waitForAnswer();
    xhr.send(request.body);
  });
}

function wasRedirected(asked: string, answered: string): boolean {
  if (answered === '') return false;
  const url = new URL(asked, self.location.href);
  url.hash = '';
  return url.href !== answered;
}
