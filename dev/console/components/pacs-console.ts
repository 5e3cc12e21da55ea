import {msg, str} from '@lit/localize';
import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {customElement, property, query} from 'lit/decorators.js';
import {errorText} from '../model/error-text.js';
import type {OpenView} from '../model/view-registry.js';
import type {Services} from '../services.js';
import './activity-bar.js';
import './command-event.js';
import './command-palette.js';
import './empty-state.js';
import './message-center.js';
import {Observe} from './observe.js';
import './output-panel.js';
import {sharedStyles} from './shared-styles.js';
import './status-bar.js';
import './tab-strip.js';
import './title-bar.js';
import type {TitleBar} from './title-bar.js';
import {ViewPanels} from './view-panels.js';

/**
 * The console's window. Views stay its light children, one panel for each open tab, so that what an extension draws
 * lives in the document itself.
 */
@customElement('pacs-console')
export class PacsConsole extends LitElement {
  static readonly tag = 'pacs-console';
  static override styles = [
    sharedStyles,
    css`
      :host {
        position: fixed;
        inset: 0;
        display: flex;
        flex-direction: column;
        background: var(--vscode-editor-background);
      }
      .middle {
        flex: 1;
        display: flex;
        min-height: 0;
      }
      .work {
        flex: 1;
        display: flex;
        flex-direction: column;
        min-width: 0;
      }
      main {
        position: relative;
        flex: 1;
        min-height: 0;
      }
      console-tab-strip,
      console-status-bar,
      console-title-bar,
      console-activity-bar {
        flex: none;
      }
      console-title-bar {
        z-index: 10;
      }
      @media (max-width: 600px) {
        console-activity-bar {
          display: none;
        }
      }
    `,
  ];

  @property({attribute: false}) services: Services | null = null;
  @query('console-title-bar') private readonly titleBar!: TitleBar;
  readonly #panels = new ViewPanels(this);

  constructor() {
    super();
    new Observe(this, () =>
      this.services ? [this.services.views, this.services.layout, this.services.connection] : [],
    );
    this.addEventListener('console-command', event => void this.#run(event.command, event.args));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.#onKeydown);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.#onKeydown);
  }

  override render(): TemplateResult | typeof nothing {
    const {services} = this;
    if (!services) return nothing;
    const {layout, views} = services;
    return html`
      <console-title-bar .services=${services}></console-title-bar>
      <div class="middle">
        <console-activity-bar .services=${services}></console-activity-bar>
        <div class="work">
          <console-tab-strip .views=${views}></console-tab-strip>
          <main>
            <slot></slot>
            ${
              views.open.length === 0
                ? html`<console-empty-state .services=${services}></console-empty-state>`
                : nothing
            }
          </main>
          ${
            layout.outputOpen
              ? html`<console-output-panel .log=${services.log}></console-output-panel>`
              : nothing
          }
        </div>
      </div>
      <console-message-center .services=${services}></console-message-center>
      <console-status-bar .services=${services}></console-status-bar>
      ${
        layout.overlay === 'palette'
          ? html`<console-command-palette .services=${services}></console-command-palette>`
          : nothing
      }
    `;
  }

  override updated(): void {
    const {services} = this;
    if (!services) return;
    const {open, active} = services.views;
    this.#panels.show(open, active);
    const name = services.connection.info?.name;
    const front: OpenView | undefined = open.find(({id}) => id === active);
    const product = msg('PACS Admin Console');
    // An extension in front may write its own title, such as its progress: the console sets it on a change only.
    const title = [front?.name, name, product].filter(Boolean).join(' · ');
    if (title !== this.#title) document.title = title;
    this.#title = title;
  }

  #title = '';

  async #run(command: string, args: readonly unknown[]): Promise<void> {
    const services = this.services;
    if (!services) return;
    try {
      await services.commands.execute(command, ...args);
    } catch (error) {
      const title = services.commands.find(command)?.title ?? command;
      const text = msg(str`“${title}” could not be done: ${errorText(error)}`);
      services.log.error(text);
      void services.messages.show('error', text);
    }
  }

  readonly #onKeydown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === 'F10' && !event.shiftKey && !event.ctrlKey && !event.altKey) {
      event.preventDefault();
      this.titleBar.focusMenus();
      return;
    }
    const command = this.services?.keybindings.commandFor(event) ?? null;
    if (command === null) return;
    event.preventDefault();
    void this.#run(command, []);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'pacs-console': PacsConsole;
  }
}
