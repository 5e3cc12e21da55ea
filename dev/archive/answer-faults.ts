import type {Middleware} from 'koa';
import {answerFault, HttpFault} from './http-fault.js';

/** The status of an error that a middleware of Koa's threw for a request that is at fault itself; else null. */
function statusOf(error: unknown): number | null {
  if (!(error instanceof Error && 'status' in error && typeof error.status === 'number')) return null;
  return error.status >= 400 && error.status < 500 ? error.status : null;
}

/** Turns what was thrown into an answer with a reason. What nobody foresaw is named in the log, without its values. */
export const answerFaults: Middleware = async (ctx, next) => {
  try {
    await next();
  } catch (error) {
    if (error instanceof HttpFault) {
      answerFault(ctx, error);
      return;
    }
    const status = statusOf(error);
    if (status !== null) {
      answerFault(ctx, new HttpFault(status, 'refused', 'The server does not answer this address.'));
      return;
    }
    const where = error instanceof Error ? (error.stack ?? '').split('\n').slice(1, 4).join('\n') : '';
    console.error(`${ctx.method} failed: ${error instanceof Error ? error.name : typeof error}\n${where}`);
    answerFault(ctx, new HttpFault(500, 'internal', 'The server failed; its log says where.'));
  }
};
