import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {
  assertBalanced,
  assertHoldsAll,
  assertSameBytes,
  sentAgain,
  studiesInOrder,
} from './harness/accounts.js';
import {noBrowser} from './harness/browser.js';
import {openStage} from './harness/stage.js';
import {waitUntil} from './harness/wait-until.js';

describe('the main job', {skip: noBrowser}, () => {
  it('brings 2,000 files of 50 studies to the archive, newest first, and accounts for every file', async t => {
    const stage = await openStage(t);
    const {source, summary} = await stage.write({
      seed: 7,
      studies: 50,
      folders: 100,
      files: 2000,
      pixelBytes: 20_000,
      patients: 12,
      textFiles: 20,
      hashes: true,
    });
    const {archive} = stage.server;
    const panel = await stage.panel();
    await panel.start(source);
    assert.match(await panel.waitFor(['Completed']), /^Completed(?! with failures)/);

    const report = await panel.exportReport();
    assert.deepEqual(report.totals, {
      files: 2020,
      stored: 2000,
      alreadyThere: 0,
      linked: 0,
      skipped: 20,
      failed: 0,
    });
    assertBalanced(report);
    assert.equal((await panel.rows('Succeeded folders')).length, 100);
    assert.equal((await panel.rows('Failed folders')).filter(row => row.length > 1).length, 0);
    const texts = summary.odd.map(file => file.path).sort();
    assert.deepEqual(report.files.map(file => file.path).sort(), texts);

    await assertHoldsAll(archive, summary);
    await assertSameBytes(archive, summary);
    const log = await archive.log();
    assert.deepEqual(sentAgain(log), []);
    const newestFirst = summary.studies.map(study => study.studyInstanceUid);
    assert.deepEqual(studiesInOrder(log), newestFirst);
  });

  it('sends nothing a second time when the same folder is taken again', async t => {
    const stage = await openStage(t, ['--no-sync']);
    const {source} = await stage.write({seed: 8, studies: 6, folders: 8, files: 80, textFiles: 2});
    const panel = await stage.panel();
    await panel.start(source);
    await panel.waitFor(['Completed']);
    const before = await stage.server.archive.received();
    await panel.start(source);
    // The old state says Completed too; what tells the new job is its report.
    const {totals} = await waitUntil('the second job to end', async () => {
      const report = await panel.exportReport();
      return report.totals.alreadyThere === 80 && report;
    });
    assert.deepEqual([totals.stored, totals.skipped, totals.failed], [0, 2, 0]);
    assert.equal(await stage.server.archive.received(), before);
  });
});
