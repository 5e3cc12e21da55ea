import {existsSync} from 'node:fs';
import http from 'node:http';
import {startDevServer} from '@web/dev-server';
import type {Middleware} from 'koa';
import {answerFaults} from './archive/answer-faults.js';
import {openArchive} from './archive/archive.js';
import {guard} from './archive/guard.js';
import {FolderInUseError} from './archive/process-lock.js';
import {proxyOptions} from './proxy/proxy-options.js';
import {proxyTo} from './proxy/proxy.js';
import type {ServeOptions} from './serve-options.js';
import {mountFolders, securityHeaders} from './static-files.js';

export interface Serving {
  /** Ends with a slash. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** A start that failed for a reason that a person can mend; the message is one line. */
export class StartError extends Error {}

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

function listen(server: http.Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({host, port, exclusive: true}, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

function newServer(handler: http.RequestListener): http.Server {
  const server = http.createServer({requestTimeout: 0, maxHeaderSize: 16_384}, handler);
  // An upload may take hours, but not be silent for long: a sender that is gone must not hold its files for ever.
  server.timeout = 300_000;
  // Longer than browsers keep a connection that they do not use: so the browser closes it, not the server under its hands.
  server.keepAliveTimeout = 65_000;
  return server;
}

/**
 * Listens on the loopback addresses only. (The dev server by itself would listen on every network for `localhost`, so
 * it runs as middleware here.) Where there is no IPv6, 127.0.0.1 alone must do.
 */
async function listenLocally(handler: http.RequestListener, port: number) {
  const servers = [newServer(handler), newServer(handler)] as const;
  const [v4, v6] = servers;
  try {
    const taken = await listen(v4, '127.0.0.1', port);
    try {
      await listen(v6, '::1', taken);
    } catch (error) {
      const code = codeOf(error);
      if (code === 'EADDRINUSE' && port !== 0) throw error;
      if (!['EADDRINUSE', 'EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'].includes(code)) throw error;
    }
    return {port: taken, servers};
  } catch (error) {
    v4.close();
    const code = codeOf(error);
    if (code === 'EADDRINUSE')
      throw new StartError(`Port ${port} is in use: choose another one with PORT=n.`);
    if (code === 'EACCES')
      throw new StartError(`Port ${port} may not be used by this user: choose another with PORT=n.`);
    throw error;
  }
}

async function openBackend(
  options: ServeOptions,
): Promise<{middleware: Middleware; close: () => Promise<void>}> {
  if (options.pacs !== null) {
    return {
      middleware: proxyTo(proxyOptions(options.pacs, options.stow, process.env)),
      close: () => Promise.resolve(),
    };
  }
  for (const root of options.importRoots) {
    if (!existsSync(root)) throw new StartError(`The import root ${root} does not exist.`);
  }
  try {
    return await openArchive({
      dataFolder: options.data,
      importRoots: options.importRoots,
      sync: options.sync,
      ...(options.name === null ? {} : {name: options.name}),
      ...(options.quotaBytes === null ? {} : {quotaBytes: options.quotaBytes}),
    });
  } catch (error) {
    if (error instanceof FolderInUseError) throw new StartError(error.message);
    throw error;
  }
}

/** Who leaves in the middle of a request is no fault of the server; the rest is named by its code alone. */
function logConnectionFault(error: unknown): void {
  const code = codeOf(error);
  if (/^(EPIPE|ECONNRESET|ERR_STREAM_PREMATURE_CLOSE|HPE_\w+)$/.test(code)) return;
  console.error(`A connection failed: ${code === '' ? 'unknown cause' : code}.`);
}

/** Serves the console, the extension and the archive behind them, in this process. `dist` holds what was built. */
export async function serve(options: ServeOptions, dist: string): Promise<Serving> {
  const backend = await openBackend(options);
  const devServer = await startDevServer({
    config: {
      rootDir: dist,
      middlewareMode: true,
      watch: false,
      disableFileWatcher: true,
      middleware: [
        answerFaults,
        securityHeaders,
        guard(options.allowedHosts),
        backend.middleware,
        mountFolders,
      ],
    },
    readCliArgs: false,
    readFileConfig: false,
    autoExitProcess: false,
    logStartMessage: false,
  });
  devServer.koaApp.removeAllListeners('error').on('error', logConnectionFault);
  const handler = devServer.koaApp.callback();
  try {
    const {port, servers} = await listenLocally(
      (request, answer) => void handler(request, answer),
      options.port,
    );
    return {
      url: `http://localhost:${port}/`,
      port,
      async close() {
        for (const server of servers) {
          server.close();
          server.closeAllConnections();
        }
        await devServer.stop();
        await backend.close();
      },
    };
  } catch (error) {
    await devServer.stop();
    await backend.close();
    throw error;
  }
}
