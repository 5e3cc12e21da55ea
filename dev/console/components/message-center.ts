import {msg} from '@lit/localize';
import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import type {Message} from '../model/messages.js';
import type {Services} from '../services.js';
import {icon} from './icon.js';
import './message-card.js';
import type {MessageAnswerEvent} from './message-card.js';
import {Observe} from './observe.js';
import {sharedStyles} from './shared-styles.js';

const FLOATS_MS = 10_000;
const MOST_FLOATING = 3;

/** Messages at the lower right: the newest float, all stand in the list that the bell opens. */
@customElement('console-message-center')
export class MessageCenter extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      :host {
        position: absolute;
        right: 8px;
        bottom: 30px;
        z-index: 20;
        width: min(420px, calc(100vw - 16px));
      }
      .floating {
        display: flex;
        flex-direction: column-reverse;
        gap: 6px;
      }
      .floating > * {
        border: 1px solid var(--vscode-notificationToast-border);
        border-radius: 5px;
        overflow: hidden;
        box-shadow: 0 2px 8px var(--vscode-widget-shadow);
      }
      .list {
        border: 1px solid var(--vscode-notificationCenter-border);
        border-radius: 5px;
        overflow: hidden;
        background: var(--vscode-notifications-background);
        box-shadow: 0 2px 8px var(--vscode-widget-shadow);
      }
      header {
        display: flex;
        align-items: center;
        gap: 2px;
        height: 34px;
        padding: 0 8px 0 12px;
        background: var(--vscode-notificationCenterHeader-background);
        color: var(--vscode-notificationCenterHeader-foreground);
      }
      h2 {
        flex: 1;
        margin: 0;
        font-size: 11px;
        line-height: 22px;
        text-transform: uppercase;
      }
      .scroll {
        max-height: min(420px, calc(100vh - 160px));
        overflow-y: auto;
      }
      .scroll > * {
        border-top: 1px solid var(--vscode-notifications-border);
      }
    `,
  ];

  @property({attribute: false}) services: Services | null = null;
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();

  constructor() {
    super();
    new Observe(this, () => (this.services ? [this.services.messages, this.services.layout] : []));
    this.addEventListener('message-answer', event => this.#onAnswer(event));
    this.addEventListener('pointerenter', () => this.#stopTimers());
    this.addEventListener('pointerleave', () => this.#startTimers());
    this.addEventListener('focusin', () => this.#stopTimers());
    this.addEventListener('focusout', () => this.#startTimers());
    this.addEventListener('keydown', event => this.#onKeydown(event));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopTimers();
  }

  override render(): TemplateResult | typeof nothing {
    const {services} = this;
    if (!services) return nothing;
    if (services.layout.overlay === 'messages') return this.#renderList(services);
    return html`<div class="floating">${this.#cards(this.#floating(services))}</div>`;
  }

  override updated(): void {
    this.#startTimers();
  }

  #renderList({messages}: Services): TemplateResult {
    return html`<section class="list" aria-label=${msg('Messages')}>
      <header>
        <h2>${messages.all.length === 0 ? msg('No messages') : msg('Messages')}</h2>
        <button
          class="icon-button"
          type="button"
          aria-label=${msg('Clear all messages')}
          title=${msg('Clear all messages')}
          @click=${() => messages.clear()}
        >
          ${icon('clear-all')}
        </button>
        <button
          class="icon-button"
          type="button"
          aria-label=${msg('Hide messages')}
          title=${msg('Hide messages')}
          @click=${() => this.services?.layout.setOverlay(null)}
        >
          ${icon('chevron-down')}
        </button>
      </header>
      <div class="scroll">${this.#cards(messages.all)}</div>
    </section>`;
  }

  #cards(messages: readonly Message[]) {
    return repeat(
      messages,
      ({id}) => id,
      message => html`<console-message-card .message=${message}></console-message-card>`,
    );
  }

  #floating({messages}: Services): readonly Message[] {
    return messages.all.filter(({floating}) => floating).slice(0, MOST_FLOATING);
  }

  /** Questions float until they are answered; the rest goes behind the bell after a while, unless it is pointed at. */
  #startTimers(): void {
    const {services} = this;
    if (!services || services.layout.overlay === 'messages') return;
    for (const {id, actions} of this.#floating(services)) {
      if (actions.length > 0 || this.#timers.has(id)) continue;
      const away = () => {
        this.#timers.delete(id);
        services.messages.putAway(id);
      };
      this.#timers.set(id, setTimeout(away, FLOATS_MS));
    }
  }

  #stopTimers(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #onAnswer({message, action}: MessageAnswerEvent): void {
    const messages = this.services?.messages;
    if (action === null) messages?.dismiss(message.id);
    else messages?.choose(message.id, action);
  }

  #onKeydown(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.services?.layout.setOverlay(null);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'console-message-center': MessageCenter;
  }
}
