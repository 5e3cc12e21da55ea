import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {localized, msg, str} from '@lit/localize';
import type {ArchiveView} from '../controller/migration-controller.js';
import {formatBytes} from './format-bytes.js';
import {icon} from './icon.js';
import {railSection} from './rail-styles.js';
import {shared} from './styles.js';
import {firstInOwnTask} from './own-task.js';

/** The archive that receives: its image folder, as it says itself, and its free space. */
@localized()
@customElement('pacs-archive-facts')
export class ArchiveFacts extends firstInOwnTask(LitElement) {
  static override styles = [
    ...shared,
    railSection,
    css`
      .folder {
        align-items: center;
        border: 1px dashed var(--control-line);
        border-radius: 4px;
        display: flex;
        gap: 7px;
        margin: 4px 0 5px;
        min-height: 26px;
        padding: 3px 7px;
      }
      code {
        font-size: 12px;
        line-height: 16px;
        overflow-wrap: anywhere;
      }
      .away {
        align-items: flex-start;
        display: flex;
        gap: 8px;
        padding-top: 4px;
      }
    `,
  ];

  @property({attribute: false}) archive!: ArchiveView;

  override render(): TemplateResult {
    const {imageFolder, freeBytes, reachable} = this.archive;
    const free = freeBytes === null ? '' : `${msg(str`${formatBytes(freeBytes)} free.`)} `;
    return html`<section>
      <h2 class="label">${msg('Archive')}</h2>
      <p class="muted small">${msg('Image folder of the archive')}</p>
      <p class="folder">
        ${icon('lock')}
        ${
          imageFolder === null
            ? html`<span class="muted small"
                >${reachable === 'asking' ? msg('Asking the archive') : msg('Not told by the archive')}</span
              >`
            : html`<code>${imageFolder}</code>`
        }
      </p>
      <p class="muted small">${free}${msg('The folder is set in the archive.')}</p>
      ${
        reachable === 'no'
          ? html`<p class="away small">
              ${icon('warning', 'warning')}
              <span
                >${msg('The archive does not answer. A job can be started: it waits until the archive is back.')}</span
              >
            </p>`
          : nothing
      }
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pacs-archive-facts': ArchiveFacts;
  }
}
