import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {localized, msg, str} from '@lit/localize';
import type {JobOptions} from '../job/job-options.js';
import type {JobRecord} from '../job/job-record.js';
import {formatNumber} from './format-number.js';
import {formatDateAndTime, formatDicomDate} from './format-when.js';
import {requestsText} from './quantities.js';
import {railSection} from './rail-styles.js';
import {shared} from './styles.js';
import {firstInOwnTask} from './own-task.js';

/** The dates of a job in words. */
export function datesInWords(dates: JobOptions['dates']): string {
  if (dates === null || (dates.from === null && dates.to === null)) return msg('All');
  const from = dates.from === null ? '' : formatDicomDate(dates.from);
  const to = dates.to === null ? '' : formatDicomDate(dates.to);
  if (from === '') return msg(str`Up to ${to}`);
  return to === '' ? msg(str`From ${from}`) : msg(str`${from} to ${to}`);
}

/** What was chosen for a job, and while it runs, what it asks of the archive. */
@localized()
@customElement('pacs-job-facts')
export class JobFacts extends firstInOwnTask(LitElement) {
  static override styles = [...shared, railSection];

  @property({attribute: false}) record!: JobRecord;
  @property({type: Number}) now = 0;
  /** Null where the job does not run. */
  @property({attribute: false}) requestsInFlight: number | null = null;

  override render(): TemplateResult {
    const {source, destination, options, createdAt} = this.record;
    return html`<section>
        <h2 class="label">${msg('Job')}</h2>
        <dl class="facts">
          <dt>${msg('Source')}</dt>
          <dd>${source.name}</dd>
          <dt>${msg('Archive')}</dt>
          <dd>${destination.name}</dd>
          <dt>${msg('Files')}</dt>
          <dd>
            ${options.transfer === 'copy' ? msg('Copied to the image folder') : msg('Linked where they lie')}
          </dd>
          <dt>${msg('Dates')}</dt>
          <dd>${datesInWords(options.dates)}</dd>
          <dt>${msg('Verified')}</dt>
          <dd>${options.verify ? msg('After each study') : msg('No')}</dd>
          <dt>${msg('Started')}</dt>
          <dd>${formatDateAndTime(createdAt, this.now)}</dd>
        </dl>
      </section>
      ${
        this.requestsInFlight === null
          ? nothing
          : html`<section>
              <h2 class="label">${msg('Load on the archive')}</h2>
              <dl class="facts">
                <dt>${msg('In flight')}</dt>
                <dd>${msg(str`${requestsText(this.requestsInFlight)}, adapting`)}</dd>
                <dt>${msg('Limit')}</dt>
                <dd>${msg(str`at most ${formatNumber(options.maxInFlight)} at once`)}</dd>
              </dl>
            </section>`
      }`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pacs-job-facts': JobFacts;
  }
}
