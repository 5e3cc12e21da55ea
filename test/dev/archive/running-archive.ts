import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {serve} from '../../../dev/serve-console.js';
import {readOptions} from '../../../dev/serve-options.js';

export interface RunningArchive {
  /** Ends with a slash. */
  readonly url: string;
  readonly port: number;
  readonly folder: string;
  close(): Promise<void>;
}

/** A `dist/` with a page and a script in each of its folders. */
export function makeDist(folder: string): string {
  const dist = path.join(folder, 'dist');
  for (const name of ['console', 'extension', 'standalone', 'dev']) {
    mkdirSync(path.join(dist, name), {recursive: true});
    writeFileSync(path.join(dist, name, 'index.html'), `<!doctype html><title>${name}</title>`);
    writeFileSync(path.join(dist, name, 'main.js'), `export const name = '${name}';`);
  }
  return dist;
}

/** The archive as `npm start` serves it, in a folder of its own, on a free port. */
export async function startArchive(...args: readonly string[]): Promise<RunningArchive> {
  const folder = mkdtempSync(path.join(tmpdir(), 'archive-'));
  const data = path.join(folder, 'data');
  const serving = await serve(readOptions(['--port', '0', '--data', data, ...args], {}), makeDist(folder));
  return {
    url: serving.url,
    port: serving.port,
    folder,
    async close() {
      await serving.close();
      rmSync(folder, {recursive: true, force: true});
    },
  };
}
