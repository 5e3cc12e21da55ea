import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {customElement, property, query, state} from 'lit/decorators.js';
import {CommandEvent} from './command-event.js';
import './console-menu.js';
import type {MenuChooseEvent, MenuLeaveEvent} from './console-menu.js';
import type {MenuEntry} from './menu-entry.js';
import {sharedStyles} from './shared-styles.js';

/** A button that opens a menu. What it shows is slotted; `label` is its name. */
@customElement('console-menu-button')
export class MenuButton extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      :host {
        position: relative;
        display: inline-flex;
        color: inherit;
      }
      button {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        height: 100%;
        width: 100%;
        padding: var(--menu-button-padding, 0 6px);
        justify-content: center;
        border-radius: var(--menu-button-radius, 5px);
        color: inherit;
        white-space: nowrap;
      }
      button:hover,
      button[aria-expanded='true'] {
        background: var(--menu-button-hover, var(--vscode-toolbar-hoverBackground));
      }
      :host([opens='down']) console-menu {
        top: calc(100% + 4px);
      }
      :host([opens='up']) console-menu {
        bottom: calc(100% + 4px);
      }
      :host([side='end']) console-menu {
        right: 0;
      }
      :host([side='start']) console-menu {
        left: 0;
      }
    `,
  ];

  @property() label = '';
  @property({attribute: false}) hint = '';
  @property({attribute: false}) entries: readonly MenuEntry[] = [];
  @property({reflect: true}) opens: 'up' | 'down' = 'down';
  @property({reflect: true}) side: 'start' | 'end' = 'start';
  @state() private openAt: 'first' | 'last' | null = null;
  @query('button') private readonly button!: HTMLButtonElement;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#setOpen(null);
  }

  override render(): TemplateResult {
    return html`<button
        type="button"
        aria-label=${this.label || nothing}
        title=${this.hint || this.label || nothing}
        aria-haspopup="menu"
        aria-expanded=${this.openAt !== null}
        @click=${() => this.#setOpen(this.openAt === null ? 'first' : null)}
        @keydown=${this.#onKeydown}
      >
        <slot></slot>
      </button>
      ${
        this.openAt === null
          ? nothing
          : html`<console-menu
              .entries=${this.entries}
              .ariaLabel=${this.label}
              .openAt=${this.openAt}
              @menu-choose=${this.#onChoose}
              @menu-leave=${this.#onLeave}
            ></console-menu>`
      }`;
  }

  override focus(): void {
    this.button.focus();
  }

  #setOpen(openAt: 'first' | 'last' | null): void {
    this.openAt = openAt;
    if (openAt === null) window.removeEventListener('pointerdown', this.#onPointerDown, true);
    else window.addEventListener('pointerdown', this.#onPointerDown, true);
  }

  readonly #onPointerDown = (event: PointerEvent) => {
    if (!event.composedPath().includes(this)) this.#setOpen(null);
  };

  #onKeydown(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    this.#setOpen(event.key === 'ArrowDown' ? 'first' : 'last');
  }

  #onChoose({entry}: MenuChooseEvent): void {
    this.#setOpen(null);
    this.button.focus();
    this.dispatchEvent(new CommandEvent(entry.command, ...(entry.args ?? [])));
  }

  #onLeave({to}: MenuLeaveEvent): void {
    if (to === 'next' || to === 'previous') return;
    this.#setOpen(null);
    if (to === 'opener') this.button.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'console-menu-button': MenuButton;
  }
}
