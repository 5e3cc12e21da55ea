/** What the other tests here stand on: the archive's process, the browser's, and a folder dropped on a page. */
import assert from 'node:assert/strict';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {createHash} from 'node:crypto';
import {after, before, describe, it} from 'node:test';
import {generate} from '../../fixtures/study-generator.js';
import {noBrowser, ProfiledBrowser} from './harness/browser.js';
import {ConsoleServer} from './harness/console-server.js';
import {dropFolder} from './harness/drop-folder.js';
import {HeapWatch} from './harness/heap-watch.js';
import {waitUntil} from './harness/wait-until.js';

describe('the archive as a process', () => {
  it('keeps what it stored and its log over a SIGKILL, on the same port', async t => {
    const folder = await mkdtemp(path.join(tmpdir(), 'archive-e2e-'));
    const server = await ConsoleServer.start(folder);
    t.after(async () => {
      await server.stop();
      await rm(folder, {recursive: true, force: true});
    });
    const files = [...generate({studies: 3, folders: 3, files: 30, pixelBytes: 400})];
    const bytes = files.map(file => file.bytes);
    assert.equal(await server.archive.store(bytes.slice(0, 20)), 200);
    await server.kill();
    await server.restart();
    assert.equal(await server.archive.store(bytes.slice(10)), 200);

    const log = await server.archive.log();
    assert.equal(await server.archive.received(), 40);
    assert.equal(log.filter(receipt => receipt.verdict === 'stored').length, 30);
    assert.equal(log.filter(receipt => receipt.verdict === 'already-there').length, 10);
    const studies = await server.archive.studies();
    assert.deepEqual(studies.map(study => study.instances).sort(), [10, 10, 10]);
    for (const {studyInstanceUid} of studies) {
      const hashes = await server.archive.hashes(studyInstanceUid);
      assert.equal((await server.archive.instances(studyInstanceUid)).length, 10);
      const mine = files.flatMap(file =>
        file.kind === 'instance' && file.instance.study.studyInstanceUid === studyInstanceUid
          ? [[file.instance.sopInstanceUid, createHash('sha256').update(file.bytes).digest('hex')] as const]
          : [],
      );
      assert.deepEqual(
        hashes,
        new Map(mine.sort(([a], [b]) => [...hashes.keys()].indexOf(a) - [...hashes.keys()].indexOf(b))),
      );
    }
  });
});

/** Keeps the handle that was dropped, and says what it can do. Runs in the page. */
const PAGE = `<!doctype html><title>Drop</title><body style="height:100vh"><script>
const open = () => new Promise((resolve, reject) => {
  const request = indexedDB.open('kept', 1);
  request.onupgradeneeded = () => request.result.createObjectStore('handles');
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});
const settled = request => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});
const store = async mode => (await open()).transaction('handles', mode).objectStore('handles');
window.kept = async () => {
  const handle = await settled((await store('readonly')).get('folder'));
  return handle ? handle.queryPermission({mode: 'read'}) : 'none';
};
document.addEventListener('dragover', event => event.preventDefault());
document.addEventListener('drop', async event => {
  event.preventDefault();
  const handle = await event.dataTransfer.items[0].getAsFileSystemHandle();
  const names = [];
  for await (const [name] of handle.entries()) names.push(name);
  const before = await settled((await store('readonly')).get('folder'));
  const same = before ? await before.isSameEntry(handle) : null;
  const permission = before ? await before.queryPermission({mode: 'read'}) : null;
  await settled((await store('readwrite')).put(handle, 'folder'));
  document.title = JSON.stringify({names: names.sort(), same, permission});
});
</script>`;

describe('the browser as a process', {skip: noBrowser}, () => {
  let folder: string;
  let url: string;
  const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(PAGE));
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'browser-e2e-'));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    url = `http://localhost:${(server.address() as AddressInfo).port}/`;
  });
  after(async () => {
    server.close();
    await rm(folder, {recursive: true, force: true, maxRetries: 5});
  });

  it('gives a dropped folder as a handle that outlives a SIGKILL to the whole browser', async t => {
    const stick = path.join(folder, 'stick');
    const profile = path.join(folder, 'profile');
    await mkdir(path.join(stick, 'inner'), {recursive: true});
    await mkdir(profile);
    await writeFile(path.join(stick, 'a.dcm'), 'x');
    const browser = new ProfiledBrowser(profile);
    t.after(() => browser.stop());

    await browser.start();
    const first = await browser.open(url);
    await dropFolder(first, stick, 'body');
    await first.waitForFunction(() => document.title.startsWith('{'));
    assert.deepEqual(JSON.parse(await first.title()), {
      names: ['a.dcm', 'inner'],
      same: null,
      permission: null,
    });
    await browser.kill();

    await browser.start();
    const second = await browser.open(url);
    assert.equal(await second.evaluate('window.kept()'), 'prompt');
    await dropFolder(second, stick, 'body');
    await second.waitForFunction(() => document.title.startsWith('{'));
    assert.deepEqual(JSON.parse(await second.title()), {
      names: ['a.dcm', 'inner'],
      same: true,
      permission: 'granted',
    });
  });

  it('shows the heaps of a page, of its workers and of theirs', async t => {
    const profile = path.join(folder, 'heaps');
    await mkdir(profile);
    const browser = new ProfiledBrowser(profile);
    t.after(() => browser.stop());
    await browser.start();
    const page = await browser.open(url);
    const heap = await HeapWatch.start(page);
    await page.evaluate(async () => {
      const script = (code: string): string => URL.createObjectURL(new Blob([code]));
      const inner = script('self.kept = Array.from({length: 1e6}, (_, i) => ({i})); postMessage("kept")');
      const outer = script(`new Worker("${inner}").onmessage = event => postMessage(event.data)`);
      const worker = new Worker(outer);
      Object.assign(window, {worker});
      await new Promise(resolve => (worker.onmessage = resolve));
    });
    await waitUntil('the inner worker to be seen', () => heap.highest > 10_000_000);
    const peaks = await heap.stop();
    assert.equal(peaks.length, 3);
    assert.deepEqual(
      peaks.map(peak => peak.bytes > 10_000_000),
      [false, false, true],
    );
  });
});
