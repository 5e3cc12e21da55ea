import assert from 'node:assert/strict';
import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after, before, describe, it} from 'node:test';
import Koa from 'koa';
import {answerFaults} from '../../../dev/archive/answer-faults.js';
import {openArchive, type Archive} from '../../../dev/archive/archive.js';
import {seriesOf} from './sample-file.js';
import {BOUNDARY, stow, stowBody, STOW_TYPE} from './stow-body.js';

describe('the limits of a request', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'limits-'));
  const [file = Buffer.alloc(0)] = seriesOf(1, 1);
  let archive: Archive;
  let server: Server;
  let url = '';
  before(async () => {
    archive = await openArchive({
      dataFolder: folder,
      importRoots: [folder],
      limits: {
        partBytes: file.length,
        requestBytes: 20_000,
        parts: 5,
        partHeaderBytes: 300,
        jsonBytes: 200,
        linksPerRequest: 3,
      },
    });
    const app = new Koa();
    app.silent = true;
    app.use(answerFaults).use(archive.middleware);
    const handler = app.callback();
    server = createServer((request, answer) => void handler(request, answer));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  after(async () => {
    server.closeAllConnections();
    server.close();
    await archive.close();
    rmSync(folder, {recursive: true, force: true});
  });

  const post = async (body: Buffer | ReadableStream, where = 'dicom-web/studies', type = STOW_TYPE) => {
    const answer = await fetch(url + where, {
      method: 'POST',
      headers: {'Content-Type': type},
      body: Buffer.isBuffer(body) ? new Uint8Array(body) : body,
      ...(Buffer.isBuffer(body) ? {} : {duplex: 'half'}),
    });
    return [answer.status, ((await answer.json()) as {error?: {code: string}}).error?.code];
  };
  const keepsNothing = () => {
    assert.deepEqual(readdirSync(path.join(folder, 'incoming')), []);
    assert.deepEqual(readdirSync(path.join(folder, 'images')), []);
  };

  it('answer 413 to a part that is too large, and keep nothing of the request', async () => {
    assert.deepEqual(await post(stowBody([file, Buffer.alloc(file.length + 1)])), [413, 'too-large']);
    keepsNothing();
  });

  it('answer 413 to a request that is too large, said beforehand or found on the way', async () => {
    assert.deepEqual(await post(Buffer.alloc(20_001)), [413, 'too-large']);
    const unknownLength = new Blob([new Uint8Array(stowBody([file])), new Uint8Array(20_000)]).stream();
    assert.deepEqual(await post(unknownLength), [413, 'too-large']);
    keepsNothing();
  });

  it('answer 413 to too many parts and to part headers that are too large', async () => {
    assert.deepEqual(await post(stowBody(seriesOf(1, 6))), [413, 'too-large']);
    const header = Buffer.from(`--${BOUNDARY}\r\nX: ${'y'.repeat(400)}\r\n\r\n`);
    assert.deepEqual(await post(header), [413, 'too-large']);
    keepsNothing();
  });

  it('answer 413 to long lists of links', async () => {
    const links = (body: unknown) =>
      post(Buffer.from(JSON.stringify(body)), 'archive/links', 'application/json');
    assert.deepEqual(await links({paths: ['a', 'b', 'c', 'd']}), [413, 'too-large']);
    assert.deepEqual(await links({paths: ['x'.repeat(300)]}), [413, 'too-large']);
    assert.deepEqual(await post(Buffer.from('{'), 'archive/links', 'application/json'), [400, 'bad-json']);
    assert.deepEqual(await post(Buffer.from('{}'), 'archive/links', 'text/plain'), [
      415,
      'unsupported-media-type',
    ]);
  });

  it('let pass what keeps to them', async () => {
    assert.equal((await stow(url, seriesOf(1, 5))).status, 200);
  });
});
