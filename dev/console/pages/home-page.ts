import {msg} from '@lit/localize';
import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {CONSOLE_VIEWS} from '../console-commands.js';
import {icon} from '../components/icon.js';
import {Observe} from '../components/observe.js';
import {pageStyles, sharedStyles} from '../components/shared-styles.js';
import type {ConnectionState} from '../model/connection.js';
import type {ViewDescription} from '../model/view-registry.js';
import type {Services} from '../services.js';
import {formatBytes} from './format.js';

const CONNECTION: Readonly<Record<ConnectionState, () => string>> = {
  'asking': () => msg('Asking the archive…'),
  'connected': () => msg('The archive answers.'),
  'sign-in': () => msg('The archive does not accept this session.'),
  'unreachable': () => msg('The archive cannot be reached.'),
};

/** Where the console starts: which archive this is, and the ways from here. */
@customElement('console-home-page')
export class HomePage extends LitElement {
  static readonly tag = 'console-home-page';
  static override styles = [
    sharedStyles,
    pageStyles,
    css`
      :host {
        padding: 24px;
        max-width: 720px;
      }
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 6px 16px;
        margin: 16px 0 0;
      }
      dd {
        margin: 0;
        overflow-wrap: anywhere;
      }
      code {
        font: var(--vscode-editor-font-size) / 18px var(--vscode-editor-font-family);
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li a {
        display: inline-flex;
        align-items: center;
        gap: 8px;
        height: 28px;
      }
    `,
  ];

  @property({attribute: false}) services: Services | null = null;

  constructor() {
    super();
    new Observe(this, () => (this.services ? [this.services.views, this.services.connection] : []));
  }

  override render(): TemplateResult | typeof nothing {
    const {services} = this;
    if (!services) return nothing;
    const {connection, views, keybindings} = services;
    const tools = views.contributed.filter(({owner}) => owner !== null);
    const own = views.contributed.filter(({id, owner}) => owner === null && id !== CONSOLE_VIEWS.home);
    return html`
      <h1>${connection.info?.name ?? msg('Archive')}</h1>
      <p class="secondary">${CONNECTION[connection.state]()}</p>
      ${this.#renderFacts(services)}
      ${
        tools.length > 0
          ? html`<h2>${msg('Tools')}</h2>
              ${this.#renderViews(tools)}`
          : nothing
      }
      <h2>${msg('Console')}</h2>
      ${this.#renderViews(own)}
      <h2>${msg('Keyboard')}</h2>
      <p>
        <kbd>${keybindings.labelFor('console.showCommands') ?? ''}</kbd> ${msg('lists all commands.')}
        <kbd>F10</kbd> ${msg('goes to the menus.')}
      </p>
    `;
  }

  #renderFacts({connection, language, server}: Services): TemplateResult | typeof nothing {
    const {info} = connection;
    if (!info) return nothing;
    const {copy, link, query} = info.capabilities;
    const abilities = [
      ...(copy ? [msg('takes copies')] : []),
      ...(link ? [msg('makes links')] : []),
      ...(query ? [msg('answers queries')] : []),
    ];
    return html`<dl>
      <dt class="secondary">${msg('DICOMweb')}</dt>
      <dd><code>${server.dicomWebUrl}</code></dd>
      ${
        info.imageFolder === null
          ? nothing
          : html`<dt class="secondary">${msg('Image folder')}</dt>
              <dd><code>${info.imageFolder}</code></dd>`
      }
      ${
        info.freeBytes === null
          ? nothing
          : html`<dt class="secondary">${msg('Free space')}</dt>
              <dd>${formatBytes(info.freeBytes, language)}</dd>`
      }
      <dt class="secondary">${msg('The archive')}</dt>
      <dd>${abilities.join(', ')}</dd>
    </dl>`;
  }

  #renderViews(views: readonly ViewDescription[]): TemplateResult {
    return html`<ul>
      ${views.map(({route, name, icon: image}) => html`<li><a href=${route}>${icon(image)}${name}</a></li>`)}
    </ul>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'console-home-page': HomePage;
  }
}
