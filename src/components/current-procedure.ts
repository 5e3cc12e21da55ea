import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {localized, msg, str} from '@lit/localize';
import type {JobSnapshot} from '../job/job-snapshot.js';
import {settled} from '../job/outcome.js';
import {folderBelow, shortened} from './folder-name.js';
import {formatDicomDate} from './format-when.js';
import {icon} from './icon.js';
import './next-try.js';
import {foldersText} from './quantities.js';
import {lookOfState, stateInWords} from './state-words.js';
import {shared} from './styles.js';
import {firstInOwnTask} from './own-task.js';

/**
 * The state of the job in words. What changes with the state is a live region; counts, the countdown, study and folder
 * stand outside it, so that a screen reader says each state once and is not flooded. Slot `actions`: the job's buttons.
 */
@localized()
@customElement('pacs-current-procedure')
export class CurrentProcedure extends firstInOwnTask(LitElement) {
  static override styles = [
    ...shared,
    css`
      :host {
        display: block;
      }
      .block {
        position: relative;
      }
      [role='status'] {
        display: inline;
      }
      .state {
        align-items: center;
        color: var(--strong);
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        margin: 2px 0 6px;
        min-height: 28px;
      }
      .word {
        font-size: 20px;
        line-height: 28px;
      }
      .word strong {
        font-weight: 600;
      }
      .started {
        color: var(--muted);
        font-size: 13px;
        padding-top: 6px;
      }
      .actions {
        position: absolute;
        right: 0;
        top: 24px;
      }
      ::slotted(div) {
        display: flex;
        gap: 8px;
      }
      dl {
        display: grid;
        gap: 2px 12px;
        grid-template-columns: minmax(48px, auto) 1fr;
      }
      dt {
        color: var(--muted);
      }
      dd {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .icon-sync {
        animation: turn 2s linear infinite;
      }
      @keyframes turn {
        to {
          rotate: 360deg;
        }
      }
      @media (prefers-reduced-motion: reduce) {
        .icon-sync {
          animation: none;
        }
      }
      @container (width < 720px) {
        .actions {
          position: static;
        }
        .actions ::slotted(div) {
          flex-wrap: wrap;
          padding-top: 8px;
        }
      }
    `,
  ];

  @property({attribute: false}) job: JobSnapshot | null = null;
  /** The name of the chosen source while there is no job. */
  @property() sourceName: string | null = null;
  @property({type: Boolean}) narrow = false;
  /** Milliseconds since the epoch. */
  @property({type: Number}) now = 0;

  override render(): TemplateResult {
    return html`<div class="block">
      <h2 class="label" id="heading">${msg('Current Procedure')}</h2>
      <div role="status" aria-label=${msg('Current Procedure')}>${this.#status()}</div>
      ${this.#besides()}
      <div class="actions"><slot name="actions"></slot></div>
    </div>`;
  }

  #status(): TemplateResult {
    if (!this.job) {
      const ready = this.sourceName !== null;
      return html`<div class="state">
          <span class="word"><strong>${ready ? msg('Ready') : msg('No job yet')}</strong></span>
        </div>
        ${
          ready
            ? msg(html`<b>${this.sourceName}</b> is chosen. Nothing has been sent.`)
            : msg('Choose the folder whose DICOM files the archive shall receive.')
        }`;
    }
    const {state} = this.job.record;
    const look = lookOfState(state);
    const words = stateInWords(this.job, this.now);
    const rest =
      state.phase === 'running'
        ? html`<span class="unseen">, </span><span class="started">${words.rest}</span>`
        : nothing;
    const title = state.phase === 'running' || words.rest === '' ? '' : ` ${words.rest}`;
    return html`<div class="state">
        ${icon(look.icon, look.tone, 20)}<span class="word"
          ><strong>${words.word}</strong>${title}${
            words.cause === nothing ? nothing : html`<span class="unseen">: </span>`
          }</span
        >${rest}
      </div>
      ${words.cause}`;
  }

  #besides(): TemplateResult | typeof nothing {
    if (!this.job) return nothing;
    const {record} = this.job;
    const {state, plan, counts} = record;
    if (state.phase === 'planning') {
      const sent = settled(counts) + this.job.filesInFlight > 0;
      return html`<span class="found">${msg(str`${foldersText(plan.folders)} so far.`)}</span> ${
          sent ? msg('The newest studies are already being sent.') : nothing
        }`;
    }
    if (state.phase === 'waiting' && state.nextTryAt !== null) {
      return html`<pacs-next-try .at=${state.nextTryAt}></pacs-next-try>`;
    }
    return state.phase === 'running' ? this.#whereabouts(this.job) : nothing;
  }

  #whereabouts({currentStudy: study, currentFolder: folder, record}: JobSnapshot): TemplateResult {
    const studyText = study
      ? [
          study.date === null ? msg('undated') : formatDicomDate(study.date),
          study.modality,
          study.description,
          [study.patientName, study.patientId].filter(Boolean).join(', '),
        ]
          .filter(Boolean)
          .join(' · ')
      : '–';
    const whole = folder === null ? '–' : folderBelow(folder, record.source.name);
    return html`<dl>
      <dt>${msg('Study')}</dt>
      <dd title=${studyText}>${studyText}</dd>
      <dt>${msg('Folder')}</dt>
      <dd title=${whole}>${shortened(whole, this.narrow ? 46 : 110)}</dd>
    </dl>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pacs-current-procedure': CurrentProcedure;
  }
}
