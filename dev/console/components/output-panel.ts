import {msg} from '@lit/localize';
import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {Log} from '../model/log.js';
import {CommandEvent} from './command-event.js';
import {icon} from './icon.js';
import {Observe} from './observe.js';
import {sharedStyles} from './shared-styles.js';

/** What the console did: extensions found, activated, failed. */
@customElement('console-output-panel')
export class OutputPanel extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        height: 180px;
        background: var(--vscode-panel-background);
        border-top: 1px solid var(--vscode-panel-border);
      }
      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        height: 35px;
        padding: 0 10px 0 24px;
      }
      h2 {
        margin: 0;
        font-size: 11px;
        line-height: 22px;
        text-transform: uppercase;
        color: var(--vscode-panelTitle-activeForeground);
        border-bottom: 1px solid var(--vscode-panelTitle-activeBorder);
      }
      .lines {
        flex: 1;
        overflow: auto;
        padding: 0 24px 8px;
        font: var(--vscode-editor-font-size) / 18px var(--vscode-editor-font-family);
      }
      .lines:focus-visible {
        outline: 1px solid var(--vscode-focusBorder);
        outline-offset: -1px;
      }
      p {
        margin: 0;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      .error {
        color: var(--vscode-errorForeground);
      }
    `,
  ];

  @property({attribute: false}) log: Log | null = null;

  constructor() {
    super();
    new Observe(this, () => (this.log ? [this.log] : []));
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.log) return nothing;
    const hide = msg('Hide output');
    return html`<header>
        <h2>${msg('Output')}</h2>
        <button
          class="icon-button"
          type="button"
          aria-label=${hide}
          title=${hide}
          @click=${() => this.dispatchEvent(new CommandEvent('console.toggleOutput'))}
        >
          ${icon('chevron-down')}
        </button>
      </header>
      <div class="lines" role="log" aria-label=${msg('Output')} tabindex="0">
        ${this.log.lines.map(
          ({time, level, text}) =>
            html`<p class=${level}>
              <time datetime=${time.toJSON()}>${time.toLocaleTimeString('en-GB')}</time> ${text}
            </p>`,
        )}
      </div>`;
  }

  override updated(): void {
    const lines = this.renderRoot.querySelector('.lines');
    lines?.scrollTo({top: lines.scrollHeight});
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'console-output-panel': OutputPanel;
  }
}
