import {css, html, LitElement, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {localized, msg} from '@lit/localize';
import {NO_COUNTS, settled, type Counts} from '../job/outcome.js';
import {formatNumber} from './format-number.js';
import {OUTCOMES} from './outcome-words.js';
import {shared} from './styles.js';

/** files = stored + already there + linked + skipped + failed (+ not yet done): it always balances. */
@localized()
@customElement('pacs-totals-equation')
export class TotalsEquation extends LitElement {
  static override styles = [
    ...shared,
    css`
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 16px;
      }
      li {
        display: flex;
        gap: 16px;
      }
      .sign {
        color: var(--muted);
        font-size: 16px;
        line-height: 28px;
      }
      .number {
        color: var(--strong);
        display: block;
        font-size: 20px;
        font-weight: 600;
        line-height: 28px;
      }
      .zero {
        color: var(--muted);
        font-weight: 400;
      }
      .noun {
        color: var(--muted);
        display: block;
        font-size: 12px;
        line-height: 13px;
      }
      @container (width < 720px) {
        ul {
          gap: 8px;
        }
        li {
          gap: 8px;
        }
      }
    `,
  ];

  @property({attribute: false}) counts: Counts = NO_COUNTS;

  override render(): TemplateResult {
    const left = this.counts.files - settled(this.counts);
    const terms = OUTCOMES.map(({key, word}) => ({n: this.counts[key], noun: word()}));
    if (left > 0) terms.push({n: left, noun: msg('not yet done')});
    return html`<ul aria-label=${msg('Totals')}>
      ${this.#term('', this.counts.files, msg('files'))}
      ${terms.map(({n, noun}, index) => this.#term(index === 0 ? '=' : '+', n, noun))}
    </ul>`;
  }

  #term(sign: string, n: number, noun: string): TemplateResult {
    return html`<li>
      ${sign === '' ? '' : html`<span class="sign">${sign}</span>`}
      <span
        ><span class=${n === 0 ? 'number zero' : 'number'}>${formatNumber(n)}</span>
        <span class="noun">${noun}</span></span
      >
    </li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pacs-totals-equation': TotalsEquation;
  }
}
