import {css, html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {customElement, property, query, state} from 'lit/decorators.js';
import {localized, msg, str} from '@lit/localize';
import type {ReportFormat} from '../controller/migration-controller.js';
import {isActive} from '../job/state-machine.js';
import type {FolderRecord, FolderVerdict} from '../job/folder-record.js';
import type {JobRecord} from '../job/job-record.js';
import type {OutcomeGroup, Page} from '../job/ports/checkpoint-store.js';
import {download, reportFileName} from './download.js';
import './folder-table.js';
import type {LoadFolders} from './folder-pages.js';
import {formatNumber} from './format-number.js';
import {formatDateTime} from './format-when.js';
import {icon} from './icon.js';
import {printReport} from './printed-report.js';
import {lookOfState, stateTitle} from './state-words.js';
import {shared} from './styles.js';
import './totals-equation.js';

/** Where the report gets its rows and files from; the panel passes the controller's own methods. */
export interface ReportSource {
  folders(jobId: string, verdict: FolderVerdict, offset: number, limit: number): Promise<Page<FolderRecord>>;
  outcomesOfFolder(jobId: string, folder: string): Promise<readonly OutcomeGroup[]>;
  exportReport(jobId: string, format: ReportFormat, withoutPatientData: boolean): Promise<Blob | null>;
}

const VERDICTS: readonly FolderVerdict[] = ['failed', 'succeeded', 'skipped'];

/**
 * The report of one job, live while it runs.
 *
 * @fires back
 */
@localized()
@customElement('pacs-migration-report')
export class MigrationReport extends LitElement {
  static override styles = [
    ...shared,
    css`
      :host,
      .report {
        display: flex;
        flex: 1;
        flex-direction: column;
        min-height: 0;
      }
      .head {
        padding: 16px var(--gutter) 10px;
      }
      .title {
        align-items: center;
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
      h1 {
        color: var(--strong);
        flex: 1;
        font-size: 20px;
        font-weight: 600;
        line-height: 28px;
        margin-left: 4px;
        outline: none;
      }
      .title .quiet {
        margin-left: -8px;
        padding: 0 7px;
      }
      .switch {
        align-items: center;
        display: flex;
        gap: 10px;
        margin-right: 8px;
      }
      .state,
      .verified,
      .fault {
        align-items: flex-start;
        display: flex;
        gap: 8px;
      }
      .state {
        padding: 2px 0 10px;
      }
      .state .icon,
      .verified .icon,
      .fault .icon {
        margin-top: 1px;
      }
      .verified,
      .fault {
        padding-top: 8px;
      }
      @container (width < 720px) {
        h1 {
          flex-basis: calc(100% - 48px);
        }
        .state {
          padding-top: 8px;
        }
      }
      .tables {
        border-top: 1px solid var(--line);
        display: flex;
        flex: 1;
        flex-direction: column;
        gap: 14px;
        margin: 0;
        min-height: 360px;
        padding-top: 12px;
      }
      pacs-folder-table.failed,
      pacs-folder-table.skipped {
        flex: 0 1 auto;
        max-height: 40%;
      }
      pacs-folder-table.succeeded {
        flex: 1 1 160px;
        min-height: 130px;
      }
    `,
  ];

  @property({attribute: false}) record!: JobRecord;
  @property({attribute: false}) source!: ReportSource;

  @state() private withoutPatientData = false;
  @state() private exporting: ReportFormat | null = null;
  @state() private fault = '';
  @query('h1') private readonly heading!: HTMLElement | null;
  #loaders: (Readonly<Record<FolderVerdict, LoadFolders>> & {readonly jobId: string}) | null = null;

  focusHeading(): void {
    this.heading?.focus();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const {source} = this;
    const jobId = this.record.id;
    if (this.#loaders?.jobId === jobId && !changed.has('source')) return;
    const loader =
      (verdict: FolderVerdict): LoadFolders =>
      (offset, limit) =>
        source.folders(jobId, verdict, offset, limit);
    this.#loaders = {
      jobId,
      failed: loader('failed'),
      succeeded: loader('succeeded'),
      skipped: loader('skipped'),
    };
    this.fault = '';
  }

  override render(): TemplateResult {
    return html`<div class="report" role="region" aria-labelledby="title">
      <div class="head">
        <div class="title">
          <button
            type="button"
            class="quiet"
            aria-label=${msg('Back to the job')}
            @click=${() => this.dispatchEvent(new Event('back'))}
          >
            ${icon('arrow-left')}
          </button>
          <h1 id="title" tabindex="-1">${msg('Migration Report')}</h1>
          ${this.#controls()}
        </div>
        ${this.#state()}
        <pacs-totals-equation .counts=${this.record.counts}></pacs-totals-equation>
        ${this.#verified()}
        ${
          this.fault === ''
            ? nothing
            : html`<p class="fault" role="alert">${icon('error', 'bad')}<span>${this.fault}</span></p>`
        }
      </div>
      <div class="tables">${VERDICTS.map(verdict => this.#table(verdict))}</div>
    </div>`;
  }

  #controls(): TemplateResult {
    const exportButton = (format: ReportFormat, label: string): TemplateResult =>
      html`<button type="button" ?disabled=${this.exporting !== null} @click=${() => this.#export(format)}>
        ${label}
      </button>`;
    return html`<label class="switch"
        ><input
          type="checkbox"
          role="switch"
          aria-checked=${this.withoutPatientData ? 'true' : 'false'}
          .checked=${this.withoutPatientData}
          @change=${(event: Event) => (this.withoutPatientData = (event.target as HTMLInputElement).checked)}
        />${msg('Without patient data')}</label
      >
      ${exportButton('csv', msg('Export CSV'))} ${exportButton('json', msg('Export JSON'))}
      <button type="button" @click=${() => this.#print()}>${msg('Print')}</button>`;
  }

  #state(): TemplateResult {
    const {record} = this;
    const look = lookOfState(record.state);
    const from = formatDateTime(record.createdAt);
    const period =
      record.endedAt === null
        ? msg(str`since ${from}`)
        : msg(str`${from} to ${formatDateTime(record.endedAt)}`);
    const source = this.withoutPatientData ? msg('source left out') : record.source.name;
    return html`<p class="state">
      ${icon(look.icon === 'pass-filled' ? 'pass' : look.icon, look.tone)}
      <span
        ><b>${stateTitle(record.state)}</b>
        <span class="muted">${source} → ${record.destination.name} · ${period}</span></span
      >
    </p>`;
  }

  #verified(): TemplateResult {
    const {studies, asked} = this.record.verified;
    const missing = asked - studies;
    if (!this.record.options.verify) {
      return html`<p class="verified muted">
        ${icon('verified')}<span>${msg('Not verified: verification was switched off for this job.')}</span>
      </p>`;
    }
    const text =
      asked === 0
        ? isActive(this.record.state)
          ? msg('No study has been verified yet.')
          : msg('Nothing was sent, so there was nothing to verify.')
        : msg(
            html`Verified: <b>${formatNumber(studies)} of ${formatNumber(asked)} studies</b> are complete on
              the archive.`,
          );
    return html`<p class="verified">
      ${icon(missing > 0 ? 'warning' : 'verified', missing > 0 ? 'warning' : 'plain')}
      <span>${text} ${missing > 0 ? msg('What is missing is counted under failed.') : nothing}</span>
    </p>`;
  }

  #table(verdict: FolderVerdict): TemplateResult {
    const {record} = this;
    const {foldersDone} = record.plan;
    return html`<pacs-folder-table
      class=${verdict}
      .verdict=${verdict}
      .load=${this.#loaders?.[verdict] ?? null}
      .loadFiles=${(folder: string) => this.source.outcomesOfFolder(this.record.id, folder)}
      .revision=${`${foldersDone} ${record.counts.failed} ${record.verified.asked} ${record.state.phase}`}
      .sourceName=${record.source.name}
      .linked=${record.options.transfer === 'link'}
      .hideNames=${this.withoutPatientData}
      .hideEmpty=${verdict === 'skipped'}
    ></pacs-folder-table>`;
  }

  async #export(format: ReportFormat): Promise<void> {
    this.exporting = format;
    this.fault = '';
    const {record} = this;
    try {
      const content = await this.source.exportReport(record.id, format, this.withoutPatientData);
      if (content) download(content, reportFileName(record.createdAt, format));
      else this.fault = msg('The report could not be written. Try again when the job is at rest.');
    } finally {
      this.exporting = null;
    }
  }

  async #print(): Promise<void> {
    this.fault = '';
    if (!this.#loaders) return;
    const printed = await printReport(this.record, this.#loaders, this.withoutPatientData);
    if (!printed) this.fault = msg('The report cannot be read now. Try again in a moment.');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pacs-migration-report': MigrationReport;
  }
}
