import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {noBrowser} from './harness/browser.js';
import {HeapWatch} from './harness/heap-watch.js';
import {openStage} from './harness/stage.js';
import {waitUntil} from './harness/wait-until.js';

const MEGABYTE = 1 << 20;

/** Runs in the page: writes down each task of over 50 ms. */
function watchLongTasks(): void {
  const tasks: {start: number; duration: number}[] = [];
  Object.assign(window, {longTasks: tasks});
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) tasks.push({start: entry.startTime, duration: entry.duration});
  }).observe({type: 'longtask', buffered: true});
}

describe('the page while 2,000 files go through', {skip: noBrowser}, () => {
  it('has no task of over 50 ms and no heap of over 100 MB', async t => {
    const stage = await openStage(t, ['--no-sync']);
    const {source, summary} = await stage.write({
      seed: 14,
      studies: 50,
      folders: 100,
      files: 2000,
      pixelBytes: 20_000,
    });
    const panel = await stage.panel(watchLongTasks);
    await panel.choose(source);
    await panel.button('Start New Job').and(panel.page.locator(':enabled')).waitFor();
    const heap = await HeapWatch.start(panel.page);
    const startedAt = await panel.page.evaluate(() => performance.now());
    await panel.press('Start New Job');
    // Looking into the page costs its main thread time, so the archive is asked while the job runs.
    const {archive} = stage.server;
    await waitUntil('all instances', async () => (await archive.received()) >= summary.instances, {
      timeoutMs: 240_000,
      everyMs: 250,
    });
    await delay(2000);
    await panel.waitFor(['Completed'], {timeoutMs: 60_000, everyMs: 1000});
    const peaks = await heap.stop();

    const tasks = await panel.page.evaluate(
      () => (window as Window & {longTasks?: {start: number; duration: number}[]}).longTasks ?? [],
    );
    t.diagnostic(
      `heap peaks: ${peaks.map(({name, bytes}) => `${name} ${(bytes / MEGABYTE).toFixed(1)} MB`).join(', ')}`,
    );
    assert.deepEqual(
      tasks.filter(task => task.start >= startedAt),
      [],
    );
    assert.ok(peaks.length > 1, 'the workers were watched too');
    for (const {name, bytes} of peaks) assert.ok(bytes < 100 * MEGABYTE, `${name} took ${bytes} bytes`);
    const held = (await stage.server.archive.studies()).reduce((all, study) => all + study.instances, 0);
    assert.equal(held, summary.instances);
  });
});
