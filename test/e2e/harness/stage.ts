import {mkdir, mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {TestContext} from 'node:test';
import {type SetSummary, writeSet, type WriteSetOptions} from '../../../fixtures/write-set.js';
import {ProfiledBrowser} from './browser.js';
import {ConsoleServer} from './console-server.js';
import {MigrationPanel} from './panel.js';

/** All that one test needs, on disk and as processes of its own; gone when the test ends. */
export interface Stage {
  readonly server: ConsoleServer;
  readonly browser: ProfiledBrowser;
  /** A folder for what the test writes. */
  readonly folder: string;
  /** Writes a set into `source` below the folder. */
  write(options: Partial<WriteSetOptions>): Promise<{readonly source: string; readonly summary: SetSummary}>;
  /** Opens the console with the panel in it. */
  panel(init?: () => void): Promise<MigrationPanel>;
}

export async function openStage(test: TestContext, serverArguments: readonly string[] = []): Promise<Stage> {
  const folder = await mkdtemp(path.join(tmpdir(), 'migration-e2e-'));
  const server = await ConsoleServer.start(path.join(folder, 'archive'), serverArguments);
  const profile = path.join(folder, 'profile');
  await mkdir(profile);
  const browser = new ProfiledBrowser(profile);
  test.after(async () => {
    if (browser.said.length > 0) test.diagnostic(`the pages said:\n${browser.said.slice(0, 20).join('\n')}`);
    await browser.stop();
    await server.stop();
    await rm(folder, {recursive: true, force: true, maxRetries: 5});
  });
  await browser.start();
  return {
    server,
    browser,
    folder,
    async write(options) {
      const source = path.join(folder, 'source');
      return {source, summary: await writeSet(source, options)};
    },
    panel: async init => new MigrationPanel(await browser.open(`${server.url}#/migration`, init)),
  };
}
