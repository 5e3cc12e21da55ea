/**
 * Serves the console from the command line: `node dist/dev/serve.js --port 0 --data DIR`, or `main()` from
 * `start.mjs`. Built to `dist/dev/serve.js`.
 */
import {existsSync, realpathSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {serve, StartError} from './serve-console.js';
import {readOptions, USAGE, UsageError} from './serve-options.js';

const FILE = fileURLToPath(import.meta.url);
const DIST = path.dirname(path.dirname(FILE));

/** Serves until it is told to end. Answers the exit code where nothing is left to do, null where it serves. */
export async function main(argv: readonly string[]): Promise<number | null> {
  try {
    const options = readOptions(argv, process.env);
    if (options.help) {
      process.stdout.write(USAGE);
      return 0;
    }
    const serving = await serve(options, DIST);
    let closing = false;
    const end = () => {
      if (closing) return;
      closing = true;
      serving.close().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error);
          process.exit(1);
        },
      );
    };
    process.on('SIGINT', end);
    process.on('SIGTERM', end);
    const stick = path.join(DIST, 'extension', 'sample-stick');
    if (existsSync(stick)) console.log(`Sample stick: ${stick}`);
    console.log(`PACS admin console: ${serving.url}`);
    return null;
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof StartError)) throw error;
    console.error(error.message);
    return 2;
  }
}

const [, started] = process.argv;
if (started !== undefined && existsSync(started) && realpathSync(started) === FILE) {
  const code = await main(process.argv.slice(2));
  if (code !== null) process.exit(code);
}
