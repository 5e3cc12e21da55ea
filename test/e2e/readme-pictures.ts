/**
 * Makes the pictures of the README from the running product: `npm run screenshots`. A set of studies is generated,
 * dropped on the panel and migrated into an embedded archive; nothing in the pictures is drawn by hand.
 */
import {mkdir, mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {writeSet} from '../../fixtures/write-set.js';
import {ProfiledBrowser} from './harness/browser.js';
import {ConsoleServer} from './harness/console-server.js';
import {MigrationPanel} from './harness/panel.js';

const target = path.resolve('docs/images');
const folder = await mkdtemp(path.join(tmpdir(), 'migration-pictures-'));
await mkdir(target, {recursive: true});
const server = await ConsoleServer.start(path.join(folder, 'archive'));
const browser = new ProfiledBrowser(path.join(folder, 'profile'));
try {
  const source = path.join(folder, 'DICOM Images');
  await writeSet(source, {
    seed: 21,
    studies: 60,
    folders: 180,
    files: 6000,
    pixelBytes: 130_000,
    patients: 24,
    textFiles: 12,
  });
  await mkdir(path.join(folder, 'profile'), {recursive: true});
  await browser.start();
  for (const scheme of ['dark', 'light'] as const) {
    const page = await browser.open(`${server.url}#/migration`);
    await page.emulateMedia({colorScheme: scheme});
    await page.setViewportSize({width: 1280, height: 800});
    const panel = new MigrationPanel(page);
    const picture = (name: string) => page.screenshot({path: path.join(target, `${name}-${scheme}.png`)});
    await panel.button('Browse...').waitFor();
    await picture('empty');
    await panel.start(source);
    await panel.waitFor(['Running']);
    await page.waitForTimeout(scheme === 'dark' ? 20_000 : 3_000);
    await picture('running');
    await panel.waitFor(['Completed'], {timeoutMs: 300_000, everyMs: 500});
    await picture('completed');
    await panel.press('View Report...');
    await page.waitForTimeout(1_000);
    await picture('report');
    await page.close();
  }
} finally {
  await browser.stop();
  await server.stop();
  await rm(folder, {recursive: true, force: true, maxRetries: 5});
}
