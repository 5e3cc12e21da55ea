import {msg} from '@lit/localize';
import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {Message} from '../model/messages.js';
import './button.js';
import {icon} from './icon.js';
import {sharedStyles} from './shared-styles.js';

/** A person answered a message; `action` is null where it was only put aside. */
export class MessageAnswerEvent extends Event {
  constructor(
    readonly message: Message,
    readonly action: string | null,
  ) {
    super('message-answer', {bubbles: true, composed: true});
  }
}

const ICONS = {information: 'info', warning: 'warning', error: 'error'} as const;

/** One message, floating or in the list. */
@customElement('console-message-card')
export class MessageCard extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      :host {
        display: block;
        padding: 8px 8px 10px 12px;
        background: var(--vscode-notifications-background);
        color: var(--vscode-notifications-foreground);
      }
      .line {
        display: flex;
        gap: 8px;
      }
      .text {
        flex: 1;
        min-width: 0;
        padding-top: 3px;
        overflow-wrap: anywhere;
        white-space: pre-line;
      }
      .line > vscode-icon {
        margin-top: 4px;
        --vscode-icon-foreground: var(--icon-colour);
      }
      .information {
        --icon-colour: var(--vscode-notificationsInfoIcon-foreground);
      }
      .warning {
        --icon-colour: var(--vscode-notificationsWarningIcon-foreground);
      }
      .error {
        --icon-colour: var(--vscode-notificationsErrorIcon-foreground);
      }
      .foot {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: flex-end;
        gap: 8px;
        margin-top: 8px;
        padding-right: 4px;
      }
      .source {
        flex: 1;
        padding-left: 24px;
        font-size: 12px;
      }
    `,
  ];

  @property({attribute: false}) message: Message | null = null;

  override render(): TemplateResult | typeof nothing {
    const {message} = this;
    if (!message) return nothing;
    const answer = (action: string | null) => this.dispatchEvent(new MessageAnswerEvent(message, action));
    const hasFoot = message.source !== null || message.actions.length > 0;
    return html`
      <div class="line ${message.kind}" role=${message.kind === 'error' ? 'alert' : 'status'}>
        ${icon(ICONS[message.kind])}<span class="text">${message.text}</span>
        <button
          class="icon-button"
          type="button"
          aria-label=${msg('Dismiss')}
          title=${msg('Dismiss')}
          @click=${() => answer(null)}
        >
          ${icon('close')}
        </button>
      </div>
      ${
        hasFoot
          ? html`<div class="foot">
              <span class="source secondary">${message.source ?? ''}</span>
              ${message.actions.map(
                action =>
                  html`<console-button .label=${action} @click=${() => answer(action)}></console-button>`,
              )}
            </div>`
          : nothing
      }
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'console-message-card': MessageCard;
  }
  interface HTMLElementEventMap {
    'message-answer': MessageAnswerEvent;
  }
}
