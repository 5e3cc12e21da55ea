import {realpathSync} from 'node:fs';
import {realpath} from 'node:fs/promises';
import path from 'node:path';

export type PathFault =
  /** Outside of every import root, be it by `..` or by a symbolic link. */
  | 'outside-roots'
  | 'not-found'
  /** A relative path that exists below more than one root. */
  | 'ambiguous';

export type Resolved =
  {readonly ok: true; readonly file: string} | {readonly ok: false; readonly fault: PathFault};

const isBelow = (root: string, file: string) =>
  file === root || file.startsWith(root.endsWith(path.sep) ? root : root + path.sep);

/** The folders below which files may be registered where they lie. */
export class ImportRoots {
  readonly roots: readonly string[];

  /** Throws where a root does not exist. */
  constructor(roots: readonly string[]) {
    this.roots = roots.map(root => realpathSync(root));
  }

  /** Finds a file by its absolute path, or by a path relative to a root; the answer has no link left in it. */
  async resolve(wanted: string): Promise<Resolved> {
    if (wanted === '' || wanted.includes('\0')) return {ok: false, fault: 'not-found'};
    const candidates = path.isAbsolute(wanted) ? [wanted] : this.roots.map(root => path.join(root, wanted));
    // Judged by its name first: whether something exists outside is nobody's business.
    const named = candidates.filter(c => this.roots.some(root => isBelow(root, path.resolve(c))));
    if (named.length === 0) return {ok: false, fault: 'outside-roots'};
    const found = new Set<string>();
    let left = false;
    for (const candidate of named) {
      try {
        const real = await realpath(candidate);
        if (this.roots.some(root => isBelow(root, real))) found.add(real);
        else left = true;
      } catch {
        continue;
      }
    }
    const [file] = found;
    if (file === undefined) return {ok: false, fault: left ? 'outside-roots' : 'not-found'};
    return found.size > 1 ? {ok: false, fault: 'ambiguous'} : {ok: true, file};
  }
}
