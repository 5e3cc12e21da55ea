/**
 * `npm run check`: all that is held without running the product: types, lint with the layers, formatting, templates.
 * Prints each check's name and whether it passed; answers how many did.
 */
import {spawnSync} from 'node:child_process';
import {pathToFileURL} from 'node:url';
import {inRoot, ROOT} from './paths.mjs';

const bin = name => inRoot('node_modules/.bin', name);

const CHECKS = [
  ['types', bin('tsc'), ['-p', '.']],
  ['lint and layers', bin('eslint'), ['.']],
  ['formatting', bin('prettier'), ['--check', '.']],
  ['templates', bin('lit-analyzer'), ['src/components/**/*.ts', '--strict', '--quiet']],
  ['custom elements manifest', bin('cem'), ['analyze', '--litelement', '--globs', 'src/components/**/*.ts']],
];

export function check() {
  const counts = {passed: 0, failed: 0, skipped: 0};
  for (const [name, command, args] of CHECKS) {
    const {status, stdout, stderr} = spawnSync(command, args, {cwd: ROOT, encoding: 'utf8'});
    counts[status === 0 ? 'passed' : 'failed']++;
    console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name}`);
    if (status !== 0) console.log(`${stdout}${stderr}`);
  }
  return counts;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) process.exit(check().failed === 0 ? 0 : 1);
