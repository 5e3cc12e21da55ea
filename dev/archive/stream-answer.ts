import type {Readable} from 'node:stream';
import type {Context} from 'koa';

/**
 * Answers with a stream. One that fails when the answer has begun takes the connection with it: the other end must
 * see that the answer is cut, and not wait for the rest. (Koa by itself would leave the connection open.)
 */
export function answerWithStream(ctx: Context, stream: Readable): void {
  ctx.body = stream;
  stream.once('error', () => {
    if (ctx.res.headersSent) ctx.res.destroy();
  });
}
