import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {classMap} from 'lit/directives/class-map.js';
import {boxStyle} from './box-style.js';
import {localized, msg, str} from '@lit/localize';
import type {JobSnapshot} from '../job/job-snapshot.js';
import {settled} from '../job/outcome.js';
import {formatDuration} from './format-duration.js';
import {formatNumber, formatPercent, percentOf} from './format-number.js';
import {formatDay, formatTime} from './format-when.js';
import {allOutcomesInWords} from './outcome-words.js';
import {filesFailedText, filesText, foldersText} from './quantities.js';
import {lookOfState} from './state-words.js';
import {shared} from './styles.js';
import {firstInOwnTask} from './own-task.js';

/** Percentage, counts or time left, and the bar of 4 px. */
@localized()
@customElement('pacs-progress-line')
export class ProgressLine extends firstInOwnTask(LitElement) {
  static override styles = [
    ...shared,
    css`
      :host {
        display: block;
      }
      .line {
        align-items: baseline;
        display: flex;
        flex-wrap: wrap;
        gap: 0 9px;
        justify-content: space-between;
        margin-bottom: 6px;
        min-height: 20px;
      }
      .percent {
        color: var(--strong);
        font-size: 16px;
        font-weight: 600;
        line-height: 20px;
        margin-right: 9px;
      }
      .bar {
        background: var(--track);
        border-radius: 2px;
        height: 4px;
        overflow: hidden;
      }
      .fill {
        background: var(--progress);
        height: 100%;
        transition: width 100ms linear;
      }
      .resting {
        background: var(--resting);
      }
      .sweeping {
        animation: sweep 2s linear infinite;
        width: 22%;
      }
      @keyframes sweep {
        from {
          translate: -100%;
        }
        to {
          translate: 455%;
        }
      }
      @media (prefers-reduced-motion: reduce) {
        .fill {
          transition: none;
        }
        .sweeping {
          animation: none;
          translate: 137%;
        }
      }
      @media (forced-colors: active) {
        .bar {
          outline: 1px solid CanvasText;
        }
        .fill {
          background: Highlight;
          forced-color-adjust: none;
        }
      }
    `,
  ];

  @property({attribute: false}) job!: JobSnapshot;
  @property({type: Number}) now = 0;

  override render(): TemplateResult {
    const {counts, plan, state} = this.job.record;
    const known = plan.walked && counts.files > 0;
    const percent = state.phase === 'completed' ? 100 : percentOf(settled(counts), counts.files);
    const look = lookOfState(state).bar;
    const bar = look === 'accent' && !known && state.phase !== 'completed' ? 'sweeping' : look;
    return html`<div class="line">
        <span
          >${
            known || state.phase === 'completed'
              ? html`<span class="percent"
                  >${formatPercent(state.phase === 'completed' ? counts.files || 1 : settled(counts), counts.files || 1)}</span
                >`
              : nothing
          }<span class="muted">${this.#counts(known)}</span></span
        >
        ${this.#timeLeft()}
      </div>
      <div
        class="bar"
        role="progressbar"
        aria-label=${msg('Progress of the job')}
        aria-valuemin="0"
        aria-valuemax="100"
        aria-valuenow=${bar === 'sweeping' ? nothing : percent}
      >
        <div
          class=${classMap({fill: true, [bar]: true})}
          ${boxStyle(bar === 'sweeping' ? {} : {width: `${known || percent === 100 ? percent : 0}%`})}
        ></div>
      </div>`;
  }

  #counts(known: boolean): string {
    const {counts, plan, state} = this.job.record;
    const done = formatNumber(settled(counts));
    switch (state.phase) {
      case 'planning':
        return msg(str`${filesText(counts.files)} found`);
      case 'running':
        return known ? msg('of the files') : msg(str`${done} of ${filesText(counts.files)} found so far`);
      case 'completed':
        return `${filesText(counts.files)}: ${allOutcomesInWords(counts)}`;
      case 'waiting':
      case 'paused':
      case 'interrupted':
      case 'cancelled':
        return [
          known
            ? msg(str`${done} of ${filesText(counts.files)}`)
            : msg(str`${filesText(settled(counts))} done`),
          state.phase === 'interrupted' && plan.walked
            ? msg(str`${formatNumber(plan.foldersDone)} of ${foldersText(plan.folders)}`)
            : '',
          filesFailedText(counts.failed),
        ]
          .filter(text => text !== '')
          .join(' · ');
    }
  }

  #timeLeft(): TemplateResult | typeof nothing {
    const {timeLeftMs, record} = this.job;
    if (record.state.phase !== 'running' || timeLeftMs === null) return nothing;
    const end = this.now + timeLeftMs;
    const day = formatDay(end, this.now);
    const until = formatDay(this.now, this.now) === day ? formatTime(end) : `${day} ${formatTime(end)}`;
    return html`<span>${msg(html`About <b>${formatDuration(timeLeftMs)}</b> left, until ${until}`)}</span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pacs-progress-line': ProgressLine;
  }
}
