import type {Middleware} from 'koa';
import {HttpFault} from './http-fault.js';

const LOCAL = ['localhost', '127.0.0.1', '[::1]'];
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The name in a Host header, without the port. */
const hostName = (host: string) => /^(\[[0-9a-f:.]+\]|[^:]*)(:\d+)?$/i.exec(host)?.[1]?.toLowerCase() ?? '';

/**
 * Keeps pages of other sites out of a server that trusts everybody on this computer. The Host header must name the
 * server, else a name that an attacker points at 127.0.0.1 would count as its own origin (DNS rebinding); and what
 * changes anything must come from this origin, or from no page at all.
 */
export function guard(allowedHosts: readonly string[] = []): Middleware {
  const names = new Set([...LOCAL, ...allowedHosts.map(name => name.toLowerCase())]);
  return async (ctx, next) => {
    if (!names.has(hostName(ctx.get('host')))) {
      throw new HttpFault(421, 'wrong-host', 'This server does not answer to that name; see --allow-host.');
    }
    const origin = ctx.get('origin');
    if (!SAFE_METHODS.has(ctx.method) && origin !== '' && origin !== `${ctx.protocol}://${ctx.get('host')}`) {
      throw new HttpFault(403, 'wrong-origin', 'Pages of other origins may not change anything here.');
    }
    await next();
  };
}
