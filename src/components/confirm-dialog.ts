import {css, html, LitElement, type TemplateResult} from 'lit';
import {customElement, query, state} from 'lit/decorators.js';
import {localized} from '@lit/localize';
import {shared} from './styles.js';

export interface Question {
  readonly title: string;
  readonly text: string;
  /** What is done, and what leaves all as it is. */
  readonly yes: string;
  readonly no: string;
}

/**
 * Asks once. A native modal dialog: the page behind it is inert, Escape means no, and focus goes back to where it came
 * from. The harmless answer has the focus at first.
 */
@localized()
@customElement('pacs-confirm-dialog')
export class ConfirmDialog extends LitElement {
  static override styles = [
    ...shared,
    css`
      dialog {
        background: var(--vscode-editorWidget-background, var(--rail-ground));
        border: 1px solid var(--control-line);
        border-radius: 6px;
        color: var(--text);
        max-width: min(420px, calc(100vw - 32px));
        padding: 16px;
      }
      dialog::backdrop {
        background: rgb(0 0 0 / 45%);
      }
      h2 {
        color: var(--strong);
        font-size: 16px;
        font-weight: 600;
        line-height: 20px;
        margin-bottom: 8px;
      }
      .answers {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        justify-content: flex-end;
        padding-top: 16px;
      }
    `,
  ];

  @state() private question: Question | null = null;
  @query('dialog') private readonly dialog!: HTMLDialogElement | null;
  @query('.no') private readonly harmless!: HTMLElement | null;
  #answer: ((yes: boolean) => void) | null = null;

  /** Resolves with the answer. A question that is still open is answered with no. */
  async ask(question: Question): Promise<boolean> {
    this.#answer?.(false);
    this.question = question;
    const answer = new Promise<boolean>(resolve => (this.#answer = resolve));
    await this.updateComplete;
    if (!this.dialog?.open) this.dialog?.showModal();
    this.harmless?.focus();
    return answer;
  }

  override disconnectedCallback(): void {
    this.#close(false);
    super.disconnectedCallback();
  }

  override render(): TemplateResult {
    const {title, text, yes, no} = this.question ?? {title: '', text: '', yes: '', no: ''};
    return html`<dialog aria-labelledby="title" aria-describedby="text" @close=${() => this.#closed()}>
      <h2 id="title">${title}</h2>
      <p id="text">${text}</p>
      <div class="answers">
        <button type="button" class="primary" @click=${() => this.#close(true)}>${yes}</button>
        <button type="button" class="no" @click=${() => this.#close(false)}>${no}</button>
      </div>
    </dialog>`;
  }

  /** The event comes late: meanwhile the dialog may have been opened again with the next question. */
  #closed(): void {
    if (!this.dialog?.open) this.#close(false);
  }

  #close(yes: boolean): void {
    const answer = this.#answer;
    this.#answer = null;
    if (this.dialog?.open) this.dialog.close();
    answer?.(yes);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pacs-confirm-dialog': ConfirmDialog;
  }
}
