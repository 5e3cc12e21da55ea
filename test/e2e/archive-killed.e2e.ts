import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {assertBalanced, assertHoldsAll, assertSameBytes} from './harness/accounts.js';
import {noBrowser} from './harness/browser.js';
import {openStage} from './harness/stage.js';
import {waitUntil} from './harness/wait-until.js';

describe('the archive killed in mid-job', {skip: noBrowser}, () => {
  it('makes the job wait, say so, and finish by itself when the archive is back', async t => {
    const stage = await openStage(t);
    const {server} = stage;
    const {source, summary} = await stage.write({
      seed: 12,
      studies: 25,
      folders: 50,
      files: 1000,
      pixelBytes: 20_000,
      hashes: true,
    });
    const panel = await stage.panel();
    await panel.start(source);
    for (const moment of [120, 500]) {
      await waitUntil(`${moment} instances`, async () => (await server.archive.received()) >= moment, {
        everyMs: 10,
        timeoutMs: 240_000,
      });
      await server.kill();
      assert.match(await panel.waitFor(['Waiting']), /^Waiting for the server/);
      assert.ok(await panel.button('Try now').isVisible());
      await server.restart();
    }
    await panel.waitFor(['Completed']);

    const report = await panel.exportReport();
    assertBalanced(report);
    assert.equal(report.totals.failed, 0);
    await assertHoldsAll(server.archive, summary);
    await assertSameBytes(server.archive, summary);
  });
});
