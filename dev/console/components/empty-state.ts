import {msg} from '@lit/localize';
import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {Services} from '../services.js';
import {icon} from './icon.js';
import {pageStyles, sharedStyles} from './shared-styles.js';

const SHOWN = ['console.showCommands', 'console.openSettings', 'console.toggleOutput'];

/** What stands where no tab is open: how to get on by keyboard. */
@customElement('console-empty-state')
export class EmptyState extends LitElement {
  static override styles = [
    sharedStyles,
    pageStyles,
    css`
      :host {
        display: grid;
        place-content: center;
        justify-items: center;
        gap: 24px;
        height: 100%;
      }
      dl {
        display: grid;
        grid-template-columns: auto auto;
        gap: 10px 16px;
        margin: 0;
      }
      dt {
        text-align: right;
      }
      dd {
        margin: 0;
      }
      vscode-icon {
        opacity: 0.4;
      }
    `,
  ];

  @property({attribute: false}) services: Services | null = null;

  override render(): TemplateResult | typeof nothing {
    const {services} = this;
    if (!services) return nothing;
    return html`${icon('inbox', 96)}
      <dl>
        ${SHOWN.map(
          id =>
            html`<dt class="secondary">${services.commands.find(id)?.title ?? id}</dt>
              <dd><kbd>${services.keybindings.labelFor(id) ?? ''}</kbd></dd>`,
        )}
        <dt class="secondary">${msg('Menus')}</dt>
        <dd><kbd>F10</kbd></dd>
      </dl>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'console-empty-state': EmptyState;
  }
}
