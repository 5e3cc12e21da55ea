/**
 * The embedded archive for tests in the browser, below `/embedded/`: opened on the first request in a folder of its
 * own, gone when the tests end. `PUT /embedded/import/<path>` lays a file below its import root, whose own path
 * `GET /embedded/archive/info` tells.
 */
import {createWriteStream, mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {pipeline} from 'node:stream/promises';
import {pathToFileURL} from 'node:url';
import {build} from 'esbuild';
import {NODE} from './esbuild-options.mjs';
import {inRoot, ROOT} from './paths.mjs';

const PREFIX = '/embedded';
let opening = null;

async function open() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'embedded-archive-'));
  process.once('exit', () => rmSync(folder, {recursive: true, force: true}));
  const importRoot = path.join(folder, 'import');
  mkdirSync(importRoot);
  const outdir = inRoot('out', 'embedded-archive');
  await build({
    ...NODE,
    entryPoints: ['dev/archive/archive.ts', 'dev/archive/answer-faults.ts'],
    splitting: true,
    outdir,
    absWorkingDir: ROOT,
  });
  const load = name => import(pathToFileURL(path.join(outdir, name)).href);
  const [{openArchive}, {answerFaults}] = await Promise.all([load('archive.js'), load('answer-faults.js')]);
  const dataFolder = path.join(folder, 'data');
  const archive = await openArchive({dataFolder, importRoots: [importRoot], sync: false});
  return {importRoot, answerFaults, middleware: archive.middleware};
}

export async function embeddedArchiveMiddleware(ctx, next) {
  if (!ctx.path.startsWith(`${PREFIX}/`)) return next();
  opening ??= open();
  const {importRoot, answerFaults, middleware} = await opening;
  const rest = ctx.path.slice(PREFIX.length);
  if (ctx.method === 'PUT' && rest.startsWith('/import/')) {
    const file = path.join(importRoot, decodeURIComponent(rest.slice('/import/'.length)));
    mkdirSync(path.dirname(file), {recursive: true});
    await pipeline(ctx.req, createWriteStream(file));
    ctx.status = 204;
    return undefined;
  }
  ctx.path = rest;
  return answerFaults(ctx, () => middleware(ctx, () => undefined));
}
