import {css, html, LitElement, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {localized, msg} from '@lit/localize';
import {NO_COUNTS, type Counts} from '../job/outcome.js';
import {formatNumber} from './format-number.js';
import {icon} from './icon.js';
import {OUTCOMES} from './outcome-words.js';
import {shared} from './styles.js';
import {firstInOwnTask} from './own-task.js';

/** The five outcomes of files with their numbers. */
@localized()
@customElement('pacs-outcome-counts')
export class OutcomeCounts extends firstInOwnTask(LitElement) {
  static override styles = [
    ...shared,
    css`
      ul {
        border-block: 1px solid var(--line);
        display: flex;
        flex-wrap: wrap;
        gap: 4px 20px;
        padding: 8px 0;
      }
      li {
        align-items: center;
        display: flex;
        gap: 6px;
      }
      b {
        margin-right: 2px;
      }
    `,
  ];

  @property({attribute: false}) counts: Counts = NO_COUNTS;

  override render(): TemplateResult {
    return html`<ul aria-label=${msg('Outcomes of the files')}>
      ${OUTCOMES.map(
        ({key, icon: name, tone, word}) =>
          html`<li>
            ${icon(name, tone)} <span><b>${formatNumber(this.counts[key])}</b> ${word()}</span>
          </li>`,
      )}
    </ul>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pacs-outcome-counts': OutcomeCounts;
  }
}
