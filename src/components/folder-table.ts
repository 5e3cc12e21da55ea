import {html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {customElement, property, query, state} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import {classMap} from 'lit/directives/class-map.js';
import {boxStyle} from './box-style.js';
import {localized, msg} from '@lit/localize';
import type {FolderRecord, FolderVerdict} from '../job/folder-record.js';
import type {OutcomeGroup} from '../job/ports/checkpoint-store.js';
import './failed-files.js';
import {foldersCells, foldersHead, tableName} from './folder-columns.js';
import {folderName} from './folder-name.js';
import {FolderPages, type LoadFolders} from './folder-pages.js';
import {folderTableStyles} from './folder-table-styles.js';
import {formatNumber} from './format-number.js';
import {icon} from './icon.js';
import {rowWindow, SHOW_ALL, type RowWindow} from './row-window.js';
import {scrolledTableStyles} from './scrolled-table-styles.js';
import {shared} from './styles.js';

const HEAD_HEIGHT = 26;
const DETAIL_HEIGHT = 168;

/**
 * The folders of one verdict. Up to 500 rows all stand in the document; above that a window of them, with spacers, and
 * rows are asked for page by page. `revision` changes whenever the rows may have changed.
 */
@localized()
@customElement('pacs-folder-table')
export class FolderTable extends LitElement {
  static override styles = [...shared, scrolledTableStyles, folderTableStyles];

  @property() verdict: FolderVerdict = 'succeeded';
  @property({attribute: false}) load: LoadFolders | null = null;
  @property({attribute: false}) loadFiles: ((folder: string) => Promise<readonly OutcomeGroup[]>) | null =
    null;
  @property() revision = '';
  @property() sourceName = '';
  @property({type: Boolean}) linked = false;
  /** Names of folders and files are left out. */
  @property({type: Boolean}) hideNames = false;
  /** Nothing at all is shown while there are no rows. */
  @property({type: Boolean}) hideEmpty = false;

  @state() private window: RowWindow = {first: 0, end: 0};
  @state() private open: ReadonlySet<string> = new Set();
  @query('.scroll') private readonly scroller!: HTMLElement | null;
  #pages: FolderPages | null = null;

  get #total(): number {
    return this.#pages?.total ?? 0;
  }
  get #windowed(): boolean {
    return this.#total > SHOW_ALL;
  }
  get #columns(): number {
    return this.verdict === 'succeeded' ? (this.linked ? 8 : 7) : 4;
  }
  get #rowHeight(): number {
    return this.verdict === 'failed' ? 40 : 28;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('load') || changed.has('verdict')) {
      const {load} = this;
      const pages = load ? new FolderPages(load, () => this.#pages === pages && this.#arrived()) : null;
      this.#pages = pages;
      this.window = {first: 0, end: 0};
      this.open = new Set();
      void pages?.want(this.window, false);
    } else if (changed.has('revision')) {
      void this.#pages?.want(this.window, true);
    }
  }

  #arrived(): void {
    // After a failure only a person or a change of the job asks again: asking at once would ask for ever.
    if (!this.#pages?.failed) this.#look();
    this.requestUpdate();
  }

  /** Takes the window from where the scroller stands, and asks for what is missing in it. */
  #look(): void {
    const scroller = this.scroller;
    const scrolled = (scroller?.scrollTop ?? 0) - HEAD_HEIGHT;
    const next = rowWindow(this.#total, scrolled, scroller?.clientHeight || 400, this.#rowHeight);
    if (next.first !== this.window.first || next.end !== this.window.end) this.window = next;
    void this.#pages?.want(next, false);
  }

  override render(): TemplateResult | typeof nothing {
    const pages = this.#pages;
    if (this.hideEmpty && this.#total === 0) return nothing;
    const name = tableName(this.verdict);
    return html`<h2>
        ${name} <span class="muted">${pages?.total == null ? '' : formatNumber(pages.total)}</span>
      </h2>
      <div class="scroll" tabindex="0" role="group" aria-label=${name} @scroll=${this.#look}>
        <table
          aria-label=${name}
          aria-rowcount=${this.#total + 1}
          class=${classMap({[this.verdict]: true, windowed: this.#windowed})}
        >
          <thead>
            <tr aria-rowindex="1">
              ${foldersHead(this.verdict, this.linked)}
            </tr>
          </thead>
          <tbody>
            ${this.#rows()}
          </tbody>
        </table>
        ${this.#note()}
      </div>`;
  }

  #note(): TemplateResult | typeof nothing {
    if (this.#pages?.failed)
      return html`<p class="none">
        ${msg('The list cannot be read now. It is asked for again while the job goes on.')}
      </p>`;
    if (this.#pages?.total === 0) return html`<p class="muted none">${msg('None')}</p>`;
    return nothing;
  }

  #rows(): TemplateResult {
    const {first, end} = this.window;
    const indices = Array.from(
      {length: Math.max(0, Math.min(end, this.#total) - first)},
      (_, i) => first + i,
    );
    const below = this.#total - end;
    return html`${this.#spacer(first)}
    ${repeat(
      indices,
      index => index,
      index => this.#row(index),
    )}
    ${this.#spacer(below)}`;
  }

  #spacer(rows: number): TemplateResult | typeof nothing {
    if (!this.#windowed || rows <= 0) return nothing;
    return html`<tr class="spacer" aria-hidden="true">
      <td ${boxStyle({height: `${rows * this.#rowHeight}px`})}></td>
    </tr>`;
  }

  #row(index: number): TemplateResult {
    const folder = this.#pages?.row(index) ?? null;
    const rank = formatNumber(index + 1);
    if (!folder) {
      return html`<tr aria-rowindex=${index + 2}>
        <td class="number rank">${rank}</td>
        <td class="muted">…</td>
      </tr>`;
    }
    const isOpen = this.open.has(folder.path);
    return html`<tr aria-rowindex=${index + 2}>
        <td class="number rank">${rank}</td>
        ${this.#nameCell(folder, isOpen)} ${foldersCells(this.verdict, folder, this.linked)}
      </tr>
      ${isOpen ? this.#detail(folder.path) : nothing}`;
  }

  #nameCell(folder: FolderRecord, isOpen: boolean): TemplateResult {
    const name = this.hideNames ? msg('left out') : folderName(folder.path, this.sourceName);
    if (this.verdict !== 'failed') return html`<td title=${name}>${name}</td>`;
    return html`<td class="opens" title=${name}>
      <button type="button" class="row" aria-expanded=${isOpen} @click=${() => this.#toggle(folder.path)}>
        ${icon('chevron-right')}<span>${name}</span>
      </button>
    </td>`;
  }

  #detail(path: string): TemplateResult {
    const load = (): Promise<readonly OutcomeGroup[]> => this.loadFiles?.(path) ?? Promise.resolve([]);
    const height = boxStyle(this.#windowed ? {height: `${DETAIL_HEIGHT}px`} : {});
    return html`<tr class="detail">
      <td colspan=${this.#columns} ${height}>
        <pacs-failed-files .load=${load} .hideNames=${this.hideNames}></pacs-failed-files>
      </td>
    </tr>`;
  }

  /** In a window of rows only one may be open, so that the spacers stay nearly right. */
  #toggle(path: string): void {
    const open = new Set(this.#windowed ? [...this.open].filter(other => other === path) : this.open);
    if (!open.delete(path)) open.add(path);
    this.open = open;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pacs-folder-table': FolderTable;
  }
}
