/**
 * Runs the tests that need a browser's own platform in a real Chromium: `test/**\/*.test.ts`, bundled by esbuild.
 * `node dev/test-browser.mjs [part of a path ...]` runs those whose path contains one of the parts. The file
 * `out/browser-results.json` holds the counts.
 */
import {rmSync, writeFileSync} from 'node:fs';
import {chromeLauncher} from '@web/test-runner-chrome';
import {defaultReporter} from '@web/test-runner';
import {startTestRunner} from '@web/test-runner';
import {build} from 'esbuild';
import {BROWSER} from './esbuild-options.mjs';
import {getChromium} from './find-chromium.mjs';
import {embeddedArchiveMiddleware} from './test-archive.mjs';
import {corpusMiddleware} from './test-corpus.mjs';
import {inRoot, ROOT} from './paths.mjs';
import {orthancMiddleware} from './test-orthanc.mjs';
import {stowServerMiddleware} from './test-stow-server.mjs';
import {testFiles} from './test-files.mjs';

const files = testFiles('browser', process.argv.slice(2));
const executablePath = getChromium();
if (!executablePath) {
  console.error('No Chrome or Chromium found: install one, or set CHROME_PATH.');
  process.exit(1);
}
rmSync(inRoot('out/test'), {recursive: true, force: true});
await build({
  ...BROWSER,
  entryPoints: [...files, 'src/worker/header-worker.ts', 'src/worker/job-worker.ts'],
  entryNames: '[dir]/[name]',
  outbase: ROOT,
  outdir: inRoot('out/test'),
  absWorkingDir: ROOT,
  splitting: true,
  sourcemap: 'inline',
});

const counts = {passed: 0, failed: 0, skipped: 0};
const countTests = suite => {
  for (const test of suite.tests) counts[test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed']++;
  for (const inner of suite.suites) countTests(inner);
};

const runner = await startTestRunner({
  autoExitProcess: false,
  readCliArgs: false,
  readFileConfig: false,
  config: {
    rootDir: ROOT,
    files: files.map(file => `out/test/${file.replace(/\.ts$/, '.js')}`),
    concurrency: 2,
    testsFinishTimeout: 300_000,
    middleware: [corpusMiddleware, stowServerMiddleware, orthancMiddleware, embeddedArchiveMiddleware],
    browsers: [
      chromeLauncher({
        // Two files run at a time, one tab in front of the other: without this the hidden one gets hardly any timers.
        async createPage({context}) {
          const page = await context.newPage();
          const session = await page.createCDPSession();
          await session.send('Emulation.setFocusEmulationEnabled', {enabled: true});
          return page;
        },
        launchOptions: {
          executablePath,
          args: [
            '--no-sandbox',
            '--disable-gpu',
            '--disable-background-networking',
            '--disable-component-update',
            '--no-first-run',
          ],
        },
      }),
    ],
    testFramework: {config: {timeout: 20_000}},
    testRunnerHtml: script =>
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Tests</title></head><body><script type="module" src="${script}"></script></body></html>`,
    reporters: [
      defaultReporter({reportTestResults: true, reportTestProgress: false}),
      {
        onTestRunFinished({sessions}) {
          for (const session of sessions) {
            if (session.testResults) countTests(session.testResults);
            if (!session.testResults || session.errors.length > 0) counts.failed++;
          }
        },
      },
    ],
  },
});
await new Promise(resolve => runner.on('stopped', resolve));
writeFileSync(inRoot('out/browser-results.json'), JSON.stringify(counts));
console.log(`browser: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed > 0 || counts.passed + counts.skipped === 0 ? 1 : 0);
