import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {icon} from './icon.js';
import type {MenuCommand, MenuEntry} from './menu-entry.js';
import {sharedStyles} from './shared-styles.js';

/** A line was chosen. */
export class MenuChooseEvent extends Event {
  constructor(readonly entry: MenuCommand) {
    super('menu-choose');
  }
}

/** The menu wants to be closed, or, in a menu bar, to give way to its neighbour. */
export class MenuLeaveEvent extends Event {
  constructor(readonly to: 'opener' | 'next' | 'previous' | 'elsewhere') {
    super('menu-leave');
  }
}

/** An open menu, by the ARIA menu pattern: arrows, Home, End, first letters, Enter, Escape. */
@customElement('console-menu')
export class ConsoleMenu extends LitElement {
  static readonly tag = 'console-menu';
  static override styles = [
    sharedStyles,
    css`
      :host {
        position: absolute;
        z-index: 30;
        display: block;
        width: max-content;
        min-width: 160px;
        max-width: min(360px, calc(100vw - 16px));
        max-height: calc(100vh - 80px);
        overflow-y: auto;
        padding: 4px;
        background: var(--vscode-menu-background);
        color: var(--vscode-menu-foreground);
        border: 1px solid var(--vscode-menu-border);
        border-radius: 5px;
        box-shadow: 0 2px 8px var(--vscode-widget-shadow);
      }
      .line {
        display: grid;
        grid-template-columns: 28px 1fr auto;
        align-items: center;
        width: 100%;
        height: 26px;
        padding-right: 12px;
        text-align: left;
        white-space: nowrap;
        border-radius: 3px;
        cursor: pointer;
      }
      .line vscode-icon {
        justify-self: center;
      }
      .title {
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .line:focus,
      .line:focus-visible {
        background: var(--vscode-menu-selectionBackground);
        color: var(--vscode-menu-selectionForeground);
        outline: 1px solid var(--vscode-menu-selectionBorder);
        outline-offset: -1px;
      }
      :host-context(.vscode-high-contrast-light) .line:focus {
        color: var(--vscode-menu-foreground);
      }
      .shortcut {
        padding-left: 24px;
      }
      .note {
        padding: 4px 12px 4px 28px;
        opacity: 0.8;
      }
      hr {
        margin: 4px 0;
        border: 0;
        border-top: 1px solid var(--vscode-menu-separatorBackground);
      }
    `,
  ];

  @property({attribute: false}) entries: readonly MenuEntry[] = [];
  @property() override ariaLabel: string | null = null;
  /** Which line has the focus when the menu opens. */
  @property({attribute: false}) openAt: 'first' | 'last' = 'first';

  override firstUpdated(): void {
    const lines = this.#lines();
    (this.openAt === 'last' ? lines.at(-1) : lines[0])?.focus();
  }

  override render(): TemplateResult {
    return html`<div role="menu" aria-label=${this.ariaLabel ?? nothing} @keydown=${this.#onKeydown}>
      ${this.entries.map(entry => this.#renderEntry(entry))}
    </div>`;
  }

  #renderEntry(entry: MenuEntry): TemplateResult {
    if (entry.kind === 'separator') return html`<hr />`;
    if (entry.kind === 'note') {
      return html`<div class="note" role="menuitem" aria-disabled="true" tabindex="-1">${entry.text}</div>`;
    }
    const {checked} = entry;
    const mark = checked ? icon('check') : entry.icon ? icon(entry.icon) : html`<span></span>`;
    return html`<button
      class="line"
      type="button"
      role=${checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
      aria-checked=${checked ?? nothing}
      tabindex="-1"
      @click=${() => this.dispatchEvent(new MenuChooseEvent(entry))}
      @pointermove=${this.#onPointerMove}
    >
      ${mark}<span class="title">${entry.title}</span
      >${entry.shortcut ? html`<span class="shortcut" aria-hidden="true">${entry.shortcut}</span>` : nothing}
    </button>`;
  }

  #lines(): readonly HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('.line, .note')];
  }

  #onPointerMove(event: PointerEvent): void {
    if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus({preventScroll: true});
  }

  #onKeydown(event: KeyboardEvent): void {
    const lines = this.#lines();
    const at = lines.findIndex(line => line.matches(':focus'));
    const focus = (index: number) => lines[(index + lines.length) % lines.length]?.focus();
    switch (event.key) {
      case 'ArrowDown':
        focus(at + 1);
        break;
      case 'ArrowUp':
        focus(at < 0 ? -1 : at - 1);
        break;
      case 'Home':
        focus(0);
        break;
      case 'End':
        focus(-1);
        break;
      case 'Escape':
        this.dispatchEvent(new MenuLeaveEvent('opener'));
        break;
      case 'ArrowRight':
        this.dispatchEvent(new MenuLeaveEvent('next'));
        break;
      case 'ArrowLeft':
        this.dispatchEvent(new MenuLeaveEvent('previous'));
        break;
      case 'Tab':
        this.dispatchEvent(new MenuLeaveEvent('elsewhere'));
        return;
      default:
        if (!this.#focusByLetter(event, lines, at)) return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #focusByLetter(event: KeyboardEvent, lines: readonly HTMLElement[], at: number): boolean {
    if (event.key.length !== 1 || event.key === ' ' || event.ctrlKey || event.altKey || event.metaKey)
      return false;
    const letter = event.key.toLowerCase();
    const order = [...lines.slice(at + 1), ...lines.slice(0, at + 1)];
    const found = order.find(line => line.textContent.trim().toLowerCase().startsWith(letter));
    found?.focus();
    return found !== undefined;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'console-menu': ConsoleMenu;
  }
  interface HTMLElementEventMap {
    'menu-choose': MenuChooseEvent;
    'menu-leave': MenuLeaveEvent;
  }
}
