import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {localized, msg, str} from '@lit/localize';
import type {FolderRecord, FolderVerdict} from '../job/folder-record.js';
import type {JobRecord} from '../job/job-record.js';
import {foldersCells, foldersHead, tableName} from './folder-columns.js';
import {folderName} from './folder-name.js';
import type {LoadFolders} from './folder-pages.js';
import {formatNumber} from './format-number.js';
import {formatDateTime} from './format-when.js';
import {datesInWords} from './job-facts.js';
import {stateTitle} from './state-words.js';
import './totals-equation.js';

/** Nobody reads more on paper; what is beyond is named with its number, and stands in the exports. */
const MOST_ROWS = 2000;

export interface PrintedTable {
  readonly verdict: FolderVerdict;
  readonly rows: readonly FolderRecord[];
  readonly total: number;
}

/** While the document prints, nothing but the report is there, whatever console the panel stands in. */
const PAGE_STYLE = `
  @media screen { pacs-printed-report { display: none !important; } }
  @media print {
    html, body { background: #fff !important; height: auto !important; overflow: visible !important; display: block !important; }
    body > :not(pacs-printed-report) { display: none !important; }
  }
  @page { margin: 16mm; }
`;

/** The report as a document of its own: black on white, whole tables, lines to sign on. */
@localized()
@customElement('pacs-printed-report')
export class PrintedReport extends LitElement {
  static override styles = css`
    :host {
      --text: #000;
      --strong: #000;
      --ground: #fff;
      --muted: #333;
      --line: #999;
      color: #000;
      color-scheme: only light;
      display: block;
      font:
        10pt/1.4 system-ui,
        sans-serif;
      font-variant-numeric: tabular-nums;
    }
    h1 {
      font-size: 16pt;
      margin: 0 0 4pt;
    }
    h2 {
      break-after: avoid;
      font-size: 11pt;
      margin: 14pt 0 4pt;
    }
    p {
      margin: 0 0 8pt;
    }
    dl {
      display: grid;
      gap: 1pt 10pt;
      grid-template-columns: max-content 1fr;
      margin: 0 0 10pt;
    }
    dd {
      margin: 0;
    }
    table {
      border-collapse: collapse;
      width: 100%;
    }
    tr {
      break-inside: avoid;
    }
    th,
    td {
      border-bottom: 0.5pt solid #999;
      font-weight: 400;
      overflow-wrap: anywhere;
      padding: 2pt 4pt;
      text-align: left;
      vertical-align: top;
    }
    th {
      font-size: 8pt;
      font-weight: 700;
    }
    .number {
      text-align: right;
      white-space: nowrap;
    }
    .reason .small {
      display: block;
      font-size: 8.5pt;
    }
    svg {
      display: none;
    }
    .signature {
      break-inside: avoid;
      display: grid;
      gap: 24pt;
      grid-template-columns: 1fr 1fr 2fr;
      margin-top: 40pt;
    }
    .signature span {
      border-top: 0.5pt solid #000;
      padding-top: 2pt;
    }
  `;

  @property({attribute: false}) record!: JobRecord;
  @property({attribute: false}) tables: readonly PrintedTable[] = [];
  @property({type: Boolean}) hideNames = false;
  @property({type: Number}) printedAt = 0;

  override render(): TemplateResult {
    const {record} = this;
    const {studies, asked} = record.verified;
    const end = record.endedAt === null ? msg('not ended yet') : formatDateTime(record.endedAt);
    return html`<h1>${msg('Migration Report')}</h1>
      <p>${stateTitle(record.state)}. ${msg(str`Printed ${formatDateTime(this.printedAt)}.`)}</p>
      <dl>
        <dt>${msg('Archive')}</dt>
        <dd>${record.destination.name}</dd>
        <dt>${msg('Source')}</dt>
        <dd>${this.hideNames ? msg('left out') : record.source.name}</dd>
        <dt>${msg('Started')}</dt>
        <dd>${formatDateTime(record.createdAt)}</dd>
        <dt>${msg('Ended')}</dt>
        <dd>${end}</dd>
        <dt>${msg('Dates')}</dt>
        <dd>${datesInWords(record.options.dates)}</dd>
        <dt>${msg('Verified')}</dt>
        <dd>
          ${msg(str`${formatNumber(studies)} of ${formatNumber(asked)} studies complete on the archive`)}
        </dd>
      </dl>
      <pacs-totals-equation .counts=${record.counts}></pacs-totals-equation>
      ${this.tables.map(table => this.#table(table))}
      <div class="signature">
        <span>${msg('Place')}</span><span>${msg('Date')}</span><span>${msg('Name and signature')}</span>
      </div>`;
  }

  #table({verdict, rows, total}: PrintedTable): TemplateResult | typeof nothing {
    if (verdict === 'skipped' && total === 0) return nothing;
    const linked = this.record.options.transfer === 'link';
    const more = total - rows.length;
    return html`<h2>${tableName(verdict)} (${formatNumber(total)})</h2>
      ${
        total === 0
          ? html`<p>${msg('None')}</p>`
          : html`<table>
              <thead>
                <tr>
                  ${foldersHead(verdict, linked)}
                </tr>
              </thead>
              <tbody>
                ${rows.map(
                  (folder, index) =>
                    html`<tr>
                      <td class="number">${formatNumber(index + 1)}</td>
                      <td>
                        ${this.hideNames ? msg('left out') : folderName(folder.path, this.record.source.name)}
                      </td>
                      ${foldersCells(verdict, folder, linked)}
                    </tr>`,
                )}
              </tbody>
            </table>`
      }
      ${more > 0 ? html`<p>${msg(str`and ${formatNumber(more)} more: see the exported report.`)}</p>` : nothing}`;
  }
}

/** Resolves with false where the rows cannot be read; else when the browser's print dialog is left. */
export async function printReport(
  record: JobRecord,
  loaders: Readonly<Record<FolderVerdict, LoadFolders>>,
  hideNames: boolean,
): Promise<boolean> {
  const tables: PrintedTable[] = [];
  try {
    for (const verdict of ['failed', 'succeeded', 'skipped'] as const) {
      tables.push({verdict, ...(await loaders[verdict](0, MOST_ROWS))});
    }
  } catch {
    return false;
  }
  const printed = new PrintedReport();
  Object.assign(printed, {record, tables, hideNames, printedAt: Date.now()});
  const style = new CSSStyleSheet();
  style.replaceSync(PAGE_STYLE);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, style];
  document.body.append(printed);
  await printed.updateComplete;
  window.print();
  printed.remove();
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter(sheet => sheet !== style);
  return true;
}

declare global {
  interface HTMLElementTagNameMap {
    'pacs-printed-report': PrintedReport;
  }
}
