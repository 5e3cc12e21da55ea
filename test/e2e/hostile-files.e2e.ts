import assert from 'node:assert/strict';
import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {describe, it} from 'node:test';
import {hostileFiles} from '../../fixtures/hostile-files.js';
import {assertBalanced, assertSameBytes} from './harness/accounts.js';
import {noBrowser} from './harness/browser.js';
import {openStage} from './harness/stage.js';

describe('files that are made to hurt a reader', {skip: noBrowser}, () => {
  it('cost nothing but themselves: each has its outcome, and the good files beside them arrive', async t => {
    const stage = await openStage(t, ['--no-sync']);
    const {source, summary} = await stage.write({seed: 31, studies: 3, folders: 3, files: 30, hashes: true});
    const hostile = [...hostileFiles(31)];
    for (const file of hostile) {
      const target = path.join(source, file.path);
      await mkdir(path.dirname(target), {recursive: true});
      await writeFile(target, file.bytes);
    }
    const panel = await stage.panel();
    await panel.start(source);
    assert.match(await panel.waitFor(['Completed'], {timeoutMs: 240_000}), /^Completed/);

    const report = await panel.exportReport();
    assertBalanced(report);
    assert.equal(report.totals.files, summary.files + hostile.length);
    await assertSameBytes(stage.server.archive, summary);
    const failed = new Map(
      report.files.filter(file => file.outcome === 'failed').map(f => [f.path, f.reason]),
    );
    // The deep one is well-formed: it is read and stored as any other.
    assert.deepEqual(Object.fromEntries(failed), {
      'HOSTILE/LYING': 'damaged-header',
      'HOSTILE/ENDLESS': 'cut-short',
      'HOSTILE/BOMB': 'header-too-large',
    });
  });
});
