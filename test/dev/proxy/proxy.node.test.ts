import assert from 'node:assert/strict';
import {EventEmitter, once} from 'node:events';
import {createServer, request, type IncomingHttpHeaders, type RequestListener, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {after, describe, it} from 'node:test';
import Koa from 'koa';
import {answerFaults} from '../../../dev/archive/answer-faults.js';
import {credentialsFrom} from '../../../dev/proxy/credentials.js';
import {proxyOptions, type ProxyOptions} from '../../../dev/proxy/proxy-options.js';
import {proxyTo} from '../../../dev/proxy/proxy.js';
import {serve} from '../../../dev/serve-console.js';
import {readOptions} from '../../../dev/serve-options.js';
import {hasOrthanc, startOrthanc} from '../../fixtures/orthanc-process.js';
import {seriesOf} from '../archive/sample-file.js';
import {makeDist} from '../archive/running-archive.js';
import {qido, stow} from '../archive/stow-body.js';

const opened: Server[] = [];
after(() => {
  for (const server of opened) {
    server.closeAllConnections();
    server.close();
  }
});

function listen(handler: RequestListener): Promise<string> {
  const server = createServer(handler);
  opened.push(server);
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    );
  });
}

/** The proxy before a server that answers as told. */
async function before(
  pacs: RequestListener | string,
  more: Partial<ProxyOptions> = {},
  env: NodeJS.ProcessEnv = {},
) {
  const url = typeof pacs === 'string' ? pacs : await listen(pacs);
  const app = new Koa();
  app.silent = true;
  app.use(answerFaults).use(proxyTo({...proxyOptions(url, '/dicom-web', env), ...more}));
  return listen((request, answer) => void app.callback()(request, answer));
}

const errorOf = async (answer: Response) => ((await answer.json()) as {error: {code: string}}).error.code;

describe('the proxy to a PACS', () => {
  it('passes on path, query, body and answer, to where the DICOMweb root is', async () => {
    let seen = '';
    const proxy = await before(
      (request, answer) => {
        let body = '';
        request.on('data', chunk => (body += String(chunk)));
        request.on('end', () => {
          seen = `${request.method ?? ''} ${request.url ?? ''} ${body}`;
          answer.writeHead(202, {'Content-Type': 'application/dicom+json', 'X-Own': 'yes'}).end('[1]');
        });
      },
      {dicomWebPath: '/aets/A/rs'},
    );
    const answer = await fetch(`${proxy}/dicom-web/studies/1.2?limit=1&PatientName=a%2A`, {
      method: 'POST',
      body: 'xyz',
    });
    assert.equal(seen, 'POST /aets/A/rs/studies/1.2?limit=1&PatientName=a%2A xyz');
    assert.deepEqual(
      [answer.status, answer.headers.get('content-type'), answer.headers.get('x-own'), await answer.text()],
      [202, 'application/dicom+json', 'yes', '[1]'],
    );
  });

  it('keeps to itself what belongs to one connection, and what is of no concern to a PACS', async () => {
    let seen: IncomingHttpHeaders = {};
    const proxy = await before((incoming, answer) => {
      seen = incoming.headers;
      answer
        .writeHead(200, {'Connection': 'close, X-Hop', 'X-Hop': '1', 'Proxy-Authenticate': 'x', 'X-End': '1'})
        .end();
    });
    const answer = await new Promise<IncomingHttpHeaders>(resolve => {
      request(
        `${proxy}/dicom-web/studies`,
        {
          headers: {
            'Connection': 'keep-alive, X-Mine',
            'X-Mine': '1',
            'TE': 'trailers',
            'Cookie': 'a=b',
            'Origin': proxy,
            'Referer': proxy,
            'Accept': 'application/dicom+json',
          },
        },
        response => {
          response.resume();
          resolve(response.headers);
        },
      ).end();
    });
    assert.equal(seen.accept, 'application/dicom+json');
    for (const name of ['x-mine', 'te', 'cookie', 'origin', 'referer']) assert.ok(!(name in seen), name);
    assert.equal(answer['x-end'], '1');
    for (const name of ['x-hop', 'proxy-authenticate']) assert.ok(!(name in answer), name);
  });

  it('holds nothing back, neither of the body nor of the answer', async () => {
    const pacs = {got: '', send: (text: string) => assert.fail(text)} as {
      got: string;
      send: (text: string) => void;
    };
    const proxy = await before((incoming, answer) => {
      answer.writeHead(200);
      answer.flushHeaders();
      pacs.send = text => void answer.write(text);
      incoming.on('data', chunk => (pacs.got += String(chunk)));
      incoming.on('end', () => answer.end());
    });
    let heard = '';
    const sending = request(`${proxy}/dicom-web/studies`, {method: 'POST'}, answer => {
      answer.on('data', chunk => (heard += String(chunk)));
    });
    sending.write('first');
    const got = (text: string) => pacs.got === text;
    while (!got('first')) await delay(5);
    pacs.send('half an answer');
    while (heard !== 'half an answer') await delay(5);
    sending.end('last');
    while (!got('firstlast')) await delay(5);
  });

  it('signs in with what the environment holds, and passes on what the browser sends otherwise', async () => {
    const echo: RequestListener = (incoming, answer) =>
      void answer.end(incoming.headers.authorization ?? 'none');
    const ask = async (env: NodeJS.ProcessEnv, headers: Record<string, string> = {}) =>
      (await fetch(`${await before(echo, {}, env)}/dicom-web/studies`, {headers})).text();
    const basic = `Basic ${Buffer.from('ann:p:ü').toString('base64')}`;
    assert.equal(await ask({PACS_USER: 'ann', PACS_PASSWORD: 'p:ü'}), basic);
    assert.equal(
      await ask({PACS_USER: 'ann', PACS_PASSWORD: 'p:ü'}, {Authorization: 'Bearer browser'}),
      basic,
    );
    assert.equal(await ask({PACS_TOKEN: 't', PACS_USER: 'ann'}), 'Bearer t');
    assert.equal(await ask({}, {Authorization: 'Bearer browser'}), 'Bearer browser');
    assert.equal(await ask({}), 'none');
    assert.equal(credentialsFrom({PACS_USER: ''}), null);
  });

  it('says 502 where nobody listens and where the PACS hangs up, 504 where it is silent', async () => {
    const nobody = await before('http://127.0.0.1:9');
    const refused = await fetch(`${nobody}/dicom-web/studies`);
    assert.deepEqual([refused.status, await errorOf(refused)], [502, 'pacs-unreachable']);
    const hangsUp = await before(incoming => incoming.socket.destroy());
    assert.equal((await fetch(`${hangsUp}/dicom-web/studies`, {method: 'POST', body: 'x'})).status, 502);
    const silent = await before(() => undefined, {silenceMs: 100});
    const late = await fetch(`${silent}/dicom-web/studies`);
    assert.deepEqual([late.status, await errorOf(late)], [504, 'pacs-silent']);
  });

  it('cuts its own answer where the PACS cuts it', async () => {
    const proxy = await before((_incoming, answer) => {
      answer.writeHead(200, {'Content-Length': '100'});
      answer.write('only this');
      setTimeout(() => answer.destroy(), 50);
    });
    const answer = await fetch(`${proxy}/dicom-web/studies`);
    await assert.rejects(answer.text());
  });

  it('lets go of the PACS when the browser leaves', async () => {
    const gone = new EventEmitter();
    const left = once(gone, 'left');
    const proxy = await before((incoming, answer) => {
      incoming.resume();
      answer.once('close', () => gone.emit('left'));
    });
    const leaving = new AbortController();
    const asked = fetch(`${proxy}/dicom-web/studies`, {signal: leaving.signal}).catch(() => 'left');
    await delay(50);
    leaving.abort();
    assert.equal(await asked, 'left');
    await left;
  });

  it('tells of a PACS that is no Orthanc what can be told', async () => {
    const proxy = await before((incoming, answer) => {
      if (incoming.url?.startsWith('/dicom-web/studies') === true) answer.end('[]');
      else answer.writeHead(404).end('<html>');
    });
    const info = (await (await fetch(`${proxy}/archive/info`)).json()) as Record<string, unknown>;
    assert.match(String(info['name']), /^127\.0\.0\.1:\d+$/);
    assert.equal(info['imageFolder'], null);
    assert.deepEqual(info['capabilities'], {copy: true, link: false, query: true});
    assert.equal((await fetch(`${proxy}/archive/stats`)).status, 404);
    assert.equal((await fetch(`${proxy}/archive/links`, {method: 'POST', body: '{}'})).status, 405);
  });

  it('says so where nobody is there to tell of', async () => {
    const proxy = await before('http://127.0.0.1:9');
    const answer = await fetch(`${proxy}/archive/info`);
    assert.deepEqual([answer.status, await errorOf(answer)], [502, 'pacs-unreachable']);
  });
});

const skip = hasOrthanc() ? false : 'Orthanc with its DICOMweb plugin is not installed';

describe('the console before a real Orthanc', {skip}, () => {
  it('stores, searches and retrieves through the proxy', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'proxy-'));
    const orthanc = await startOrthanc();
    const serving = await serve(readOptions(['--port', '0', '--pacs', orthanc.url], {}), makeDist(folder));
    try {
      const files = seriesOf(1, 10);
      const answer = await stow(serving.url, files);
      assert.deepEqual([answer.status, answer.stored.length], [200, 10]);
      assert.equal((await qido(serving.url, 'studies/1.1/instances')).length, 10);
      const retrieved = await fetch(`${serving.url}dicom-web/studies/1.1`, {
        headers: {Accept: 'multipart/related; type="application/dicom"; transfer-syntax=*'},
      });
      const body = Buffer.from(await retrieved.arrayBuffer());
      assert.ok(files.every(file => body.includes(file)));
      const info = (await (await fetch(`${serving.url}archive/info`)).json()) as Record<string, unknown>;
      assert.match(String(info['name']), /Orthanc 1\./);
      assert.deepEqual(info['capabilities'], {copy: true, link: false, query: true});
      const stats = (await (await fetch(`${serving.url}archive/stats`)).json()) as Record<string, unknown>;
      assert.equal(stats['instances'], 10);
      assert.equal((await fetch(serving.url)).status, 200, 'the console itself is served beside it');
    } finally {
      await serving.close();
      await orthanc.stop();
      rmSync(folder, {recursive: true, force: true});
    }
  });
});
