/**
 * Runs the tests that need no browser's platform, or drive a whole browser from outside, by Node's own runner:
 * `node dev/test-node.mjs node|e2e [part of a path ...]`. The file `out/<kind>-results.json` holds the counts.
 */
import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {run} from 'node:test';
import {spec} from 'node:test/reporters';
import {build} from 'esbuild';
import {NODE} from './esbuild-options.mjs';
import {CORPUS} from './test-corpus.mjs';
import {inRoot, ROOT} from './paths.mjs';
import {testFiles} from './test-files.mjs';

const [kind = 'node', ...parts] = process.argv.slice(2);
const files = testFiles(kind, parts);
const outdir = inRoot('out', kind);
rmSync(outdir, {recursive: true, force: true});
mkdirSync(outdir, {recursive: true});
await build({...NODE, entryPoints: files, outbase: ROOT, outdir, absWorkingDir: ROOT, sourcemap: 'inline'});

// Bundled tests no longer lie where they were written, so they are told where the test sets are.
process.env.DICOM_CORPUS ??= CORPUS;

const counts = {passed: 0, failed: 0, skipped: 0};
const stream = run({
  files: files.map(file => `${outdir}/${file.replace(/\.ts$/, '.js')}`),
  concurrency: kind === 'e2e' ? 1 : 2,
  timeout: kind === 'e2e' ? 900_000 : 300_000,
});
// Suites and files are reported like tests; only what somebody wrote with `it` or `test` is counted.
const isTest = event => event.details?.type !== 'suite' && !event.name.endsWith('.js');
stream.on('test:pass', event => isTest(event) && counts[event.skip !== undefined ? 'skipped' : 'passed']++);
stream.on(
  'test:fail',
  event => (isTest(event) || event.details?.error?.failureType !== 'subtestsFailed') && counts.failed++,
);
await new Promise(resolve => {
  stream.on('end', resolve);
  stream.compose(spec).pipe(process.stdout);
});
writeFileSync(inRoot('out', `${kind}-results.json`), JSON.stringify(counts));
console.log(`${kind}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed > 0 ? 1 : 0);
