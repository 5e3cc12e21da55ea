import {msg} from '@lit/localize';
import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {customElement, property, query, state} from 'lit/decorators.js';
import type {CommandContribution} from '../../../src/console/manifest.js';
import {commandTitle} from '../model/command-registry.js';
import type {Services} from '../services.js';
import {CommandEvent} from './command-event.js';
import {sharedStyles} from './shared-styles.js';

/** Whether all words of the query stand in the text, and where a better match comes first: lower is better. */
export function matchRank(text: string, query: string): number | null {
  const haystack = text.toLowerCase();
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  let rank = 0;
  for (const word of words) {
    const at = haystack.indexOf(word);
    if (at < 0) return null;
    rank += at === 0 || /[\s:]/.test(haystack[at - 1] ?? ' ') ? 0 : 1;
  }
  return rank;
}

/** All commands by name, by the ARIA combobox pattern with a list. */
@customElement('console-command-palette')
export class CommandPalette extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      dialog {
        position: fixed;
        top: 6px;
        width: min(600px, calc(100vw - 16px));
        margin: 0 auto;
        padding: 6px;
        background: var(--vscode-quickInput-background);
        color: var(--vscode-quickInput-foreground);
        border: 1px solid var(--vscode-widget-border);
        border-radius: 6px;
        box-shadow: 0 4px 16px var(--vscode-widget-shadow);
      }
      dialog::backdrop {
        background: transparent;
      }
      input {
        width: 100%;
        height: 28px;
        padding: 0 8px;
        font: inherit;
        background: var(--vscode-input-background);
        color: var(--vscode-input-foreground);
        border: 1px solid var(--vscode-input-border);
        border-radius: 4px;
      }
      input:focus {
        outline: 1px solid var(--vscode-focusBorder);
        outline-offset: -1px;
      }
      input::placeholder {
        color: var(--vscode-input-placeholderForeground);
      }
      [role='listbox'] {
        max-height: min(440px, calc(100vh - 80px));
        margin-top: 6px;
        overflow-y: auto;
      }
      [role='option'] {
        display: flex;
        align-items: center;
        justify-content: space-between;
        height: 26px;
        padding: 0 8px;
        border-radius: 3px;
        cursor: pointer;
        white-space: nowrap;
      }
      [role='option']:hover {
        background: var(--vscode-list-hoverBackground);
      }
      [aria-selected='true'],
      [aria-selected='true']:hover {
        background: var(--vscode-quickInputList-focusBackground);
        color: var(--vscode-quickInputList-focusForeground);
        outline: 1px solid var(--vscode-contrastActiveBorder);
        outline-offset: -1px;
      }
      .none {
        margin: 0;
        padding: 6px 8px;
      }
    `,
  ];

  @property({attribute: false}) services: Services | null = null;
  @state() private text = '';
  @state() private chosen = 0;
  @query('dialog') private readonly dialog!: HTMLDialogElement;

  override firstUpdated(): void {
    this.dialog.showModal();
  }

  override updated(): void {
    this.renderRoot.querySelector('[aria-selected="true"]')?.scrollIntoView({block: 'nearest'});
  }

  override render(): TemplateResult | typeof nothing {
    const {services} = this;
    if (!services) return nothing;
    const found = this.#found(services);
    const label = msg('Command palette');
    return html`<dialog aria-label=${label} @close=${this.#onClose} closedby="any">
      <input
        type="text"
        role="combobox"
        aria-label=${label}
        aria-autocomplete="list"
        aria-expanded="true"
        aria-controls="commands"
        aria-activedescendant=${found.length > 0 ? `option-${this.chosen}` : nothing}
        autocomplete="off"
        spellcheck="false"
        placeholder=${msg('Type the name of a command')}
        .value=${this.text}
        @input=${this.#onInput}
        @keydown=${(event: KeyboardEvent) => this.#onKeydown(event, found)}
      />
      <div id="commands" role="listbox" aria-label=${msg('Commands')}>
        ${found.map((command, index) => this.#renderOption(services, command, index))}
      </div>
      ${found.length === 0 ? html`<p class="none" role="status">${msg('No command has this name.')}</p>` : nothing}
    </dialog>`;
  }

  #renderOption({keybindings}: Services, command: CommandContribution, index: number): TemplateResult {
    const key = keybindings.labelFor(command.command);
    return html`<div
      role="option"
      id="option-${index}"
      aria-selected=${index === this.chosen}
      @click=${() => this.#run(command)}
      @keydown=${nothing}
    >
      <span>${commandTitle(command)}</span>${key ? html`<span aria-hidden="true">${key}</span>` : nothing}
    </div>`;
  }

  #found({commands}: Services): readonly CommandContribution[] {
    return commands.contributed
      .flatMap(command => {
        const rank = matchRank(commandTitle(command), this.text);
        return rank === null ? [] : [{command, rank}];
      })
      .sort((a, b) => a.rank - b.rank)
      .map(({command}) => command);
  }

  #onInput(event: InputEvent): void {
    if (event.target instanceof HTMLInputElement) this.text = event.target.value;
    this.chosen = 0;
  }

  #onKeydown(event: KeyboardEvent, found: readonly CommandContribution[]): void {
    const step = {ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10}[event.key];
    const command = found[this.chosen];
    if (event.key === 'Enter' && command) {
      this.#run(command);
    } else if (step !== undefined && found.length > 0) {
      const wraps = Math.abs(step) === 1;
      const next = this.chosen + step;
      this.chosen = wraps
        ? (next + found.length) % found.length
        : Math.min(found.length - 1, Math.max(0, next));
    } else {
      return;
    }
    event.preventDefault();
  }

  #run({command}: CommandContribution): void {
    // Closed first, so that the focus is back where it was when the command runs.
    this.dialog.close();
    this.services?.layout.setOverlay(null);
    this.dispatchEvent(new CommandEvent(command));
  }

  #onClose(): void {
    this.services?.layout.setOverlay(null);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'console-command-palette': CommandPalette;
  }
}
