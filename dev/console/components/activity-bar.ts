import {msg, str} from '@lit/localize';
import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import {CONSOLE_VIEWS} from '../console-commands.js';
import type {ViewDescription} from '../model/view-registry.js';
import type {Services} from '../services.js';
import {CommandEvent} from './command-event.js';
import {icon} from './icon.js';
import {Observe} from './observe.js';
import {sharedStyles} from './shared-styles.js';

const AT_THE_FOOT: readonly string[] = [CONSOLE_VIEWS.extensions, CONSOLE_VIEWS.settings];

/** All views as icons. An extension's first view carries the progress of its status bar item, in per cent. */
@customElement('console-activity-bar')
export class ActivityBar extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      :host {
        width: 48px;
        background: var(--vscode-activityBar-background);
        border-right: 1px solid var(--vscode-activityBar-border);
      }
      nav {
        display: flex;
        flex-direction: column;
        height: 100%;
      }
      .space {
        flex: 1;
      }
      button {
        position: relative;
        display: flex;
        align-items: center;
        justify-content: center;
        width: 47px;
        height: 48px;
        color: var(--vscode-activityBar-inactiveForeground);
      }
      button:hover,
      button[aria-current] {
        color: var(--vscode-activityBar-foreground);
      }
      button[aria-current]::before {
        content: '';
        position: absolute;
        inset: 0 auto 0 0;
        border-left: 2px solid var(--vscode-activityBar-activeBorder);
      }
      .badge {
        position: absolute;
        right: 6px;
        bottom: 8px;
        min-width: 16px;
        padding: 0 4px;
        border-radius: 8px;
        font-size: 9px;
        font-weight: 600;
        line-height: 16px;
        text-align: center;
        font-variant-numeric: tabular-nums;
        background: var(--vscode-activityBarBadge-background);
        color: var(--vscode-activityBarBadge-foreground);
        outline: 1px solid var(--vscode-contrastBorder);
      }
    `,
  ];

  @property({attribute: false}) services: Services | null = null;

  constructor() {
    super();
    new Observe(this, () => (this.services ? [this.services.views, this.services.statusBar] : []));
  }

  override render(): TemplateResult | typeof nothing {
    const {services} = this;
    if (!services) return nothing;
    const views = services.views.contributed;
    const group = (foot: boolean) =>
      repeat(
        views.filter(({id}) => AT_THE_FOOT.includes(id) === foot),
        ({id}) => id,
        view => this.#renderView(services, view),
      );
    return html`<nav aria-label=${msg('Views')}>
      ${group(false)}<span class="space"></span>${group(true)}
    </nav>`;
  }

  #renderView({views, statusBar}: Services, {id, name, icon: image, owner}: ViewDescription): TemplateResult {
    const firstOfOwner = owner !== null && views.contributed.find(view => view.owner === owner)?.id === id;
    const progress = firstOfOwner
      ? (statusBar.entries.find(entry => entry.owner === owner && entry.progress !== null)?.progress ?? null)
      : null;
    const percent = progress === null ? null : Math.floor(progress * 100);
    return html`<button
      type="button"
      aria-label=${percent === null ? name : msg(str`${name}, ${percent} per cent`)}
      title=${name}
      aria-current=${id === views.active ? 'page' : nothing}
      @click=${() => this.dispatchEvent(new CommandEvent('console.showView', id))}
    >
      ${icon(image, 24)}${percent === null ? nothing : html`<span class="badge" aria-hidden="true">${percent}</span>`}
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'console-activity-bar': ActivityBar;
  }
}
