import {msg, str} from '@lit/localize';
import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import type {OpenView, ViewRegistry} from '../model/view-registry.js';
import {icon} from './icon.js';
import {Observe} from './observe.js';
import {sharedStyles} from './shared-styles.js';

/**
 * The open views, by the ARIA tabs pattern: arrows, Home and End change the view, Delete closes it. The crosses are
 * for the pointer; for everybody else there is Delete and the command Close Tab.
 */
@customElement('console-tab-strip')
export class TabStrip extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      :host {
        height: 35px;
        background: var(--vscode-editorGroupHeader-tabsBackground);
        border-bottom: 1px solid var(--vscode-editorGroupHeader-tabsBorder);
      }
      [role='tablist'] {
        display: flex;
        height: 35px;
        overflow: auto hidden;
        scrollbar-width: none;
      }
      .cell {
        position: relative;
        flex: none;
        height: 35px;
        border-right: 1px solid var(--vscode-tab-border);
        background: var(--vscode-tab-inactiveBackground);
        color: var(--vscode-tab-inactiveForeground);
      }
      .cell.active {
        background: var(--vscode-tab-activeBackground);
        color: var(--vscode-tab-activeForeground);
        box-shadow: inset 0 1px var(--vscode-tab-activeBorderTop);
      }
      [role='tab'] {
        display: flex;
        align-items: center;
        gap: 6px;
        height: 100%;
        padding: 0 10px 0 12px;
        white-space: nowrap;
        cursor: pointer;
        outline-offset: -2px;
      }
      .active [role='tab'],
      .cell:hover [role='tab'] {
        padding-right: 38px;
      }
      .cell:not(.active) [role='tab'] {
        padding-right: 10px;
      }
      .close {
        position: absolute;
        top: 6px;
        right: 6px;
        display: none;
      }
      .active .close,
      .cell:hover .close {
        display: inline-flex;
        width: 24px;
      }
      .cell:hover:not(.active) .close {
        background: var(--vscode-tab-inactiveBackground);
      }
      @media (max-width: 600px) {
        :host {
          display: none;
        }
      }
    `,
  ];

  @property({attribute: false}) views: ViewRegistry | null = null;
  #focusActive = false;

  constructor() {
    super();
    new Observe(this, () => (this.views ? [this.views] : []));
  }

  override render(): TemplateResult | typeof nothing {
    const {views} = this;
    if (!views || views.open.length === 0) return nothing;
    return html`<div role="tablist" aria-label=${msg('Open views')} @keydown=${this.#onKeydown}>
      ${repeat(
        views.open,
        ({id}) => id,
        view => this.#renderTab(views, view),
      )}
    </div>`;
  }

  override updated(): void {
    const active = this.renderRoot.querySelector<HTMLElement>('[aria-selected="true"]');
    active?.scrollIntoView({block: 'nearest', inline: 'nearest'});
    if (this.#focusActive) active?.focus();
    this.#focusActive = false;
  }

  #renderTab(views: ViewRegistry, {id, name, icon: image}: OpenView): TemplateResult {
    const active = id === views.active;
    return html`<div class="cell ${active ? 'active' : ''}" role="none">
      <div
        role="tab"
        data-view=${id}
        tabindex=${active ? 0 : -1}
        aria-selected=${active}
        aria-keyshortcuts="Delete"
        @click=${() => void views.show(id)}
        @keydown=${this.#onTabKeydown}
        @auxclick=${(event: MouseEvent) => event.button === 1 && views.hide(id)}
      >
        ${icon(image)}<span>${name}</span>
      </div>
      <button
        class="icon-button close"
        type="button"
        tabindex="-1"
        aria-hidden="true"
        title=${msg(str`Close ${name}`)}
        @click=${() => views.hide(id)}
      >
        ${icon('close')}
      </button>
    </div>`;
  }

  readonly #onTabKeydown = (event: KeyboardEvent) => {
    const id = event.currentTarget instanceof HTMLElement ? event.currentTarget.dataset.view : undefined;
    if (event.key !== 'Delete' || id === undefined) return;
    event.preventDefault();
    this.#focusActive = true;
    this.views?.hide(id);
  };

  readonly #onKeydown = (event: KeyboardEvent) => {
    const {views} = this;
    if (!views) return;
    const ids = views.open.map(({id}) => id);
    const at = ids.indexOf(views.active ?? '');
    const targets: Readonly<Record<string, number>> = {
      ArrowRight: (at + 1) % ids.length,
      ArrowLeft: (at - 1 + ids.length) % ids.length,
      Home: 0,
      End: ids.length - 1,
    };
    const target = ids[targets[event.key] ?? -1];
    if (target === undefined) return;
    event.preventDefault();
    this.#focusActive = true;
    if (target === views.active) this.requestUpdate();
    else void views.show(target);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'console-tab-strip': TabStrip;
  }
}
