import http from 'node:http';
import https from 'node:https';
import type {Context, Middleware} from 'koa';
import {HttpFault, notAllowed, notFound} from '../archive/http-fault.js';
import {answerWithStream} from '../archive/stream-answer.js';
import {askInfo, askStats} from './pacs-info.js';
import type {ProxyOptions} from './proxy-options.js';

/** What belongs to one connection and not to the message (RFC 9110 7.6.1), and what is of no concern to the other end. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
const NOT_FORWARDED = new Set(['host', 'origin', 'referer', 'cookie', 'expect']);

function endToEnd(
  headers: http.IncomingHttpHeaders,
  dropped: ReadonlySet<string> = new Set(),
): Record<string, string | string[]> {
  const named = (headers.connection ?? '').split(',').map(name => name.trim().toLowerCase());
  const kept: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || HOP_BY_HOP.has(name) || named.includes(name) || dropped.has(name)) continue;
    kept[name] = value;
  }
  return kept;
}

const agents = {
  'http:': new http.Agent({keepAlive: true, maxSockets: 32}),
  'https:': new https.Agent({keepAlive: true, maxSockets: 32}),
};

function faultFor(error: Error): HttpFault {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === 'ETIMEDOUT' || code === 'ESILENT') {
    return new HttpFault(504, 'pacs-silent', 'The PACS did not answer in time.');
  }
  const reason = /^[A-Z_]{1,40}$/.test(code) ? ` (${code})` : '';
  return new HttpFault(502, 'pacs-unreachable', `The PACS cannot be reached${reason}.`);
}

/** Passes one request on and its answer back, both as streams. */
function forward(
  ctx: Context,
  {pacsUrl, dicomWebPath, authorization, silenceMs}: ProxyOptions,
): Promise<void> {
  const rest = ctx.path.slice('/dicom-web'.length) + ctx.search;
  const url = new URL(`${pacsUrl}${dicomWebPath}${rest}`);
  const headers = endToEnd(ctx.req.headers, NOT_FORWARDED);
  if (authorization !== null) headers['authorization'] = authorization;
  const hasBody =
    ctx.req.headers['transfer-encoding'] !== undefined || ctx.req.headers['content-length'] !== undefined;
  return new Promise((resolve, reject) => {
    const secure = url.protocol === 'https:';
    const upstream = (secure ? https : http).request(url, {
      method: ctx.method,
      headers,
      agent: secure ? agents['https:'] : agents['http:'],
    });
    upstream.setTimeout(silenceMs, () => {
      upstream.destroy(Object.assign(new Error('silent'), {code: 'ESILENT'}));
    });
    upstream.on('error', error => reject(faultFor(error)));
    upstream.on('response', answer => {
      ctx.status = answer.statusCode ?? 502;
      answerWithStream(ctx, answer);
      for (const [name, value] of Object.entries(endToEnd(answer.headers))) ctx.set(name, value);
      if (answer.headers['content-type'] === undefined) ctx.remove('Content-Type');
      resolve();
    });
    // For who leaves before the end of the answer, nothing more is fetched.
    ctx.res.once('close', () => {
      if (!ctx.res.writableFinished) upstream.destroy();
    });
    if (hasBody) ctx.req.pipe(upstream);
    else upstream.end();
  });
}

async function answerInfo(ctx: Context, options: ProxyOptions): Promise<void> {
  if (ctx.method !== 'GET' && ctx.method !== 'HEAD') throw notAllowed('GET, HEAD');
  const resource = ctx.path.slice('/archive/'.length);
  const isInfo = resource === 'info';
  const answer = isInfo ? await askInfo(options) : resource === 'stats' ? await askStats(options) : null;
  if (answer === null && isInfo) throw new HttpFault(502, 'pacs-unreachable', 'The PACS cannot be reached.');
  if (answer === null) throw notFound('The PACS behind this console does not tell that.');
  ctx.type = 'application/json';
  ctx.body = JSON.stringify(answer);
}

/** Puts a real PACS behind the console, at the same origin: `/dicom-web` is passed on, `/archive/info` is derived. */
export function proxyTo(options: ProxyOptions): Middleware {
  return async (ctx, next) => {
    if (ctx.path === '/dicom-web' || ctx.path.startsWith('/dicom-web/')) await forward(ctx, options);
    else if (ctx.path.startsWith('/archive/')) await answerInfo(ctx, options);
    else await next();
  };
}
