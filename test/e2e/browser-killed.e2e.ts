import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {createRandom} from '../../fixtures/seeded-random.js';
import {assertBalanced, assertHoldsAll, assertSameBytes, sentAgain} from './harness/accounts.js';
import {noBrowser} from './harness/browser.js';
import {openStage} from './harness/stage.js';
import {waitUntil} from './harness/wait-until.js';

const KILLS = 10;
/** The most requests that a job has in flight unless the admin says otherwise. */
const IN_FLIGHT = 6;

describe('the browser killed in mid-job', {skip: noBrowser}, () => {
  it('ten times at random moments: nothing is missing, and only what was in flight is sent again', async t => {
    const seed = Number(process.env.KILL_SEED ?? Date.now() % 100_000);
    t.diagnostic(`KILL_SEED=${seed} repeats these moments`);
    const chance = createRandom(seed);
    const stage = await openStage(t, ['--no-sync']);
    const {archive} = stage.server;
    const {source, summary} = await stage.write({
      seed: 10,
      studies: 50,
      folders: 100,
      files: 2000,
      pixelBytes: 20_000,
      textFiles: 20,
      hashes: true,
    });
    let panel = await stage.panel();
    await panel.start(source);

    const moments = Array.from({length: KILLS}, () => chance.below(summary.instances * 0.85)).sort(
      (a, b) => a - b,
    );
    /** How far the archive's log had come when the browser died. */
    const deaths: number[] = [];
    for (const moment of moments) {
      await waitUntil(`${moment} instances`, async () => (await archive.received()) >= moment, {
        everyMs: 5,
        timeoutMs: 240_000,
      });
      await delay(chance.below(120));
      await stage.browser.kill();
      // The requests that broke off are written down as such when the archive notices.
      await waitUntil('the archive to be quiet', async () => {
        const before = await archive.received();
        await delay(150);
        return before === (await archive.received());
      });
      deaths.push(await archive.received());
      await stage.browser.start();
      panel = await stage.panel();
      await panel.waitFor(['Interrupted', 'Completed']);
      await panel.goOn(source);
    }
    await panel.waitFor(['Completed'], {timeoutMs: 300_000});

    const report = await panel.exportReport();
    assertBalanced(report);
    assert.equal(report.totals.files, summary.files);
    assert.equal(report.totals.failed, 0);
    await assertHoldsAll(archive, summary);
    await assertSameBytes(archive, summary);

    const log = await archive.log();
    assert.equal(deaths.length, KILLS);
    for (const {sop, before, again} of sentAgain(log)) {
      const death = deaths.find(at => before.n <= at && at < again.n);
      assert.ok(death !== undefined, `${sop} was sent twice with no kill between`);
      const batchesAfter = new Set(
        log
          .filter(receipt => receipt.n <= death && receipt.batch > before.batch)
          .map(receipt => receipt.batch),
      );
      assert.ok(batchesAfter.size < 2 * IN_FLIGHT, `${sop} was sent again though it had long been answered`);
    }
  });

  it('a closed tab is found as an interrupted job, which goes on', async t => {
    const stage = await openStage(t, ['--no-sync']);
    const {archive} = stage.server;
    const {source, summary} = await stage.write({
      seed: 11,
      studies: 20,
      folders: 40,
      files: 1200,
      pixelBytes: 20_000,
    });
    const first = await stage.panel();
    await first.start(source);
    await waitUntil('the first instances', async () => (await archive.received()) > 50, {everyMs: 10});
    await first.page.close();
    const second = await stage.panel();
    assert.match(await second.waitFor(['Interrupted']), /^Interrupted/);
    await second.goOn(source);
    await second.waitFor(['Completed']);
    assertBalanced(await second.exportReport());
    await assertHoldsAll(archive, summary);
  });
});
