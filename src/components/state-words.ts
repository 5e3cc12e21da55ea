import {html, nothing, type TemplateResult} from 'lit';
import {msg, str} from '@lit/localize';
import type {JobSnapshot} from '../job/job-snapshot.js';
import type {Interruption, JobState} from '../job/job-state.js';
import {reasonFor} from '../job/reasons.js';
import {formatDuration} from './format-duration.js';
import {formatDayAndTime} from './format-when.js';
import type {IconName, Tone} from './icon.js';
import {filesFailedText, filesText, studiesText} from './quantities.js';

/** How the bar looks: `sweeping` where no whole is known yet. */
export type BarLook = 'sweeping' | 'accent' | 'resting';

export interface StateLook {
  readonly icon: IconName;
  readonly tone: Tone;
  readonly bar: BarLook;
}

/** What the state says: the fixed word, what belongs to it, and the cause as sentences. */
export interface StateWords {
  readonly word: string;
  readonly rest: string;
  readonly cause: TemplateResult | string | typeof nothing;
}

export function lookOfState(state: JobState): StateLook {
  switch (state.phase) {
    case 'planning':
      return {icon: 'search', tone: 'accent', bar: 'sweeping'};
    case 'running':
      return {icon: 'sync', tone: 'accent', bar: 'accent'};
    case 'waiting':
      return {icon: 'clockface', tone: 'warning', bar: 'resting'};
    case 'paused':
      return {icon: 'debug-pause', tone: 'plain', bar: 'resting'};
    case 'interrupted':
      return {icon: 'debug-disconnect', tone: 'warning', bar: 'resting'};
    case 'completed':
      return state.failed > 0
        ? {icon: 'warning', tone: 'warning', bar: 'accent'}
        : {icon: 'pass-filled', tone: 'good', bar: 'accent'};
    case 'cancelled':
      return {icon: 'circle-slash', tone: 'plain', bar: 'resting'};
  }
}

/** The first of these words begins the text of Current Procedure. */
export function wordOf(state: JobState): string {
  switch (state.phase) {
    case 'planning':
      return msg('Planning');
    case 'running':
      return msg('Running');
    case 'waiting':
      return msg('Waiting');
    case 'paused':
      return msg('Paused');
    case 'interrupted':
      return msg('Interrupted');
    case 'completed':
      return msg('Completed');
    case 'cancelled':
      return msg('Cancelled');
  }
}

export function stateInWords(job: JobSnapshot, now: number): StateWords {
  const {record} = job;
  const {state} = record;
  const word = wordOf(state);
  switch (state.phase) {
    case 'planning':
      return {word, rest: '', cause: msg(html`Looking through <b>${record.source.name}</b>.`)};
    case 'running':
      return {word, rest: msg(str`started ${formatDayAndTime(record.createdAt, now)}`), cause: nothing};
    case 'waiting':
      return {word, rest: restOfWait(state.waitsFor), cause: causeOfWait(job, state)};
    case 'paused':
      return {
        word,
        rest: '',
        cause: msg(
          str`By you, ${formatDayAndTime(state.at, now)}. Nothing is being sent. It goes on from the last folder added.`,
        ),
      };
    case 'interrupted':
      return {word, rest: '', cause: causeOfInterruption(record.source.name, state.at, state.why, now)};
    case 'completed':
      return {
        word,
        rest: state.failed > 0 ? msg('with failures') : '',
        cause: causeOfCompletion(job, state.at, state.failed, now),
      };
    case 'cancelled':
      return {
        word,
        rest: '',
        cause: msg(
          str`By you, ${formatDayAndTime(state.at, now)}. What is stored stays on the archive; the rest was not sent. The report is kept.`,
        ),
      };
  }
}

function restOfWait(waitsFor: 'server' | 'medium' | 'sign-in'): string {
  switch (waitsFor) {
    case 'server':
      return msg('for the server');
    case 'medium':
      return msg('for the medium');
    case 'sign-in':
      return msg('for a sign-in');
  }
}

function causeOfWait(job: JobSnapshot, state: Extract<JobState, {phase: 'waiting'}>): TemplateResult {
  const {sentence, remedy} = reasonFor(state.reason);
  if (state.reason === 'medium-gone') {
    return msg(
      html`Insert the medium named <b>${job.record.source.name}</b>. The job goes on by itself when it is
        back; another one of that name is refused.`,
    );
  }
  const safe =
    job.filesInFlight > 0
      ? msg(str`Nothing is lost: what was on its way (${filesText(job.filesInFlight)}) is asked about first.`)
      : msg('Nothing is lost.');
  return html`${sentence()} ${remedy()}${state.waitsFor === 'server' ? html` ${safe}` : nothing}`;
}

function causeOfInterruption(name: string, at: number, why: Interruption, now: number): TemplateResult {
  const when = formatDayAndTime(at, now);
  const goesOn = msg('Nothing is lost: it goes on from the last folder added.');
  switch (why) {
    case 'found-on-start':
      return html`${msg(html`<b>${name}</b> stopped ${when}, when the browser or this page was closed.`)}
      ${goesOn}`;
    case 'quota':
      return html`${msg(
        html`<b>${name}</b> stopped ${when}: the browser has no space left for its checkpoints. Free some disk
          space, then restart.`,
      )}
      ${goesOn}`;
    case 'blocked':
      return html`${msg(
        html`<b>${name}</b> stopped ${when}: another window of the panel holds the checkpoints. Leave that
          window, then restart.`,
      )}
      ${goesOn}`;
    case 'newer-version':
      return html`${msg(
        html`<b>${name}</b> stopped ${when}: its checkpoints were written by a newer version. Reload this
          page, then restart.`,
      )}
      ${goesOn}`;
    case 'damaged':
      return msg(
        html`<b>${name}</b> stopped ${when}: its checkpoints are damaged. What is stored stays on the archive.
          A new job on the same folder skips what is already there.`,
      );
    case 'unavailable':
    case 'closed':
      return html`${msg(
        html`<b>${name}</b> stopped ${when}: the browser closed the storage of the checkpoints. Reload this
          page, then restart.`,
      )}
      ${goesOn}`;
  }
}

function causeOfCompletion(
  job: JobSnapshot,
  at: number,
  failed: number,
  now: number,
): TemplateResult | string {
  const {record} = job;
  const when = formatDayAndTime(at, now);
  const took = formatDuration(record.workedMs);
  if (failed > 0) {
    return msg(
      html`${when}, after ${took} of work. <b>${filesFailedText(failed)}</b>; the report says why and what to
        do. All other files of the job are accounted for.`,
    );
  }
  const {studies, asked} = record.verified;
  if (asked > 0 && studies === asked) {
    return msg(
      str`${when}, after ${took} of work. Verified: ${studiesText(studies)} complete on the archive. The medium can be removed.`,
    );
  }
  return msg(str`${when}, after ${took} of work. Nothing failed. The medium can be removed.`);
}

/** The state alone: `Completed with failures`, `Waiting for the server`. */
export function stateTitle(state: JobState): string {
  const word = wordOf(state);
  if (state.phase === 'waiting') return `${word} ${restOfWait(state.waitsFor)}`;
  return state.phase === 'completed' && state.failed > 0 ? `${word} ${msg('with failures')}` : word;
}

/** One line for a list of jobs: `Interrupted today at 02:14`, `Completed 19 Nov, 3 files failed`. */
export function stateInShort(state: JobState, createdAt: number, day: (at: number) => string): string {
  const word = wordOf(state);
  switch (state.phase) {
    case 'planning':
    case 'running':
      return msg(str`${word}, started ${day(createdAt)}`);
    case 'waiting':
      return `${word} ${restOfWait(state.waitsFor)}`;
    case 'completed':
      return state.failed > 0
        ? `${word} ${day(state.at)}, ${filesFailedText(state.failed)}`
        : `${word} ${day(state.at)}`;
    case 'paused':
    case 'interrupted':
    case 'cancelled':
      return `${word} ${day(state.at)}`;
  }
}
