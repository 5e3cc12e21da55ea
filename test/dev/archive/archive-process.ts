import {spawn, type ChildProcess} from 'node:child_process';
import path from 'node:path';
import {build} from 'esbuild';
import {CHECKOUT} from './checkout.js';

/** Builds `dev/serve.ts` as `npm start` does, to a place of its own; answers the file. */
export async function buildServer(folder: string): Promise<string> {
  // Below the checkout, so that Node finds the packages.
  const outfile = path.join(CHECKOUT, 'out', folder, 'dev', 'serve.js');
  await build({
    entryPoints: [path.join(CHECKOUT, 'dev/serve.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
  return outfile;
}

export interface ArchiveProcess {
  /** Ends with a slash. */
  readonly url: string;
  readonly child: ChildProcess;
  /** What it has written to its standard output and error so far. */
  output(): string;
  /** Ends it by a signal and waits until it is gone; answers its exit code, or null where the signal ended it. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>;
}

/** Starts a server that was built, and waits for the line that says that it is ready. */
export function startProcess(
  server: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<ArchiveProcess> {
  const child = spawn(process.execPath, [server, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {...process.env, ...env},
  });
  let output = '';
  return new Promise((resolve, reject) => {
    const gone = new Promise<number | null>(done => child.once('exit', done));
    void gone.then(code => reject(new Error(`The server ended with ${code ?? 'a signal'}: ${output}`)));
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const url = /^PACS admin console: (http:\/\/localhost:\d+\/)$/m.exec(output)?.[1];
      if (url === undefined) return;
      resolve({
        url,
        child,
        output: () => output,
        end(signal) {
          child.kill(signal);
          return gone;
        },
      });
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
  });
}
