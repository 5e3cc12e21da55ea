import type {Middleware} from 'koa';
import {notFound} from './archive/http-fault.js';

/**
 * What every page and file is sent with. Scripts, styles and requests come from this origin alone; nothing may frame
 * the console.
 */
const HEADERS = {
  'Content-Security-Policy': [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "worker-src 'self' blob:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'self'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
};

export const securityHeaders: Middleware = async (ctx, next) => {
  ctx.set(HEADERS);
  // Answers with patient data are nobody's to keep. Static files get `no-cache` from the dev server.
  ctx.set('Cache-Control', /^\/(dicom-web|archive)(\/|$)/.test(ctx.path) ? 'no-store' : 'no-cache');
  await next();
};

/** Where the bundles are mounted; everything else is the console's. */
const MOUNTS: readonly (readonly [mount: string, folder: string])[] = [
  ['/extensions/pacs-migration', '/extension'],
  ['/standalone', '/standalone'],
];

/** Whether a path, decoded, would leave its folder. A path that cannot be decoded is nobody's. */
function leavesItsFolder(path: string): boolean {
  try {
    return decodeURIComponent(path).split(/[\\/]/).includes('..');
  } catch {
    return true;
  }
}

/** Leads each address to its folder below `dist/`, so that the dev server's own file service finds it there. */
export const mountFolders: Middleware = async (ctx, next) => {
  const {path} = ctx;
  if (leavesItsFolder(path)) throw notFound('There is no such file.');
  const mount = MOUNTS.find(([at]) => path === at || path.startsWith(`${at}/`));
  if (mount && path === mount[0]) {
    ctx.redirect(`${path}/${ctx.search}`);
    return;
  }
  ctx.path = mount ? mount[1] + path.slice(mount[0].length) : `/console${path}`;
  await next();
};
