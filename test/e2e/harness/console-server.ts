import {type ChildProcess, spawn} from 'node:child_process';
import {existsSync} from 'node:fs';
import {createInterface} from 'node:readline';
import {inRoot} from './checkout.js';
import {ArchiveClient} from './archive-client.js';

const SERVER = inRoot('dist/dev/serve.js');
const READY = /^PACS admin console: (http:\/\/localhost:(\d+)\/)/;

/** Resolves when the process is gone, whatever ended it. */
export const gone = (child: ChildProcess): Promise<void> =>
  new Promise(resolve => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });

/** Starts the console's server and waits for its address. Throws with what it said where it does not come up. */
async function launch(data: string, port: number, more: readonly string[]): Promise<[ChildProcess, string]> {
  if (!existsSync(SERVER)) throw new Error(`${SERVER} is missing: run "npm run build" first`);
  const child = spawn(process.execPath, [SERVER, '--port', String(port), '--data', data, ...more], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  const errors = createInterface({input: child.stderr});
  errors.on('line', line => said.push(line));
  const url = await new Promise<string | null>(resolve => {
    child.once('exit', () => resolve(null));
    createInterface({input: child.stdout}).on('line', line => {
      said.push(line);
      const address = READY.exec(line)?.[1];
      if (address !== undefined) resolve(address);
    });
  });
  if (url === null) throw new Error(`the console did not come up:\n${said.join('\n')}`);
  return [child, url];
}

/** The console with its embedded archive, as a process of its own that can be killed and started again. */
export class ConsoleServer {
  private constructor(
    private child: ChildProcess,
    /** Ends with a slash; the same after a restart. */
    readonly url: string,
    private readonly data: string,
    private readonly more: readonly string[],
  ) {}

  static async start(data: string, more: readonly string[] = []): Promise<ConsoleServer> {
    const [child, url] = await launch(data, 0, more);
    return new ConsoleServer(child, url, data, more);
  }

  get archive(): ArchiveClient {
    return new ArchiveClient(this.url);
  }

  /** As a power cut would: no handler runs, no file is closed. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await gone(this.child);
  }

  /** On the same port and data, after `kill`. */
  async restart(): Promise<void> {
    const [child, url] = await launch(this.data, Number(new URL(this.url).port), this.more);
    this.child = child;
    if (url !== this.url) throw new Error(`the console came back at ${url} in place of ${this.url}`);
  }

  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    await gone(this.child);
  }
}
