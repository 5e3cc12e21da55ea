/**
 * `npm start`: sets a clean clone up, builds, and serves the console. It uses nothing that is not part of Node, since
 * on a clean clone there is nothing else.
 */
import {spawnSync} from 'node:child_process';
import {existsSync, lstatSync, statSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const inRoot = (...parts) => path.join(root, ...parts);

const [major] = process.versions.node.split('.').map(Number);
if (major < 20) {
  console.error(`Node 20 or newer is needed; this is ${process.version}.`);
  process.exit(1);
}

function run(command, args) {
  // The output goes to the standard error, so that the address of the console is easy to find on the other.
  const {status, error} = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  console.error(`${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}.`);
  process.exit(1);
}

/**
 * npm writes `.package-lock.json` last, so an installation that broke off has none. A `node_modules` that is a link is
 * somebody else's, and left as it is.
 */
function needsInstalling() {
  const installed = inRoot('node_modules', '.package-lock.json');
  if (!existsSync(installed)) return true;
  if (lstatSync(inRoot('node_modules')).isSymbolicLink()) return false;
  return statSync(installed).mtimeMs < statSync(inRoot('package-lock.json')).mtimeMs;
}

if (needsInstalling()) {
  console.error('Installing what is needed...');
  // Not `npm ci`: it refuses a lock file that leaves out optional packages of platforms that the registry lacks.
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund']);
}
run(process.execPath, [inRoot('dev', 'build.mjs')]);

const {main} = await import(pathToFileURL(inRoot('dist', 'dev', 'serve.js')).href);
const code = await main(process.argv.slice(2));
if (code !== null) process.exit(code);
