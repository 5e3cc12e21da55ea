import {msg} from '@lit/localize';
import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {customElement, property, query} from 'lit/decorators.js';
import type {Services} from '../services.js';
import {CommandEvent} from './command-event.js';
import {accountEntries, burgerEntries, consoleMenus, themeEntries} from './console-menus.js';
import {icon} from './icon.js';
import './menu-bar.js';
import type {MenuBar} from './menu-bar.js';
import './menu-button.js';
import {Observe} from './observe.js';
import {sharedStyles} from './shared-styles.js';

/** The bar at the top: menus, the title, and three buttons. Narrow, the menus fold into one. */
@customElement('console-title-bar')
export class TitleBar extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: 1fr auto 1fr;
        align-items: center;
        height: 32px;
        background: var(--vscode-titleBar-activeBackground);
        color: var(--vscode-titleBar-activeForeground);
        border-bottom: 1px solid var(--vscode-titleBar-border);
      }
      .start,
      .end {
        display: flex;
        align-items: center;
        height: 100%;
      }
      .logo {
        display: flex;
        width: 48px;
        justify-content: center;
        color: var(--vscode-textLink-foreground);
      }
      .title {
        font-size: 12px;
        line-height: 16px;
        overflow: hidden;
        white-space: nowrap;
        text-overflow: ellipsis;
      }
      .end {
        justify-content: flex-end;
        padding-right: 6px;
      }
      console-menu-button {
        height: 24px;
      }
      .burger {
        display: none;
      }
      @media (max-width: 600px) {
        :host {
          grid-template-columns: auto 1fr auto;
          height: 40px;
        }
        .logo,
        console-menu-bar,
        .output {
          display: none;
        }
        .burger {
          display: inline-flex;
          margin: 0 8px;
        }
        .title {
          font-size: 13px;
        }
      }
    `,
  ];

  @property({attribute: false}) services: Services | null = null;
  @query('console-menu-bar') private readonly menuBar!: MenuBar;

  constructor() {
    super();
    new Observe(this, () => {
      const {services} = this;
      if (!services) return [];
      const {commands, menus, views, layout, theme, connection} = services;
      return [commands, menus, views, layout, theme, connection];
    });
  }

  focusMenus(): void {
    this.menuBar.focus();
  }

  override render(): TemplateResult | typeof nothing {
    const {services} = this;
    if (!services) return nothing;
    const name = services.connection.info?.name;
    const product = msg('PACS Admin Console');
    const output = services.layout.outputOpen;
    return html`
      <div class="start">
        <span class="logo">${icon('inbox')}</span>
        <console-menu-button class="burger" label=${msg('Menu')} .entries=${burgerEntries(services)}
          >${icon('menu')}</console-menu-button
        >
        <console-menu-bar .menus=${consoleMenus(services)}></console-menu-bar>
      </div>
      <div class="title">${name ? `${name} · ${product}` : product}</div>
      <div class="end">
        <button
          class="icon-button output"
          type="button"
          aria-label=${msg('Output')}
          title=${msg('Output')}
          aria-pressed=${output}
          @click=${() => this.dispatchEvent(new CommandEvent('console.toggleOutput'))}
        >
          ${icon(output ? 'layout-panel' : 'layout-panel-off')}
        </button>
        <console-menu-button side="end" label=${msg('Theme')} .entries=${themeEntries(services)}
          >${icon('color-mode')}</console-menu-button
        >
        <console-menu-button side="end" label=${msg('Account')} .entries=${accountEntries(services)}
          >${icon('account')}</console-menu-button
        >
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'console-title-bar': TitleBar;
  }
}
