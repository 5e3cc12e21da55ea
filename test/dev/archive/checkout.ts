import {existsSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

function findRoot(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, 'package-lock.json'))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error('the checkout was not found');
    folder = parent;
  }
  return folder;
}

/** The folder of the checkout, from wherever the tests were bundled to. */
export const CHECKOUT = findRoot();
