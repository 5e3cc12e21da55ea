import {exchange, type HttpReply, type HttpRequest, type Patience} from './http-exchange.js';

/** The headers that sign a request in, asked anew before each one; never stored or logged. */
export type Authorization = () => Promise<Readonly<Record<string, string>>>;

/** Sends requests to one server, each signed in anew. Never rejects. */
export class SignedRequests {
  constructor(
    private readonly authorization: Authorization,
    private readonly patience: Patience,
  ) {}

  async send(request: HttpRequest, signal: AbortSignal): Promise<HttpReply> {
    if (signal.aborted) return {kind: 'aborted'};
    // The console may be asking a person: an abort must not wait for the answer.
    const {promise: aborted, resolve} = promiseWithResolver<'aborted'>();
    const onAbort = () => resolve('aborted');
    signal.addEventListener('abort', onAbort, {once: true});
    const signedIn = await Promise.race([this.authorization().catch(() => 'refused' as const), aborted]);
    signal.removeEventListener('abort', onAbort);
    if (signedIn === 'aborted') return {kind: 'aborted'};
    if (signedIn === 'refused') return {kind: 'silence', reason: 'sign-in', bytesLeft: false};
    return exchange({...request, headers: {...request.headers, ...signedIn}}, this.patience, signal);
  }
}

function promiseWithResolver<T>(): {promise: Promise<T>; resolve: (value: T) => void} {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>(settle => (resolve = settle));
  return {promise, resolve};
}
