import assert from 'node:assert/strict';
import {request, type IncomingHttpHeaders} from 'node:http';
import {networkInterfaces} from 'node:os';
import {connect} from 'node:net';
import {after, before, describe, it} from 'node:test';
import {startArchive, type RunningArchive} from './running-archive.js';
import {readOptions, UsageError} from '../../../dev/serve-options.js';
import {serve, StartError} from '../../../dev/serve-console.js';
import {makeDist} from './running-archive.js';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A request in which everything can be chosen, the Host header and the path as it is included. */
function ask(
  port: number,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sending = request({port, host: '127.0.0.1', path, method, headers}, answer => {
      let body = '';
      answer.setEncoding('utf8');
      answer.on('data', (text: string) => (body += text));
      answer.on('end', () => resolve({status: answer.statusCode ?? 0, headers: answer.headers, body}));
    });
    sending.on('error', reject);
    sending.end();
  });
}

describe('the server', () => {
  let archive: RunningArchive;
  before(async () => {
    archive = await startArchive('--allow-host', 'pacs.example');
  });
  after(() => archive.close());

  it('answers to its own names only', async () => {
    for (const host of [
      'localhost',
      `localhost:${archive.port}`,
      '127.0.0.1:1',
      '[::1]:8000',
      'PACS.example',
    ]) {
      assert.equal((await ask(archive.port, '/archive/info', {Host: host})).status, 200, host);
    }
    for (const host of ['evil.example', 'localhost.evil.example', '127.0.0.1.nip.io:80', 'evil:localhost']) {
      const {status} = await ask(archive.port, '/archive/info', {Host: host});
      assert.ok(status === 421 || status === 400, `${host} ${status}`);
    }
  });

  it('lets no page of another origin change anything', async () => {
    const host = `localhost:${archive.port}`;
    for (const origin of ['http://evil.example', 'null', 'http://localhost:1', `https://${host}`]) {
      const headers = {'Host': host, 'Origin': origin, 'Content-Length': '0'};
      assert.equal((await ask(archive.port, '/dicom-web/studies', headers, 'POST')).status, 403, origin);
      assert.equal((await ask(archive.port, '/archive/links', headers, 'POST')).status, 403, origin);
    }
    const own = {'Host': host, 'Origin': `http://${host}`, 'Content-Length': '0'};
    assert.equal(
      (await ask(archive.port, '/dicom-web/studies', own, 'POST')).status,
      415,
      'its own page gets through',
    );
  });

  it('is heard on this computer only', async () => {
    const addresses = Object.values(networkInterfaces())
      .flat()
      .filter(a => a && !a.internal && a.family === 'IPv4');
    for (const address of addresses) {
      const open = await new Promise<boolean>(resolve => {
        const socket = connect({host: address!.address, port: archive.port, timeout: 2000});
        socket.once('connect', () => resolve(true));
        socket.once('error', () => resolve(false));
        socket.once('timeout', () => resolve(false));
      });
      assert.equal(open, false, address!.address);
    }
  });

  it('sends pages and scripts with their types and with headers that keep them safe', async () => {
    const cases = [
      ['/', 'text/html; charset=utf-8', 'console'],
      ['/main.js', 'application/javascript; charset=utf-8', 'console'],
      ['/extensions/pacs-migration/main.js', 'application/javascript; charset=utf-8', 'extension'],
      ['/standalone/', 'text/html; charset=utf-8', 'standalone'],
    ] as const;
    for (const [where, type, content] of cases) {
      const {status, headers, body} = await ask(archive.port, where);
      assert.deepEqual([status, headers['content-type'], body.includes(content)], [200, type, true], where);
      assert.equal(headers['cache-control'], 'no-cache');
      assert.equal(headers['x-content-type-options'], 'nosniff');
      assert.equal(headers['referrer-policy'], 'no-referrer');
      const policy = headers['content-security-policy'] ?? '';
      for (const rule of [
        "default-src 'self'",
        "script-src 'self';",
        "object-src 'none'",
        "frame-ancestors 'self'",
      ]) {
        assert.ok(String(policy).includes(rule), rule);
      }
      assert.ok(!/<script|websocket/i.test(body), 'nothing is added to a page');
    }
    const {status, headers} = await ask(archive.port, '/standalone');
    assert.deepEqual([status, headers['location']], [302, '/standalone/']);
  });

  it('gives out nothing but what was built for the browser', async () => {
    for (const where of [
      '/dev/main.js',
      '/../dev/main.js',
      '/extensions/pacs-migration/../../dev/main.js',
      '/extensions/pacs-migration/..%2f..%2fdev%2fmain.js',
      '/standalone/..%2f..%2f..%2f..%2f..%2f..%2fetc/passwd',
      '/__wds-outside-root__/1/etc/passwd',
      '/%00',
      '/data/requests.ndjson',
    ]) {
      const {status, body} = await ask(archive.port, where);
      assert.ok(status >= 400 && status < 500, `${where} ${status}`);
      assert.ok(!body.includes("'dev'") && !body.includes('root:'), where);
    }
  });

  it('keeps what it says of patients out of caches', async () => {
    assert.equal((await ask(archive.port, '/dicom-web/studies')).headers['cache-control'], 'no-store');
  });

  it('refuses headers that are too large', async () => {
    const {status} = await ask(archive.port, '/', {'X-Large': 'x'.repeat(20_000)});
    assert.equal(status, 431);
  });

  it('says in one line that its port or its folder is in use', async () => {
    const dist = makeDist(archive.folder);
    const options = (...args: string[]) => readOptions(args, {});
    const other = `${archive.folder}/other`;
    await assert.rejects(
      serve(options('--port', String(archive.port), '--data', other), dist),
      (error: unknown) => {
        assert.ok(error instanceof StartError);
        assert.match(error.message, /^Port \d+ is in use: .*$/);
        return true;
      },
    );
    await assert.rejects(
      serve(options('--port', '0', '--data', `${archive.folder}/data`), dist),
      (error: unknown) => {
        assert.ok(error instanceof StartError);
        assert.match(error.message, /in use by process \d+/);
        return true;
      },
    );
    // What failed to start has left nothing locked.
    await (await serve(options('--port', '0', '--data', other), dist)).close();
  });
});

describe('the options', () => {
  it('come from the command line and from PORT', () => {
    assert.equal(readOptions([], {}).port, 8000);
    assert.equal(readOptions([], {PORT: '8123'}).port, 8123);
    assert.equal(readOptions(['--port', '1'], {PORT: '8123'}).port, 1);
    assert.deepEqual(readOptions(['--import-root', 'a', '--import-root', 'b'], {}).importRoots, ['a', 'b']);
    assert.equal(readOptions([], {}).data, '.archive');
  });

  it('are refused in words', () => {
    for (const args of [
      ['--nonsense'],
      ['--port', 'x'],
      ['--port', '70000'],
      ['--pacs', 'pacs:8042'],
      ['--quota', '-1'],
    ]) {
      assert.throws(() => readOptions(args, {}), UsageError, args.join(' '));
    }
  });
});
