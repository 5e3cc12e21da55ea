import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {msg} from '@lit/localize';
import {CommandEvent} from './command-event.js';
import './console-menu.js';
import type {MenuChooseEvent, MenuLeaveEvent} from './console-menu.js';
import type {Menu} from './menu-entry.js';
import {sharedStyles} from './shared-styles.js';

/** The menus of the title bar, by the ARIA menu bar pattern. One tab stop; F10 comes here from anywhere. */
@customElement('console-menu-bar')
export class MenuBar extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      :host {
        display: flex;
      }
      [role='menubar'] {
        display: flex;
        height: 100%;
      }
      .cell {
        position: relative;
        display: flex;
        align-items: center;
      }
      button {
        height: 22px;
        padding: 0 8px;
        border-radius: 5px;
      }
      button:hover,
      button[aria-expanded='true'] {
        background: var(--vscode-menubar-selectionBackground);
        color: var(--vscode-menubar-selectionForeground);
        outline: 1px solid var(--vscode-menubar-selectionBorder);
        outline-offset: -1px;
      }
      button:focus-visible {
        outline: 1px solid var(--vscode-focusBorder);
      }
      console-menu {
        top: 100%;
        left: 0;
      }
    `,
  ];

  @property({attribute: false}) menus: readonly Menu[] = [];
  @state() private current = 0;
  @state() private openAt: 'first' | 'last' | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#close();
  }

  override render(): TemplateResult {
    return html`<div role="menubar" aria-label=${msg('Menus')} @keydown=${this.#onKeydown}>
      ${this.menus.map((menu, index) => this.#renderMenu(menu, index))}
    </div>`;
  }

  override focus(): void {
    this.#focusButton(this.current);
  }

  #renderMenu(menu: Menu, index: number): TemplateResult {
    const open = this.openAt !== null && index === this.current;
    return html`<div class="cell" role="none">
      <button
        type="button"
        role="menuitem"
        aria-haspopup="menu"
        aria-expanded=${open}
        tabindex=${index === this.current ? 0 : -1}
        @click=${() => this.#onClick(index, open)}
        @pointerenter=${() => this.openAt !== null && index !== this.current && this.#open(index, 'first')}
        @focus=${() => (this.current = index)}
      >
        ${menu.title}
      </button>
      ${
        open
          ? html`<console-menu
              .entries=${menu.entries}
              .ariaLabel=${menu.title}
              .openAt=${this.openAt ?? 'first'}
              @menu-choose=${this.#onChoose}
              @menu-leave=${this.#onLeave}
            ></console-menu>`
          : nothing
      }
    </div>`;
  }

  #onClick(index: number, open: boolean): void {
    if (open) this.#close();
    else this.#open(index, 'first');
  }

  #open(index: number, openAt: 'first' | 'last'): void {
    this.current = index;
    this.openAt = openAt;
    window.addEventListener('pointerdown', this.#onPointerDown, true);
  }

  #close(): void {
    this.openAt = null;
    window.removeEventListener('pointerdown', this.#onPointerDown, true);
  }

  readonly #onPointerDown = (event: PointerEvent) => {
    if (!event.composedPath().includes(this)) this.#close();
  };

  #onKeydown(event: KeyboardEvent): void {
    const last = this.menus.length - 1;
    switch (event.key) {
      case 'ArrowRight':
        this.#focusButton(this.current === last ? 0 : this.current + 1);
        break;
      case 'ArrowLeft':
        this.#focusButton(this.current === 0 ? last : this.current - 1);
        break;
      case 'Home':
        this.#focusButton(0);
        break;
      case 'End':
        this.#focusButton(last);
        break;
      case 'ArrowDown':
        this.#open(this.current, 'first');
        break;
      case 'ArrowUp':
        this.#open(this.current, 'last');
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  #focusButton(index: number): void {
    this.current = index;
    this.renderRoot.querySelectorAll<HTMLElement>('.cell > button')[index]?.focus();
  }

  #onChoose({entry}: MenuChooseEvent): void {
    this.#close();
    this.#focusButton(this.current);
    this.dispatchEvent(new CommandEvent(entry.command, ...(entry.args ?? [])));
  }

  #onLeave({to}: MenuLeaveEvent): void {
    if (to === 'next' || to === 'previous') {
      const step = to === 'next' ? 1 : -1;
      this.#open((this.current + step + this.menus.length) % this.menus.length, 'first');
      return;
    }
    this.#close();
    if (to === 'opener') this.#focusButton(this.current);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'console-menu-bar': MenuBar;
  }
}
