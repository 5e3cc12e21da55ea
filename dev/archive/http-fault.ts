import type {Context} from 'koa';

/** A request that cannot be served, with the status and the reason that its sender gets. */
export class HttpFault extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = 'HttpFault';
  }
}

/** Every answer that is no success has this body. */
export function answerFault(ctx: Context, {status, code, message, headers}: HttpFault): void {
  ctx.status = status;
  ctx.set(headers);
  ctx.type = 'application/json';
  ctx.body = JSON.stringify({error: {code, message}});
}

export const notFound = (message: string) => new HttpFault(404, 'not-found', message);
export const badRequest = (code: string, message: string) => new HttpFault(400, code, message);
export const notAllowed = (allow: string) =>
  new HttpFault(405, 'method-not-allowed', `Here only ${allow} is answered.`, {Allow: allow});
