/**
 * `npm test`: sets a clean clone up, then runs everything that this machine can run: the checks, the tests in Node, in
 * Chromium, and those that drive the whole product. The last line reads `N passed, N failed, N skipped`.
 * Only what is part of Node is used before the installation.
 */
import {spawnSync} from 'node:child_process';
import {existsSync, readFileSync, rmSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const inRoot = (...parts) => path.join(root, ...parts);

function run(command, args) {
  return spawnSync(command, args, {cwd: root, stdio: 'inherit', shell: process.platform === 'win32'}).status;
}

if (
  !existsSync(inRoot('node_modules', '.package-lock.json')) &&
  run('npm', ['ci', '--no-audit', '--no-fund']) !== 0
) {
  console.error('npm ci failed.');
  console.log('0 passed, 1 failed, 0 skipped');
  process.exit(1);
}

const {getChromium} = await import('./find-chromium.mjs');
if (getChromium() === null) console.error('No Chrome or Chromium found: install one, or set CHROME_PATH.');

const total = {passed: 0, failed: 0, skipped: 0};
const add = counts => {
  for (const key of Object.keys(total)) total[key] += counts[key];
};

const {check} = await import('./check.mjs');
add(check());
const built = run(process.execPath, ['dev/build.mjs']);
if (built !== 0) total.failed++;

const SUITES = [
  ['node', ['dev/test-node.mjs', 'node']],
  ['browser', ['dev/test-browser.mjs']],
  ['e2e', ['dev/test-node.mjs', 'e2e']],
];
for (const [name, args] of SUITES) {
  const results = inRoot('out', `${name}-results.json`);
  rmSync(results, {force: true});
  run(process.execPath, args);
  // A suite that wrote no result has not been run to its end.
  add(existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : {passed: 0, failed: 1, skipped: 0});
}

console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 ? 0 : 1);
