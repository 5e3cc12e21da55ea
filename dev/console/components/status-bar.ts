import {msg, str} from '@lit/localize';
import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import type {ConnectionState} from '../model/connection.js';
import type {StatusEntry} from '../model/status-bar-model.js';
import type {Services} from '../services.js';
import {CommandEvent} from './command-event.js';
import {icon} from './icon.js';
import type {MenuEntry} from './menu-entry.js';
import './menu-button.js';
import {Observe} from './observe.js';
import {sharedStyles} from './shared-styles.js';

const CONNECTION: Readonly<
  Record<ConnectionState, {icon: string; text: () => string; command: string | null}>
> = {
  'asking': {icon: 'ellipsis', text: () => msg('Connecting'), command: null},
  'connected': {icon: 'check', text: () => msg('Connected'), command: null},
  'sign-in': {icon: 'lock', text: () => msg('Signed out'), command: 'console.signIn'},
  'unreachable': {icon: 'debug-disconnect', text: () => msg('Not reachable'), command: null},
};

/** The bar at the foot: the archive, whether it answers, the items of extensions, and the bell. */
@customElement('console-status-bar')
export class StatusBar extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      :host {
        display: flex;
        height: 22px;
        font-size: 12px;
        line-height: 16px;
        background: var(--vscode-statusBar-background);
        color: var(--vscode-statusBar-foreground);
        border-top: 1px solid var(--vscode-statusBar-border);
        --menu-button-radius: 0;
        --menu-button-padding: 0 8px;
        --menu-button-hover: var(--vscode-statusBarItem-hoverBackground);
        font-variant-numeric: tabular-nums;
      }
      .item {
        display: inline-flex;
        align-items: center;
        gap: 5px;
        padding: 0 8px;
        white-space: nowrap;
      }
      button.item:hover {
        background: var(--vscode-statusBarItem-hoverBackground);
      }
      .archive {
        padding: 0 10px;
        background: var(--vscode-statusBarItem-remoteBackground);
        color: var(--vscode-statusBarItem-remoteForeground);
      }
      button.archive:hover {
        background: var(--vscode-statusBarItem-remoteBackground);
        text-decoration: underline;
      }
      .space {
        flex: 1;
      }
      .bar {
        width: 64px;
        height: 4px;
        border-radius: 2px;
        background: color-mix(in srgb, var(--vscode-statusBar-foreground) 25%, transparent);
        overflow: hidden;
      }
      .bar > i {
        display: block;
        height: 100%;
        background: var(--vscode-progressBar-background);
        transition: width 100ms linear;
      }
      @media (prefers-reduced-motion: reduce) {
        .bar > i {
          transition: none;
        }
      }
      @media (max-width: 600px) {
        .connection,
        .bar {
          display: none;
        }
      }
    `,
  ];

  @property({attribute: false}) services: Services | null = null;

  constructor() {
    super();
    new Observe(this, () => {
      const {services} = this;
      return services ? [services.statusBar, services.messages, services.connection, services.commands] : [];
    });
  }

  override render(): TemplateResult | typeof nothing {
    const {services} = this;
    if (!services) return nothing;
    const {connection, messages, statusBar} = services;
    const state = CONNECTION[connection.state];
    const count = messages.all.length;
    return html`
      <button
        class="item archive"
        type="button"
        title=${msg('What the archive holds')}
        @click=${() => this.#run('console.openArchive')}
      >
        ${icon('server', 14)}${connection.info?.name ?? msg('Archive')}
      </button>
      ${
        state.command === null
          ? html`<span class="item connection">${icon(state.icon, 14)}${state.text()}</span>`
          : html`<button class="item connection" type="button" @click=${() => this.#run(state.command ?? '')}>
              ${icon(state.icon, 14)}${state.text()}
            </button>`
      }
      <span class="space"></span>
      ${repeat(
        statusBar.entries,
        ({owner, id}) => `${owner ?? ''} ${id}`,
        entry => this.#renderEntry(services, entry),
      )}
      <button
        class="item"
        type="button"
        aria-label=${count === 0 ? msg('No messages') : msg(str`Messages: ${count}`)}
        title=${count === 0 ? msg('No messages') : msg(str`Messages: ${count}`)}
        @click=${() => this.#run('console.showMessages')}
      >
        ${icon(count === 0 ? 'bell' : 'bell-dot', 14)}
      </button>
    `;
  }

  #renderEntry(services: Services, entry: StatusEntry): TemplateResult {
    const content = this.#renderContent(entry);
    if (entry.menu.length > 0) {
      return html`<console-menu-button
        opens="up"
        side="end"
        .hint=${entry.tooltip}
        .entries=${this.#menu(services, entry)}
        >${content}</console-menu-button
      >`;
    }
    const {command} = entry;
    return command === null
      ? html`<span class="item" title=${entry.tooltip || nothing}>${content}</span>`
      : html`<button
          class="item"
          type="button"
          title=${entry.tooltip || nothing}
          @click=${() => this.#run(command)}
        >
          ${content}
        </button>`;
  }

  /** The progress bar stands in the place of the first ` · `, else behind the text. */
  #renderContent({icon: image, text, progress}: StatusEntry): TemplateResult {
    const image_ = image ? icon(image, 14) : nothing;
    if (progress === null) return html`${image_}<span>${text}</span>`;
    const [before = '', ...after] = text.split(' · ');
    const rest = after.join(' · ');
    return html`${image_}<span>${before}</span
      ><span class="bar" aria-hidden="true"><i .style=${`width: ${progress * 100}%`}></i></span>${
        rest ? html`<span>${rest}</span>` : nothing
      }`;
  }

  #menu({commands}: Services, {menu, command}: StatusEntry): readonly MenuEntry[] {
    const entries = menu.map((entry): MenuEntry => {
      if (entry === 'separator') return {kind: 'separator'};
      const {title, checked} = entry;
      return {kind: 'command', title, command: entry.command, ...(checked === undefined ? {} : {checked})};
    });
    const own = command === null || menu.some(entry => entry !== 'separator' && entry.command === command);
    if (own) return entries;
    return [{kind: 'command', title: commands.find(command)?.title ?? command, command}, ...entries];
  }

  #run(command: string): void {
    this.dispatchEvent(new CommandEvent(command));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'console-status-bar': StatusBar;
  }
}
