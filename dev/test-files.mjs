import {readdirSync} from 'node:fs';
import path from 'node:path';
import {inRoot, ROOT} from './paths.mjs';

/**
 * Test files below `test/`, relative to the checkout, sorted, whose path contains one of `parts` (all where none is
 * given). `kind` is told from the ending: `.test.ts` runs in Chromium, `.node.test.ts` in Node, `.e2e.ts` drives a
 * whole browser from Node.
 */
export function testFiles(kind, parts = []) {
  const kindOf = name =>
    name.endsWith('.node.test.ts')
      ? 'node'
      : name.endsWith('.test.ts')
        ? 'browser'
        : name.endsWith('.e2e.ts')
          ? 'e2e'
          : null;
  return readdirSync(inRoot('test'), {recursive: true, withFileTypes: true})
    .filter(entry => entry.isFile() && kindOf(entry.name) === kind)
    .map(entry => path.relative(ROOT, path.join(entry.parentPath ?? entry.path, entry.name)))
    .filter(file => parts.length === 0 || parts.some(part => file.includes(part)))
    .sort();
}
