import '@lit-labs/virtualizer';
import type {LitVirtualizer, RangeChangedEvent} from '@lit-labs/virtualizer';
import {msg, str} from '@lit/localize';
import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {customElement, property, query} from 'lit/decorators.js';
import '../components/button.js';
import {CommandEvent} from '../components/command-event.js';
import {icon} from '../components/icon.js';
import {pageStyles, sharedStyles} from '../components/shared-styles.js';
import type {Services} from '../services.js';
import {archivePageStyles} from './archive-page-styles.js';
import {formatBytes, formatCount, formatDicomDate, formatMoment} from './format.js';
import {StudyPages} from './study-pages.js';

const SEARCH_WAITS_MS = 250;

/** What the archive holds: totals, and its studies, the newest received first. */
@customElement('console-archive-page')
export class ArchivePage extends LitElement {
  static readonly tag = 'console-archive-page';
  static override styles = [sharedStyles, pageStyles, archivePageStyles];

  @property({attribute: false}) services: Services | null = null;
  @query('lit-virtualizer') private readonly list!: LitVirtualizer | null;
  readonly #studies = new StudyPages(this);
  #searchTimer: ReturnType<typeof setTimeout> | undefined;
  #indices: number[] = [];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#searchTimer);
  }

  override willUpdate(): void {
    if (this.services) this.#studies.use(this.services.archive);
    if (this.#indices.length !== this.#studies.total) {
      this.#indices = Array.from({length: this.#studies.total}, (_, index) => index);
    }
  }

  override updated(): void {
    // The rows come from pages that arrive later: their places are the same, what stands there is not.
    this.list?.requestUpdate('items');
  }

  override render(): TemplateResult | typeof nothing {
    const {services} = this;
    if (!services) return nothing;
    const arrival = services.archive.knowsArrival;
    return html`
      <h1 class="visually-hidden">${msg('Archive')}</h1>
      ${this.#renderTotals(services.language)}
      <div class="search">
        ${icon('search')}
        <input
          type="search"
          aria-label=${msg('Search the archive')}
          placeholder=${arrival ? msg('Patient, ID or description') : msg('Patient name or ID')}
          @input=${this.#onSearch}
        />
      </div>
      <div
        class="table ${arrival ? '' : 'without-arrival'}"
        role="table"
        aria-label=${msg('Studies')}
        aria-rowcount=${this.#studies.more ? -1 : this.#studies.total + 1}
      >
        <div role="rowgroup">
          <div class="row head" role="row" aria-rowindex="1">
            ${
              arrival
                ? html`<span role="columnheader" aria-sort="descending" class="received sorted"
                    >${msg('Received')}${icon('arrow-down', 12)}</span
                  >`
                : nothing
            }
            <span role="columnheader" class="patient">${msg('Patient')}</span>
            <span role="columnheader" class="id">${msg('Patient ID')}</span>
            <span role="columnheader" class="date">${msg('Study date')}</span>
            <span role="columnheader" class="modality">${msg('Modality')}</span>
            <span role="columnheader" class="description">${msg('Description')}</span>
            <span role="columnheader" class="instances">${msg('Instances')}</span>
          </div>
        </div>
        ${this.#studies.total === 0 ? nothing : this.#renderList(services, arrival)}
      </div>
      ${this.#studies.total === 0 ? this.#renderNone() : nothing}
    `;
  }

  #renderTotals(language: string): TemplateResult | typeof nothing {
    const {totals} = this.#studies;
    if (!totals) return nothing;
    const figures = [
      [formatCount(totals.patients, language), msg('patients')],
      [formatCount(totals.studies, language), msg('studies')],
      [formatCount(totals.instances, language), msg('instances')],
      [formatBytes(totals.bytes, language), msg('held')],
    ] as const;
    return html`<dl class="totals">
      ${figures.map(
        ([figure, name]) =>
          html`<div>
            <dt class="secondary">${name}</dt>
            <dd>${figure}</dd>
          </div>`,
      )}
    </dl>`;
  }

  #renderList(services: Services, arrival: boolean): TemplateResult {
    return html`<lit-virtualizer
      role="rowgroup"
      tabindex="0"
      scroller
      aria-label=${msg('Studies')}
      .items=${this.#indices}
      .renderItem=${(index: number) => this.#renderRow(services, index, arrival)}
      @rangeChanged=${(event: RangeChangedEvent) => this.#studies.setInView(event.first, event.last)}
    ></lit-virtualizer>`;
  }

  #renderRow({language}: Services, index: number, arrival: boolean): TemplateResult {
    const study = this.#studies.at(index);
    const rowIndex = index + 2;
    if (!study) {
      return html`<div class="row" role="row" aria-rowindex=${rowIndex}>
        <span role="cell" class="patient secondary">…</span>
      </div>`;
    }
    const instances = study.instances === null ? '' : formatCount(study.instances, language);
    return html`<div class="row" role="row" aria-rowindex=${rowIndex}>
      ${
        arrival
          ? html`<span role="cell" class="received secondary"
              >${study.receivedAt === null ? '' : formatMoment(study.receivedAt, language)}</span
            >`
          : nothing
      }
      <span role="cell" class="patient">${study.patientName || msg('No name')}</span>
      <span role="cell" class="id">${study.patientId}</span>
      <span role="cell" class="date">${formatDicomDate(study.studyDate, language)}</span>
      <span role="cell" class="modality">${study.modalities.join(', ')}</span>
      <span role="cell" class="description" data-modality=${study.modalities.join(', ') || nothing}
        >${study.description}</span
      >
      <span role="cell" class="instances">${instances}</span>
    </div>`;
  }

  #renderNone(): TemplateResult {
    const {state, search} = this.#studies;
    if (state === 'loading') return html`<p class="none secondary">${msg('Asking the archive…')}</p>`;
    if (state === 'unreachable') {
      return html`<p class="none">
        ${msg('The archive cannot be reached. The list comes by itself when it answers.')}
      </p>`;
    }
    if (state === 'refused') {
      return html`<div class="none">
        <p>${msg('The archive does not accept this session.')}</p>
        <console-button
          .label=${msg('Sign in again')}
          @click=${() => this.dispatchEvent(new CommandEvent('console.signIn'))}
        ></console-button>
      </div>`;
    }
    return html`<p class="none secondary">
      ${search === '' ? msg('The archive is empty.') : msg(str`No study matches “${search}”.`)}
    </p>`;
  }

  #onSearch(event: InputEvent): void {
    const {target} = event;
    if (!(target instanceof HTMLInputElement)) return;
    clearTimeout(this.#searchTimer);
    this.#searchTimer = setTimeout(() => {
      this.#studies.find(target.value.trim());
      this.requestUpdate();
    }, SEARCH_WAITS_MS);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'console-archive-page': ArchivePage;
  }
}
