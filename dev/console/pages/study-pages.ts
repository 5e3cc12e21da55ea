import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {Answer, ArchiveContents, ArchivedStudy, ArchiveTotals} from '../model/archive-contents.js';

const PAGE = 100;
const MOST_PAGES = 20;
const REFRESH_MS = 3_000;

export type ListState = 'loading' | 'ready' | 'unreachable' | 'refused';

/**
 * The list of studies, page by page: only what is looked at is fetched, and at most 2,000 studies are kept, however
 * many the archive has. While the page is seen, its totals and the pages in view are asked for again every 3 s.
 */
export class StudyPages implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #archive: ArchiveContents | null = null;
  #search = '';
  #pages = new Map<number, readonly ArchivedStudy[]>();
  #asked = new Set<number>();
  #abort = new AbortController();
  #timer: ReturnType<typeof setInterval> | undefined;
  #inView: readonly [number, number] = [0, 0];
  #hasTotals = true;
  totals: ArchiveTotals | null = null;
  /** How many studies are known of; `more` where the archive does not count. */
  total = 0;
  more = false;
  state: ListState = 'loading';

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  get search(): string {
    return this.#search;
  }

  hostConnected(): void {
    this.#timer = setInterval(() => this.#refresh(), REFRESH_MS);
    if (this.#archive) this.#restart();
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
    this.#abort.abort();
  }

  use(archive: ArchiveContents): void {
    if (this.#archive === archive) return;
    this.#archive = archive;
    this.#restart();
  }

  find(text: string): void {
    if (this.#search === text) return;
    this.#search = text;
    this.#restart();
  }

  /** The study at a place of the list; undefined while its page is on the way. */
  at(index: number): ArchivedStudy | undefined {
    const page = Math.floor(index / PAGE);
    const studies = this.#pages.get(page);
    if (!studies) void this.#load(page);
    return studies?.[index % PAGE];
  }

  setInView(first: number, last: number): void {
    this.#inView = [Math.max(0, first), Math.max(0, last)];
    // Where the archive does not count, the end of the list asks for what follows.
    if (this.more && last >= this.total - 1) void this.#load(Math.floor(this.total / PAGE));
  }

  #restart(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#pages = new Map();
    this.#asked = new Set();
    this.total = 0;
    this.more = false;
    this.state = 'loading';
    this.#inView = [0, 0];
    void this.#load(0);
    void this.#loadTotals();
  }

  #refresh(): void {
    if (document.visibilityState !== 'visible' || !this.#host.checkVisibility()) return;
    const [first, last] = this.#inView.map(index => Math.floor(index / PAGE));
    for (let page = first ?? 0; page <= (last ?? 0); page++) void this.#load(page, true);
    void this.#loadTotals();
  }

  async #loadTotals(): Promise<void> {
    if (!this.#archive || !this.#hasTotals) return;
    const {signal} = this.#abort;
    const answer = await this.#archive.totals(signal);
    if (signal.aborted) return;
    if (answer.ok) this.totals = answer.value;
    else if (answer.reason === 'missing') this.#hasTotals = false;
    this.#host.requestUpdate();
  }

  async #load(page: number, again = false): Promise<void> {
    if (!this.#archive || this.#asked.has(page) || (this.#pages.has(page) && !again)) return;
    this.#asked.add(page);
    const {signal} = this.#abort;
    const answer = await this.#archive.studies(page * PAGE, PAGE, this.#search, signal);
    if (signal.aborted) return;
    this.#asked.delete(page);
    this.#take(page, answer);
    this.#host.requestUpdate();
  }

  #take(
    page: number,
    answer: Answer<{studies: readonly ArchivedStudy[]; total: number; more: boolean}>,
  ): void {
    if (!answer.ok) {
      this.state = answer.reason === 'refused' ? 'refused' : 'unreachable';
      return;
    }
    const {studies, total, more} = answer.value;
    this.state = 'ready';
    this.total =
      more || page === 0 || studies.length > 0 ? Math.max(total, more ? this.total : 0) : this.total;
    this.more = more;
    this.#pages.delete(page);
    this.#pages.set(page, studies);
    for (const old of this.#pages.keys()) {
      if (this.#pages.size <= MOST_PAGES) break;
      this.#pages.delete(old);
    }
  }
}
