import {msg, str} from '@lit/localize';
import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import '../components/button.js';
import {icon} from '../components/icon.js';
import {Observe} from '../components/observe.js';
import {pageStyles, sharedStyles} from '../components/shared-styles.js';
import type {ExtensionRecord} from '../model/extension-host.js';
import {problemSentence} from '../model/extension-problem.js';
import type {Services} from '../services.js';

const STATES: Readonly<Record<ExtensionRecord['state'], {icon: string; text: () => string}>> = {
  broken: {icon: 'error', text: () => msg('Cannot be used')},
  failed: {icon: 'error', text: () => msg('Does not work')},
  inactive: {icon: 'circle-large', text: () => msg('Waits until it is needed')},
  activating: {icon: 'sync', text: () => msg('Is being activated')},
  active: {icon: 'pass', text: () => msg('Active')},
};

/** Every extension that the console was given, what it adds, and what is wrong with it. */
@customElement('console-extensions-page')
export class ExtensionsPage extends LitElement {
  static readonly tag = 'console-extensions-page';
  static override styles = [
    sharedStyles,
    pageStyles,
    css`
      :host {
        padding: 24px;
        max-width: 860px;
      }
      ul {
        margin: 16px 0 0;
        padding: 0;
        list-style: none;
        border-top: 1px solid var(--vscode-panel-border);
      }
      li {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: 4px 16px;
        padding: 12px 0;
        border-bottom: 1px solid var(--vscode-panel-border);
      }
      h2 {
        margin: 0;
      }
      h2 span {
        font-weight: normal;
      }
      p {
        grid-column: 1;
        overflow-wrap: anywhere;
      }
      .state {
        display: flex;
        align-items: baseline;
        gap: 6px;
      }
      .state vscode-icon {
        position: relative;
        top: 3px;
      }
      .broken vscode-icon,
      .failed vscode-icon {
        --vscode-icon-foreground: var(--vscode-list-errorForeground);
      }
      .active vscode-icon {
        --vscode-icon-foreground: var(--vscode-testing-iconPassed);
      }
      console-button {
        grid-area: 1 / 2 / span 2;
        align-self: start;
      }
    `,
  ];

  @property({attribute: false}) services: Services | null = null;

  constructor() {
    super();
    new Observe(this, () => (this.services ? [this.services.host] : []));
  }

  override render(): TemplateResult | typeof nothing {
    const {services} = this;
    if (!services) return nothing;
    const {extensions} = services.host;
    return html`
      <h1>${msg('Extensions')}</h1>
      ${
        extensions.length === 0
          ? html`<p class="secondary">${msg('No extension is listed in extensions.json.')}</p>`
          : html`<ul>
              ${repeat(
                extensions,
                ({folder}) => folder,
                extension => this.#renderExtension(services, extension),
              )}
            </ul>`
      }
    `;
  }

  #renderExtension(services: Services, extension: ExtensionRecord): TemplateResult {
    const {folder, manifest, state} = extension;
    const {icon: image, text} = STATES[state];
    const problem = state === 'broken' || state === 'failed' ? problemSentence(extension.problem) : null;
    return html`<li>
      <h2>
        ${manifest?.displayName ?? folder}
        ${manifest ? html`<span class="secondary">${manifest.version} · ${manifest.publisher}</span>` : nothing}
      </h2>
      ${manifest?.description ? html`<p>${manifest.description}</p>` : nothing}
      <p class="state ${state}">
        ${icon(image)}<span>${text()}${problem === null ? nothing : html`. ${problem}`}</span>
      </p>
      ${manifest ? html`<p class="secondary">${this.#contributions(extension)}</p>` : nothing}
      ${this.#renderAction(services, extension)}
    </li>`;
  }

  #renderAction(
    {host}: Services,
    {folder, manifest, state}: ExtensionRecord,
  ): TemplateResult | typeof nothing {
    const name = manifest?.displayName ?? folder;
    if (state === 'active') {
      return html`<console-button
        .label=${msg('Deactivate')}
        title=${msg(str`Deactivate ${name}`)}
        @click=${() => void host.deactivate(folder)}
      ></console-button>`;
    }
    if (state === 'inactive' || state === 'failed') {
      return html`<console-button
        .label=${msg('Activate')}
        title=${msg(str`Activate ${name}`)}
        @click=${() => void host.activate(folder)}
      ></console-button>`;
    }
    return nothing;
  }

  #contributions({manifest}: ExtensionRecord): string {
    const {commands = [], views = {}, configuration} = manifest?.contributes ?? {};
    const viewCount = Object.values(views).flat().length;
    const settings = Object.keys(configuration?.properties ?? {}).length;
    return msg(str`Commands: ${commands.length}. Views: ${viewCount}. Settings: ${settings}.`);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'console-extensions-page': ExtensionsPage;
  }
}
