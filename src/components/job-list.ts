import {css, html, LitElement, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import {localized, msg} from '@lit/localize';
import type {JobRecord} from '../job/job-record.js';
import {settled} from '../job/outcome.js';
import {formatPercent} from './format-number.js';
import {formatDayAndTime, formatShortDay} from './format-when.js';
import {icon} from './icon.js';
import {canRestart, isActive} from '../job/state-machine.js';
import {railSection} from './rail-styles.js';
import {lookOfState, stateInShort} from './state-words.js';
import {shared} from './styles.js';
import {firstInOwnTask} from './own-task.js';

/** A job was picked from the list: its report is wanted. */
export class JobPickEvent extends Event {
  constructor(readonly jobId: string) {
    super('job-pick');
  }
}

/**
 * All known jobs, newest first.
 *
 * @fires {JobPickEvent} job-pick
 */
@localized()
@customElement('pacs-job-list')
export class JobList extends firstInOwnTask(LitElement) {
  static override styles = [
    ...shared,
    railSection,
    css`
      section {
        border: 0;
        padding: 6px 0 8px;
      }
      .label,
      p {
        padding: 0 16px;
      }
      button {
        align-items: flex-start;
        background: none;
        border: 0;
        border-radius: 0;
        color: var(--text);
        gap: 8px;
        height: auto;
        justify-content: flex-start;
        padding: 4px 16px;
        text-align: left;
        white-space: normal;
        width: 100%;
      }
      button:hover:enabled {
        background: color-mix(in srgb, var(--text) 8%, transparent);
      }
      button[aria-current='true'] {
        background: var(--chosen);
      }
      button:focus-visible {
        outline-offset: -1px;
      }
      .icon {
        margin-top: 1px;
      }
      .text {
        flex: 1;
        min-width: 0;
      }
      .name {
        display: flex;
        gap: 8px;
        justify-content: space-between;
      }
      .name > :first-child {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .state {
        display: block;
      }
    `,
  ];

  @property({attribute: false}) jobs: readonly JobRecord[] = [];
  @property() current: string | null = null;
  @property({type: Number}) now = 0;

  override render(): TemplateResult {
    return html`<section>
      <h2 class="label">${msg('Jobs')}</h2>
      ${
        this.jobs.length === 0
          ? html`<p class="muted small">${msg('Each job stands here with its report.')}</p>`
          : html`<ul>
              ${repeat(
                this.jobs,
                job => job.id,
                job => html`<li>${this.#job(job)}</li>`,
              )}
            </ul>`
      }
    </section>`;
  }

  #job(job: JobRecord): TemplateResult {
    const look = lookOfState(job.state);
    const day = (at: number): string =>
      isActive(job.state) || canRestart(job.state)
        ? formatDayAndTime(at, this.now)
        : formatShortDay(at, this.now);
    const percent =
      job.state.phase === 'completed'
        ? formatPercent(1, 1)
        : job.plan.walked
          ? formatPercent(settled(job.counts), job.counts.files)
          : '';
    return html`<button
      type="button"
      aria-current=${job.id === this.current ? 'true' : 'false'}
      @click=${() => this.dispatchEvent(new JobPickEvent(job.id))}
    >
      ${icon(look.icon === 'pass-filled' ? 'pass' : look.icon, look.tone)}
      <span class="text">
        <span class="name"><span>${job.source.name}</span> <span class="muted">${percent}</span></span>
        <span class="state muted small">${stateInShort(job.state, job.createdAt, day)}</span>
      </span>
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pacs-job-list': JobList;
  }
}
