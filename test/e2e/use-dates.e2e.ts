import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {assertBalanced} from './harness/accounts.js';
import {noBrowser} from './harness/browser.js';
import {openStage} from './harness/stage.js';

const asField = (date: string): string => `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;

describe('Use dates', {skip: noBrowser}, () => {
  it('takes exactly the studies of the range, both ends included, also out of folders where dates lie mixed', async t => {
    const stage = await openStage(t, ['--no-sync']);
    const {source, summary} = await stage.write({
      seed: 13,
      layout: 'mixed',
      studies: 12,
      folders: 5,
      files: 240,
      textFiles: 3,
    });
    const chosen = summary.studies.slice(3, 8);
    const newest = chosen[0]?.studyDate ?? '';
    const oldest = chosen.at(-1)?.studyDate ?? '';
    const panel = await stage.panel();
    await panel.choose(source);
    await panel.page.getByRole('checkbox', {name: 'Use dates'}).check();
    await panel.page.getByLabel('Date from').fill(asField(oldest));
    await panel.page.getByLabel('Date to').fill(asField(newest));
    await panel.press('Start New Job');
    assert.match(await panel.waitFor(['Completed']), /^Completed(?! with failures)/);

    const wanted = chosen.map(study => study.studyInstanceUid).sort();
    const found = await stage.server.archive.studies();
    assert.deepEqual(found.map(study => study.studyInstanceUid).sort(), wanted);
    const instances = chosen.reduce((all, study) => all + study.instances, 0);
    assert.equal(
      found.reduce((all, study) => all + study.instances, 0),
      instances,
    );
    const report = await panel.exportReport();
    assertBalanced(report);
    assert.equal(report.totals.stored, instances);
    assert.equal(report.totals.skipped, summary.files - instances);
    assert.deepEqual(new Set(report.files.map(file => file.outcome)), new Set(['skipped']));
  });
});
