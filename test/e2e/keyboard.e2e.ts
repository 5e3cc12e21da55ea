import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Page} from 'playwright-core';
import {noBrowser} from './harness/browser.js';
import {openStage} from './harness/stage.js';

/** The accessible name of what has the focus, through shadow roots. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const label = element?.getAttribute('aria-label') ?? element?.textContent ?? '';
    return label.replace(/\s+/g, ' ').trim();
  });

/** Goes on with Tab until the control has the focus, then presses the key. */
async function tabTo(page: Page, name: string, key: 'Enter' | 'Space'): Promise<void> {
  const passed: string[] = [];
  for (let steps = 0; steps < 80; steps++) {
    await page.keyboard.press('Tab');
    const now = await focused(page);
    if (now === name) return page.keyboard.press(key);
    passed.push(now);
  }
  throw new Error(`${name} is not reached by Tab, only ${passed.join(' / ')}`);
}

describe('the whole job by keyboard alone', {skip: noBrowser}, () => {
  it('from the sample stick to its report', async t => {
    const stage = await openStage(t, ['--no-sync']);
    const panel = await stage.panel();
    const {page} = panel;
    await panel.button('Try a sample stick').waitFor();
    await tabTo(page, 'Try a sample stick', 'Enter');
    await panel.button('Start New Job').and(page.locator(':enabled')).waitFor({timeout: 60_000});
    await tabTo(page, 'Start New Job', 'Enter');
    assert.match(await panel.waitFor(['Completed']), /^Completed with failures/);
    await tabTo(page, 'View Report...', 'Enter');
    const failed = page.getByRole('table', {name: 'Failed folders'});
    await failed.getByText('The files do not contain Study Instance UID').first().waitFor();
    const arrives = page.waitForEvent('download');
    await tabTo(page, 'Export CSV', 'Space');
    assert.match((await arrives).suggestedFilename(), /\.csv$/);
    const held = (await stage.server.archive.studies()).reduce((all, study) => all + study.instances, 0);
    assert.equal(held, 73);
  });
});
