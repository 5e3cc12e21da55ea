import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import type {TestContext} from 'node:test';
import type {SetSummary} from '../../fixtures/write-set.js';
import {assertBalanced, assertHoldsAll, sentAgain} from './harness/accounts.js';
import {noBrowser} from './harness/browser.js';
import type {MigrationPanel} from './harness/panel.js';
import {openStage, type Stage} from './harness/stage.js';
import {waitUntil} from './harness/wait-until.js';

interface Running {
  readonly stage: Stage;
  readonly panel: MigrationPanel;
  readonly source: string;
  readonly summary: SetSummary;
}

/** A job that has begun to store and has most of its way before it. */
async function runningJob(test: TestContext, seed: number): Promise<Running> {
  const stage = await openStage(test, ['--no-sync']);
  const {source, summary} = await stage.write({
    seed,
    studies: 20,
    folders: 40,
    files: 1600,
    pixelBytes: 20_000,
  });
  const panel = await stage.panel();
  await panel.start(source);
  await waitUntil('the first instances', async () => (await stage.server.archive.received()) > 60, {
    everyMs: 10,
  });
  return {stage, panel, source, summary};
}

/** What has arrived when nothing more comes. */
async function quiet(stage: Stage): Promise<number> {
  return waitUntil('the archive to be quiet', async () => {
    const before = await stage.server.archive.received();
    await delay(400);
    const after = await stage.server.archive.received();
    return before === after && after;
  });
}

describe('the controls of a running job', {skip: noBrowser}, () => {
  it('Pause Job stops at once, and Restart Previous Job goes on without sending anything twice', async t => {
    const {stage, panel, summary} = await runningJob(t, 21);
    await panel.press('Pause Job');
    await panel.waitFor(['Paused']);
    const paused = await quiet(stage);
    assert.ok(paused < summary.instances, 'the pause came before the end');
    await panel.press('Restart Previous Job');
    await panel.waitFor(['Completed']);
    const report = await panel.exportReport();
    assertBalanced(report);
    await assertHoldsAll(stage.server.archive, summary);
    assert.equal(report.totals.stored + report.totals.alreadyThere, summary.instances);
    // What was broken off in mid-request may come again; what had its answer may not.
    for (const {before} of sentAgain(await stage.server.archive.log())) assert.equal(before.verdict, 'cut');
  });

  it('Cancel Job asks once, keeps what is stored and says what was not sent', async t => {
    const {stage, panel, summary} = await runningJob(t, 22);
    await panel.press('Cancel Job');
    await panel.press('Keep it');
    await panel.waitFor(['Running', 'Planning']);
    await panel.press('Cancel Job');
    await panel.press('Cancel the job');
    await panel.waitFor(['Cancelled']);
    // The state says Cancelled at once; the files that were not sent get their outcomes behind it.
    const report = await waitUntil('every file to have an outcome', async () => {
      const now = await panel.exportReport();
      const {files, stored, alreadyThere, skipped, failed} = now.totals;
      return stored + alreadyThere + skipped + failed === files && now;
    });
    await quiet(stage);
    assertBalanced(report);
    assert.equal(report.totals.files, summary.files);
    const held = (await stage.server.archive.studies()).reduce((all, study) => all + study.instances, 0);
    assert.equal(report.totals.stored + report.totals.alreadyThere, held);
    assert.ok(report.totals.skipped > 0);
  });

  it('Close asks, pauses and leaves; opened again, the job goes on', async t => {
    const {stage, panel, source, summary} = await runningJob(t, 23);
    await panel.press('Close');
    await panel.press('Pause and leave');
    await panel.status.waitFor({state: 'hidden'});
    assert.ok((await quiet(stage)) < summary.instances, 'the job stopped');
    await panel.page.goto('about:blank');
    const again = await stage.panel();
    await again.waitFor(['Paused', 'Interrupted']);
    await again.goOn(source);
    await again.waitFor(['Completed']);
    assertBalanced(await again.exportReport());
    await assertHoldsAll(stage.server.archive, summary);
  });

  it('Minimize to tray hides the panel while the job goes on to its end', async t => {
    const {stage, panel, summary} = await runningJob(t, 24);
    await panel.press('Minimize to tray');
    await panel.status.waitFor({state: 'hidden'});
    await waitUntil(
      'all instances',
      async () => (await stage.server.archive.received()) >= summary.instances,
      {
        timeoutMs: 240_000,
      },
    );
    await panel.page
      .getByRole('button', {name: /migration/i})
      .last()
      .click();
    await panel.page.getByRole('menuitem', {name: 'Show Migration Tool'}).click();
    await panel.waitFor(['Completed']);
    await assertHoldsAll(stage.server.archive, summary);
  });
});
