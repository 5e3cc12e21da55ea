/**
 * A real Orthanc for tests, with its DICOMweb plugin, below `/orthanc/` of the test server: started on the first
 * request with a storage of its own, gone when the tests end. Answers 501 where Orthanc is not installed.
 */
import {spawn} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import http from 'node:http';
import {createServer} from 'node:net';
import os from 'node:os';
import path from 'node:path';

const PROGRAMS = [process.env.ORTHANC_PATH, '/usr/sbin/Orthanc', '/usr/local/sbin/Orthanc'];
const PLUGINS = process.env.ORTHANC_PLUGINS ?? '/usr/share/orthanc/plugins';

/** The path of Orthanc, or null where it, or its DICOMweb plugin, is not installed. */
export function findOrthanc() {
  if (!existsSync(path.join(PLUGINS, 'libOrthancDicomWeb.so'))) return null;
  return PROGRAMS.find(program => program && existsSync(program)) ?? null;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const {port} = server.address();
      server.close(() => resolve(port));
    });
  });
}

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

/**
 * Starts an Orthanc on a free port; `options` are laid over its configuration. Resolves, when it answers, to
 * `{port, url, folder, stop}`. It dies with this process.
 */
export async function startOrthanc(options = {}) {
  const program = findOrthanc();
  if (!program) throw new Error('Orthanc with its DICOMweb plugin is not installed');
  const [port, folder] = [await freePort(), mkdtempSync(path.join(os.tmpdir(), 'orthanc-test-'))];
  const configuration = {
    Name: 'Test Orthanc',
    StorageDirectory: path.join(folder, 'storage'),
    IndexDirectory: path.join(folder, 'storage'),
    HttpPort: port,
    DicomServerEnabled: false,
    RemoteAccessAllowed: false,
    AuthenticationEnabled: false,
    Plugins: [path.join(PLUGINS, 'libOrthancDicomWeb.so')],
    DicomWeb: {Enable: true, Root: '/dicom-web/'},
    ...options,
  };
  const file = path.join(folder, 'orthanc.json');
  writeFileSync(file, JSON.stringify(configuration));
  const child = spawn(program, [file], {stdio: 'ignore'});
  const kill = () => {
    child.kill('SIGKILL');
    rmSync(folder, {recursive: true, force: true});
  };
  process.once('exit', kill);
  const stop = () => {
    process.removeListener('exit', kill);
    kill();
  };
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) break;
    const answer = await fetch(`${url}/system`).catch(() => null);
    if (answer?.ok) return {port, url, folder, stop};
    await sleep(100);
  }
  stop();
  throw new Error('Orthanc did not start');
}

let running = null;

export async function orthancMiddleware(ctx, next) {
  if (!ctx.path.startsWith('/orthanc/')) return next();
  if (!findOrthanc()) {
    ctx.status = 501;
    ctx.body = 'Orthanc is not installed';
    return undefined;
  }
  running ??= startOrthanc();
  const {port} = await running;
  const headers = {...ctx.req.headers, host: `127.0.0.1:${port}`};
  const answer = await new Promise((resolve, reject) => {
    const request = http.request(
      {
        port,
        host: '127.0.0.1',
        method: ctx.req.method,
        path: ctx.req.url.slice('/orthanc'.length),
        headers,
        agent: false,
      },
      resolve,
    );
    request.once('error', reject);
    ctx.req.pipe(request);
  });
  ctx.respond = false;
  const {'connection': _connection, 'keep-alive': _keepAlive, ...passed} = answer.headers;
  ctx.res.writeHead(answer.statusCode, passed);
  answer.pipe(ctx.res);
  return undefined;
}
