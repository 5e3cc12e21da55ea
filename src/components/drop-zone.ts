import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {localized, msg} from '@lit/localize';
import {icon} from './icon.js';
import {shared} from './styles.js';
import {firstInOwnTask} from './own-task.js';

/**
 * Where nothing is chosen yet: says what to do. The drop itself is heard by the panel, anywhere on it.
 *
 * @fires browse
 * @fires try-sample
 */
@localized()
@customElement('pacs-drop-zone')
export class DropZone extends firstInOwnTask(LitElement) {
  static override styles = [
    ...shared,
    css`
      :host {
        display: flex;
        flex: 1;
        flex-direction: column;
        min-height: 240px;
      }
      .zone {
        align-items: center;
        border: 1px dashed var(--control-line);
        border-radius: 6px;
        display: flex;
        flex: 1;
        flex-direction: column;
        gap: 8px;
        justify-content: center;
        padding: 16px;
        text-align: center;
      }
      h3 {
        color: var(--strong);
        font-size: 18px;
        font-weight: 600;
        line-height: 24px;
        margin-top: 8px;
      }
      p {
        max-width: 430px;
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        justify-content: center;
        padding-top: 12px;
      }
      .promise {
        align-items: center;
        display: flex;
        font-size: 12px;
        gap: 8px;
        line-height: 16px;
        padding: 12px 0;
      }
    `,
  ];

  @property({type: Boolean}) canBrowse = false;
  @property({type: Boolean}) hasSampleStick = false;

  override render(): TemplateResult {
    return html`<div class="zone">
        <span class="muted">${icon('folder-opened', 'plain', 40)}</span>
        <h3>${msg('Drop a folder here')}</h3>
        <p class="muted">
          ${msg(
            'The image folder of the old PACS, a USB stick, a CD or any folder with DICOM files. Sub-folders are included.',
          )}
        </p>
        <div class="buttons">
          <button
            type="button"
            ?disabled=${!this.canBrowse}
            aria-describedby=${this.canBrowse ? nothing : 'why'}
            @click=${() => this.dispatchEvent(new Event('browse'))}
          >
            ${msg('Browse...')}
          </button>
          ${
            this.hasSampleStick
              ? html`<button type="button" @click=${() => this.dispatchEvent(new Event('try-sample'))}>
                  ${msg('Try a sample stick')}
                </button>`
              : nothing
          }
        </div>
        ${
          this.canBrowse
            ? nothing
            : html`<p class="muted small" id="why">
                ${msg('This browser or this address has no folder picker: drop the folder instead.')}
              </p>`
        }
      </div>
      <p class="promise muted">
        ${icon('shield')} ${msg('The folder is only read. Nothing is sent until you press Start New Job.')}
      </p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pacs-drop-zone': DropZone;
  }
}
