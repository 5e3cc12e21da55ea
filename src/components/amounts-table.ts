import {css, html, LitElement, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {localized, msg, str} from '@lit/localize';
import type {JobRecord} from '../job/job-record.js';
import {settled} from '../job/outcome.js';
import {formatBytes, unitOf} from './format-bytes.js';
import {formatAbout, formatNumber} from './format-number.js';
import {shared} from './styles.js';
import {firstInOwnTask} from './own-task.js';

const UNKNOWN = '–';

/** Studies, folders, files and bytes: done, left, in total. What is an estimate says so. */
@localized()
@customElement('pacs-amounts-table')
export class AmountsTable extends firstInOwnTask(LitElement) {
  static override styles = [
    ...shared,
    css`
      table {
        table-layout: fixed;
      }
      th {
        height: 25px;
      }
      tbody th {
        color: var(--text);
        font-size: 13px;
      }
      td {
        height: 25px;
      }
      tbody tr {
        border-top: 1px solid var(--line);
      }
      td:nth-child(2) {
        color: var(--strong);
        font-weight: 600;
      }
    `,
  ];

  @property({attribute: false}) record!: JobRecord;

  override render(): TemplateResult {
    return html`<table aria-label=${msg('Amounts')}>
      <thead>
        <tr>
          <td></td>
          <th scope="col" class="number">${msg('Done')}</th>
          <th scope="col" class="number">${msg('Left')}</th>
          <th scope="col" class="number">${msg('Total')}</th>
        </tr>
      </thead>
      <tbody>
        ${this.#row(msg('Studies'), this.#studies())}${this.#row(msg('Folders'), this.#folders())}
        ${this.#row(msg('Files'), this.#files())}${this.#row(msg('Bytes'), this.#bytes())}
      </tbody>
    </table>`;
  }

  #row(name: string, [done, left, total]: readonly [string, string, string]): TemplateResult {
    return html`<tr>
      <th scope="row">${name}</th>
      <td class="number">${done}</td>
      <td class="number">${left}</td>
      <td class="number">${total}</td>
    </tr>`;
  }

  #studies(): [string, string, string] {
    const {amounts, state} = this.record;
    const done = amounts.studiesDone;
    if (state.phase === 'completed') return [formatNumber(done), formatNumber(0), formatNumber(done)];
    const total = Math.max(done, amounts.studiesPlanned);
    return [formatNumber(done), formatAbout(total - done, 2), formatAbout(total)];
  }

  #folders(): [string, string, string] {
    const {plan} = this.record;
    return this.#counted(plan.foldersDone, plan.folders);
  }

  #files(): [string, string, string] {
    const {counts} = this.record;
    return this.#counted(settled(counts), counts.files);
  }

  #counted(done: number, total: number): [string, string, string] {
    if (!this.record.plan.walked) {
      return [formatNumber(done), UNKNOWN, msg(str`${formatNumber(total)} so far`)];
    }
    return [formatNumber(done), formatNumber(total - done), formatNumber(total)];
  }

  /** The bytes of files without an outcome are unknown until they are opened: taken from the average so far. */
  #bytes(): [string, string, string] {
    const {counts, amounts, plan} = this.record;
    const done = settled(counts);
    const bytes = amounts.bytesDone;
    if (plan.walked && done === counts.files) return [formatBytes(bytes), formatBytes(0), formatBytes(bytes)];
    if (!plan.walked || done === 0) return [formatBytes(bytes), UNKNOWN, UNKNOWN];
    const total = (bytes / done) * counts.files;
    const unit = unitOf(total);
    const left = formatBytes(total - bytes, unit, 2);
    return [formatBytes(bytes), msg(str`about ${left}`), msg(str`about ${formatBytes(total, unit)}`)];
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pacs-amounts-table': AmountsTable;
  }
}
