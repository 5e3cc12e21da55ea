import assert from 'node:assert/strict';
import {createServer} from 'node:http';
import {mkdtemp, rm} from 'node:fs/promises';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after, before, describe, it} from 'node:test';
import {build} from 'esbuild';
import {noBrowser, ProfiledBrowser} from '../e2e/harness/browser.js';
import {ROOT} from '../e2e/harness/checkout.js';
import {waitUntil} from '../e2e/harness/wait-until.js';

/**
 * In the page. Step n finishes folder n, appends an outcome and a settled file, and replaces batch n - 1 in flight by
 * batch n; every fifth is strict. The server hears of each step that the store has acknowledged.
 */
const PAGE = `
  import {IndexedDbCheckpointStore} from './src/store/indexeddb-checkpoint-store.js';
  import {doneFolder, jobRecord, step} from './test/store/records.js';

  globalThis.found = async () => {
    const store = await IndexedDbCheckpointStore.open();
    const done = await store.foldersDone('job-1', 'succeeded', 0, 1e6);
    const found = {
      steps: (await store.job('job-1'))?.workedMs ?? 0,
      folders: done.rows.map(row => row.path),
      outcomes: (await store.outcomes('job-1', 1e6)).groups.length,
      settled: (await store.settledFiles('job-1', 'open')).length,
      inFlight: (await store.inFlight('job-1')).map(row => row.batch),
    };
    store.close();
    return found;
  };

  globalThis.writeOn = async from => {
    const store = await IndexedDbCheckpointStore.open();
    for (let n = from; ; n++) {
      const durability = n % 5 === 0 ? 'strict' : 'relaxed';
      await store.write(step({
        job: jobRecord('job-1', {workedMs: n}),
        folders: [doneFolder('f' + n)],
        settled: new Map([['open', [{name: String(n)}]]]),
        outcomes: [{jobId: 'job-1', folder: 'f' + n, outcome: {kind: 'skipped', reason: 'not-dicom'}, files: []}],
        sent: {batch: n, files: []},
        answered: [n - 1],
        durability,
      }));
      if (durability === 'strict') void fetch('/acknowledged/' + n);
    }
  };
`;

interface Found {
  readonly steps: number;
  readonly folders: readonly string[];
  readonly outcomes: number;
  readonly settled: number;
  readonly inFlight: readonly number[];
}

describe('the checkpoint of a browser that is killed', {skip: noBrowser}, () => {
  let acknowledged = 0;
  let script = '';
  let profile = '';
  const server = createServer((request, response) => {
    const [, kind, n] = request.url?.split('/') ?? [];
    if (kind === 'acknowledged') acknowledged = Math.max(acknowledged, Number(n));
    const isScript = kind === 'page.js';
    response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html');
    response.end(
      isScript ? script : '<!doctype html><title>Checkpoint</title><script src="/page.js"></script>',
    );
  });

  before(async () => {
    const built = await build({
      stdin: {contents: PAGE, resolveDir: ROOT, loader: 'ts'},
      bundle: true,
      format: 'iife',
      write: false,
    });
    script = built.outputFiles[0]?.text ?? '';
    profile = await mkdtemp(path.join(tmpdir(), 'checkpoint-kill-'));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  });

  after(async () => {
    server.close();
    server.closeAllConnections();
    await rm(profile, {recursive: true, force: true});
  });

  it('holds every step that was acknowledged, and each step whole or not at all', async () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const browser = new ProfiledBrowser(profile);
    let from = 1;
    for (let kill = 0; kill < 4; kill++) {
      await browser.start();
      const page = await browser.open(url);
      const found = await page.evaluate<Found>('found()');
      const n = found.steps;
      assert.ok(n >= acknowledged, `step ${acknowledged} was acknowledged, ${n} is the last that is there`);
      assert.deepEqual(found, {
        steps: n,
        folders: Array.from({length: n}, (_, i) => `f${i + 1}`),
        outcomes: n,
        settled: n,
        inFlight: n === 0 ? [] : [n],
      });
      from = n + 1;
      const enough = acknowledged + 10 + 10 * kill;
      void page.evaluate(`void writeOn(${from})`);
      await waitUntil('steps to be written', () => acknowledged >= enough);
      await browser.kill();
    }
    assert.ok(from > 60);
  });
});
