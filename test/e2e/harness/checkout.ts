import {existsSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

/** The folder of the checkout. Tests run from bundles that lie elsewhere, so it is looked for upwards. */
function findRoot(from: string): string {
  if (existsSync(path.join(from, 'package.json'))) return from;
  const above = path.dirname(from);
  if (above === from) throw new Error('no package.json above the tests');
  return findRoot(above);
}

export const ROOT = findRoot(path.dirname(fileURLToPath(import.meta.url)));

export const inRoot = (...parts: readonly string[]): string => path.join(ROOT, ...parts);
