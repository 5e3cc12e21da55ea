import {css, html, LitElement, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {ifDefined} from 'lit/directives/if-defined.js';
import {localized, msg} from '@lit/localize';
import type {SourceView} from '../controller/migration-controller.js';
import {icon} from './icon.js';
import {shared} from './styles.js';

/**
 * The chosen source, what happens with it next, and the way to another one.
 *
 * @fires browse
 */
@localized()
@customElement('pacs-source-bar')
export class SourceBar extends LitElement {
  static override styles = [
    ...shared,
    css`
      :host {
        display: block;
      }
      .bar {
        align-items: center;
        display: flex;
        gap: 8px;
        min-height: 26px;
      }
      .name {
        flex: 1;
        overflow-wrap: anywhere;
      }
      .hint {
        align-items: flex-start;
        display: flex;
        gap: 8px;
        padding-top: 12px;
      }
      .hint .icon {
        margin-top: 1px;
      }
    `,
  ];

  @property({attribute: false}) source!: SourceView;
  @property({type: Boolean}) canBrowse = false;

  override render(): TemplateResult {
    return html`<div class="bar">
        ${icon('folder-opened')}
        <span class="name"
          ><b>${this.source.name}</b> <span class="muted">${msg('with all its sub-folders')}</span></span
        >
        <button
          type="button"
          ?disabled=${!this.canBrowse}
          title=${ifDefined(this.canBrowse ? undefined : msg('This browser or this address has no folder picker: drop the folder instead.'))}
          @click=${() => this.dispatchEvent(new Event('browse'))}
        >
          ${msg('Browse...')}
        </button>
      </div>
      <p class="hint">
        ${icon('info', 'accent')}
        <span
          >${
            this.source.forJob === null
              ? msg(
                  html`Nothing is sent until you press <b>Start New Job</b>. Then all its studies go to the
                    archive, the newest first. To take another folder, drop it here.`,
                )
              : msg(
                  html`This is the folder of the job that stopped. <b>Restart Previous Job</b> goes on from
                    the last folder added; <b>Start New Job</b> begins anew and skips what is already there.`,
                )
          }</span
        >
      </p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pacs-source-bar': SourceBar;
  }
}
