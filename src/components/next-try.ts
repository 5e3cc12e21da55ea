import {html, LitElement, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {localized, msg} from '@lit/localize';
import {formatCountdown} from './format-duration.js';
import {shared} from './styles.js';

/** Counts down to the next try of a waiting job, by itself. Never a live region. */
@localized()
@customElement('pacs-next-try')
export class NextTry extends LitElement {
  static override styles = shared;

  /** Milliseconds since the epoch. */
  @property({attribute: false}) at = 0;

  #timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => this.requestUpdate(), 1000);
  }

  override disconnectedCallback(): void {
    clearInterval(this.#timer);
    super.disconnectedCallback();
  }

  override render(): TemplateResult {
    return html`${msg(html`Next try in <b>${formatCountdown(this.at, Date.now())}</b>`)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pacs-next-try': NextTry;
  }
}
