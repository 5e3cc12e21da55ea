import {readFile} from 'node:fs/promises';
import type {Locator, Page} from 'playwright-core';
import {dropFolder} from './drop-folder.js';
import {waitUntil} from './wait-until.js';

export type StateWord =
  'Planning' | 'Running' | 'Waiting' | 'Paused' | 'Interrupted' | 'Completed' | 'Cancelled';

export interface Totals {
  readonly files: number;
  readonly stored: number;
  readonly alreadyThere: number;
  readonly linked: number;
  readonly skipped: number;
  readonly failed: number;
}

/** The report as `Export JSON` gives it. `files` are those that were not plainly stored or linked. */
export interface ExportedReport {
  readonly totals: Totals;
  readonly folders: readonly {
    readonly path: string;
    readonly state: string;
    readonly counts: Totals;
    readonly reason?: string;
  }[];
  readonly files: readonly {
    readonly path: string;
    readonly outcome: string;
    readonly reason?: string;
    readonly sopInstanceUid?: string;
  }[];
}

const DROPS = 4;
const DROP_TAKES_MS = 5_000;

const appears = (what: Locator, timeout: number): Promise<boolean> =>
  what.waitFor({timeout}).then(
    () => true,
    () => false,
  );

const PANEL = 'pacs-migration-panel';
const LONG = {timeoutMs: 240_000};

/** The panel as a person sees it: by the accessible names of what is in it. */
export class MigrationPanel {
  constructor(readonly page: Page) {}

  get status(): Locator {
    return this.page.getByRole('status', {name: 'Current Procedure'});
  }

  button(name: string): Locator {
    return this.page.getByRole('button', {name, exact: true});
  }

  /** All that the state says, blanks made single. */
  async stateText(): Promise<string> {
    const text = await this.status.first().textContent({timeout: 20_000});
    return (text ?? '').replace(/\s+/g, ' ').trim();
  }

  /** Waits until the state begins with one of the words, and answers all that it says. */
  async waitFor(
    words: readonly StateWord[],
    options: {timeoutMs?: number; everyMs?: number} = LONG,
  ): Promise<string> {
    let last = '';
    try {
      return await waitUntil(
        words.join(' or '),
        async () => {
          last = await this.stateText();
          return words.some(word => last.startsWith(word)) && last;
        },
        options,
      );
    } catch (error) {
      throw new Error(`the state says "${last}"`, {cause: error});
    }
  }

  /** Drops the folder. On a busy machine a drop may come before the page has said that it takes it: then again. */
  async choose(folder: string): Promise<void> {
    const start = this.button('Start New Job').and(this.page.locator(':enabled'));
    await this.button('Start New Job').waitFor({timeout: 60_000});
    for (let tries = 0; tries < DROPS; tries++) {
      await dropFolder(this.page, folder, PANEL);
      if (await appears(start, DROP_TAKES_MS)) return;
    }
    throw new Error(`the panel took none of ${DROPS} drops`);
  }

  async press(name: string): Promise<void> {
    await this.button(name).click({timeout: 20_000});
  }

  /** Drops the folder and starts a new job on it. */
  async start(folder: string): Promise<void> {
    await this.choose(folder);
    await this.press('Start New Job');
  }

  /** Drops the folder again and goes on with the job that was interrupted. */
  async goOn(folder: string): Promise<void> {
    await this.choose(folder);
    await this.press('Restart Previous Job');
  }

  async openReport(): Promise<Locator> {
    const table = this.page.getByRole('table', {name: 'Succeeded folders'});
    if (!(await table.isVisible())) await this.press('View Report...');
    await this.page.getByText('Migration Report', {exact: true}).first().waitFor({timeout: 20_000});
    return table;
  }

  /** The texts of the cells of a table of the report, row by row, without its head. */
  async rows(table: 'Succeeded folders' | 'Failed folders'): Promise<string[][]> {
    const rows = this.page.getByRole('table', {name: table}).locator('tbody tr');
    return rows.evaluateAll(all =>
      all.map(row => [...row.querySelectorAll('td')].map(cell => cell.innerText.replace(/\s+/g, ' ').trim())),
    );
  }

  /** Opens the report and takes it home as JSON, by an ordinary download. */
  async exportReport(): Promise<ExportedReport> {
    await this.openReport();
    const arrives = this.page.waitForEvent('download', {timeout: 60_000});
    await this.press('Export JSON');
    const download = await arrives;
    return JSON.parse(await readFile(await download.path(), 'utf8')) as ExportedReport;
  }
}
