import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {assertBalanced, assertHoldsAll} from './harness/accounts.js';
import {noBrowser} from './harness/browser.js';
import {openStage} from './harness/stage.js';

describe('what cannot be stored', {skip: noBrowser}, () => {
  it('stands in the report, each file with its own reason, while the rest arrives', async t => {
    const stage = await openStage(t, ['--no-sync']);
    const {source, summary} = await stage.write({
      seed: 9,
      studies: 4,
      folders: 6,
      files: 60,
      textFiles: 2,
      withoutStudyUid: 5,
      broken: true,
      dicomdir: true,
    });
    const panel = await stage.panel();
    await panel.start(source);
    assert.match(await panel.waitFor(['Completed']), /^Completed with failures/);

    const report = await panel.exportReport();
    assertBalanced(report);
    assert.equal(report.totals.stored, 60);
    assert.equal(report.totals.files, summary.files);
    // The five without Study Instance UID, and the three of the broken folder. Texts and the index are skipped.
    assert.equal(report.totals.failed, 8);
    assert.equal(report.totals.skipped, 3);
    await assertHoldsAll(stage.server.archive, summary);

    const failed = await panel.rows('Failed folders');
    const rowOf = (folder: string): string =>
      failed.find(row => row.some(cell => cell.includes(folder)))?.join(' | ') ?? '';
    assert.match(rowOf('NOUID'), /The files do not contain Study Instance UID/);
    assert.ok(rowOf('BROKEN'));
    assert.equal((await panel.rows('Succeeded folders')).filter(row => row.length > 1).length, 6);

    const reasonOf = (oddity: string): string => {
      const path = summary.odd.find(file => file.oddity === oddity)?.path;
      return report.files.find(file => file.path === path)?.reason ?? `nothing is said of ${oddity}`;
    };
    const kinds = ['no-study-uid', 'empty', 'cut-in-header', 'text', 'dicomdir'];
    const reasons = kinds.map(reasonOf);
    assert.equal(new Set(reasons).size, kinds.length, reasons.join('; '));
    assert.doesNotMatch([...reasons, reasonOf('cut-in-pixels')].join(), /nothing is said/);
  });
});
