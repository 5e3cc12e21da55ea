import assert from 'node:assert/strict';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {Readable} from 'node:stream';
import {describe, it} from 'node:test';
import Koa from 'koa';
import {answerWithStream} from '../../../dev/archive/stream-answer.js';

describe('an answer from a stream', () => {
  it('is cut where the stream fails, and does not leave its reader waiting', async () => {
    async function* failing() {
      yield Buffer.from('the beginning');
      await new Promise(resolve => setTimeout(resolve, 20));
      throw new Error('the disk is gone');
    }
    const app = new Koa();
    app.silent = true;
    app.use(ctx => answerWithStream(ctx, Readable.from(failing(), {objectMode: false})));
    const handler = app.callback();
    const server = createServer((request, answer) => void handler(request, answer));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    try {
      const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      assert.equal(answer.status, 200);
      await assert.rejects(answer.text());
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
