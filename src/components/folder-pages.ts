import type {FolderRecord} from '../job/folder-record.js';
import type {Page} from '../job/ports/checkpoint-store.js';
import {PAGE_ROWS, pagesOf, type RowWindow} from './row-window.js';

export type LoadFolders = (offset: number, limit: number) => Promise<Page<FolderRecord>>;

/** Pages kept beside those in view. */
const KEPT = 20;

/**
 * The rows of one table as far as they were asked for. One question runs at a time; what is wanted meanwhile is asked
 * afterwards, once. Memory is bounded by the pages kept.
 */
export class FolderPages {
  total: number | null = null;
  failed = false;
  readonly #pages = new Map<number, readonly FolderRecord[]>();
  #asking = false;
  #wanted: {window: RowWindow; fresh: boolean} | null = null;

  constructor(
    private readonly load: LoadFolders,
    private readonly changed: () => void,
  ) {}

  row(index: number): FolderRecord | null {
    return this.#pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS] ?? null;
  }

  /** Sees to it that the rows of `window` are there; `fresh` asks again for those that are. */
  async want(window: RowWindow, fresh: boolean): Promise<void> {
    this.#wanted = {window, fresh: fresh || (this.#wanted?.fresh ?? false)};
    if (this.#asking) return;
    this.#asking = true;
    while (this.#wanted !== null) {
      const {window: rows, fresh: again} = this.#wanted;
      this.#wanted = null;
      await this.#fetch(rows, again);
    }
    this.#asking = false;
  }

  async #fetch(window: RowWindow, fresh: boolean): Promise<void> {
    const pages = this.total === null || this.total === 0 ? [0] : pagesOf(window);
    // An empty table asks for its first page again only where something may have changed.
    const needed = pages.filter(page => fresh || !this.#pages.has(page));
    for (const page of needed) {
      try {
        const {rows, total} = await this.load(page * PAGE_ROWS, PAGE_ROWS);
        this.#pages.delete(page);
        this.#pages.set(page, rows);
        this.total = total;
        this.failed = false;
      } catch {
        // Shown as a sentence in the table; the next change of the job asks again.
        this.failed = true;
        break;
      }
    }
    for (const page of this.#pages.keys()) {
      if (this.#pages.size <= KEPT) break;
      if (!pages.includes(page)) this.#pages.delete(page);
    }
    if (needed.length > 0) this.changed();
  }
}
