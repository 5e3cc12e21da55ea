/**
 * Builds all that is served: `dist/extension/` for a console, `dist/standalone/` for a page without one, and for this
 * checkout's own use `dist/console/` and `dist/dev/serve.js`. `node dev/build.mjs` takes a few seconds.
 */
import {cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {build} from 'esbuild';
import {BROWSER, NODE} from './esbuild-options.mjs';
import {guideTokens} from './guide-tokens.mjs';
import {inRoot, ROOT} from './paths.mjs';
import {load} from '../fixtures/load.mjs';

const MINIFIED = {...BROWSER, minify: true, absWorkingDir: ROOT};

/** Workers and the panel: what both doors load from the folder that they lie in. */
async function buildParts(outdir) {
  await build({
    ...MINIFIED,
    entryPoints: ['src/worker/job-worker.ts', 'src/worker/header-worker.ts'],
    outdir,
  });
  const {writeSampleStick} = await load('sample-stick');
  await writeSampleStick(path.join(outdir, 'sample-stick'));
  const guide = guideTokens(readFileSync(inRoot('docs/user-guide.md'), 'utf8'));
  writeFileSync(path.join(outdir, 'user-guide.json'), JSON.stringify(guide));
}

/** The module named by `browser` in the manifest is one file without static imports; it loads `panel.js` by itself. */
async function buildExtension() {
  const outdir = inRoot('dist/extension');
  await build({...MINIFIED, entryPoints: ['src/extension.ts'], outdir});
  await build({...MINIFIED, entryPoints: ['src/panel.ts'], outdir});
  await buildParts(outdir);
  for (const file of readdirSync(ROOT).filter(name => /^manifest(\.nls.*)?\.json$/.test(name))) {
    cpSync(inRoot(file), path.join(outdir, file));
  }
}

async function buildStandalone() {
  const outdir = inRoot('dist/standalone');
  await build({...MINIFIED, entryPoints: ['src/standalone.ts'], outdir});
  await buildParts(outdir);
  for (const file of ['index.html', 'standalone.css'])
    cpSync(inRoot('dev/standalone', file), path.join(outdir, file));
  const {themesCss} = await bundleAndImport('dev/standalone/themes-css.ts');
  writeFileSync(path.join(outdir, 'themes.css'), themesCss());
}

async function buildConsole() {
  const outdir = inRoot('dist/console');
  await build({...MINIFIED, entryPoints: ['dev/console/main.ts'], outdir, splitting: true});
  for (const file of ['index.html', 'console.css', 'favicon.svg', 'extensions.json']) {
    cpSync(inRoot('dev/console', file), path.join(outdir, file));
  }
  for (const file of ['codicon.css', 'codicon.ttf']) {
    cpSync(inRoot('node_modules/@vscode/codicons/dist', file), path.join(outdir, file));
  }
}

function buildServer() {
  return build({
    ...NODE,
    absWorkingDir: ROOT,
    entryPoints: ['dev/serve.ts'],
    outfile: inRoot('dist/dev/serve.js'),
  });
}

async function bundleAndImport(entry) {
  const outfile = inRoot('out/build', `${path.basename(entry, '.ts')}.mjs`);
  await build({...NODE, absWorkingDir: ROOT, entryPoints: [entry], outfile});
  return import(pathToFileURL(outfile).href);
}

export async function buildAll() {
  rmSync(inRoot('dist'), {recursive: true, force: true});
  mkdirSync(inRoot('dist'));
  await Promise.all([buildExtension(), buildStandalone(), buildConsole(), buildServer()]);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await buildAll();
