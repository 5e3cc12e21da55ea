import {css, html, LitElement, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import {localized, msg, str} from '@lit/localize';
import type {RecentFolder} from '../job/job-snapshot.js';
import type {PlanProgress} from '../job/job-record.js';
import {folderName} from './folder-name.js';
import {formatNumber} from './format-number.js';
import {formatTimeWithSeconds} from './format-when.js';
import {icon} from './icon.js';
import {lookOf, outcomesInWords} from './outcome-words.js';
import {scrolledTableStyles} from './scrolled-table-styles.js';
import {shared} from './styles.js';
import {firstInOwnTask} from './own-task.js';

/** The folders that were done a moment ago, newest first. */
@localized()
@customElement('pacs-recent-folders')
export class RecentFolders extends firstInOwnTask(LitElement) {
  static override styles = [
    ...shared,
    scrolledTableStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
      }
      h3 {
        font-size: 13px;
        font-weight: 600;
        padding: 0 var(--gutter) 7px;
      }
      h3 .muted {
        font-weight: 400;
        margin-left: 4px;
      }
      .scroll {
        border-top: 1px solid var(--line);
        flex: 1;
        min-height: 0;
        overflow: auto;
      }
      td {
        height: 28px;
        overflow: hidden;
        padding: 0 6px;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .time {
        color: var(--muted);
        padding-left: var(--gutter);
        width: calc(66px + var(--gutter));
      }
      .files {
        width: 72px;
      }
      .outcome {
        padding-right: var(--gutter);
        width: 43%;
      }
      td .icon {
        margin-right: 7px;
        vertical-align: -3px;
      }
      tbody tr:hover {
        background: color-mix(in srgb, var(--text) 5%, transparent);
      }
      .none {
        padding: 8px var(--gutter);
      }
      @container (width < 720px) {
        .scroll {
          border: 0;
          overflow: visible;
        }
        thead {
          clip-path: inset(50%);
          position: absolute;
        }
        tbody tr {
          display: grid;
          grid-template-columns: auto 1fr auto;
          padding: 3px 0;
        }
        td {
          height: auto;
          width: auto !important;
        }
        .files {
          grid-area: 1 / 3;
          padding-right: var(--gutter);
        }
        .outcome {
          grid-area: 2 / 2 / auto / 4;
        }
      }
    `,
  ];

  @property({attribute: false}) folders: readonly RecentFolder[] = [];
  @property({attribute: false}) plan: PlanProgress = {walked: false, folders: 0, foldersDone: 0};
  @property() sourceName = '';

  override render(): TemplateResult {
    const {foldersDone, folders} = this.plan;
    return html`<h3>
        ${msg('Recent folders')}
        <span class="muted">${msg(str`${formatNumber(foldersDone)} of ${formatNumber(folders)}`)}</span>
      </h3>
      <div class="scroll" tabindex="0" role="region" aria-label=${msg('Recent folders')}>
        ${
          this.folders.length === 0
            ? html`<p class="muted none">${msg('No folder is done yet.')}</p>`
            : this.#table()
        }
      </div>`;
  }

  #table(): TemplateResult {
    return html`<table>
      <thead>
        <tr>
          <th scope="col" class="time">${msg('Time')}</th>
          <th scope="col">${msg('Folder')}</th>
          <th scope="col" class="number files">${msg('Files')}</th>
          <th scope="col" class="outcome">${msg('Outcome')}</th>
        </tr>
      </thead>
      <tbody>
        ${repeat(
          this.folders,
          folder => `${folder.at} ${folder.path}`,
          folder => this.#row(folder),
        )}
      </tbody>
    </table>`;
  }

  #row({at, path, counts, verdict, reason}: RecentFolder): TemplateResult {
    const name = folderName(path, this.sourceName);
    const look = lookOf(counts);
    const words = outcomesInWords(counts, verdict === 'succeeded' ? null : reason);
    return html`<tr>
      <td class="time">${formatTimeWithSeconds(at)}</td>
      <td title=${name}>${name}</td>
      <td class="number files">${formatNumber(counts.files)}</td>
      <td class="outcome" title=${words}>${icon(look.icon, look.tone)}${words}</td>
    </tr>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pacs-recent-folders': RecentFolders;
  }
}
