import {msg, str} from '@lit/localize';
import type {JobSnapshot} from '../job/job-snapshot.js';
import {settled} from '../job/outcome.js';
import {isActive} from '../job/state-machine.js';
import {formatDuration} from './format-duration.js';
import {numberFormat} from './intl-formats.js';
import {filesText} from './quantities.js';
import {lookOfState, stateTitle} from './state-words.js';

/** A job in a few words, for a status bar or a page's title. Never patient data. */
export interface Status {
  readonly text: string;
  /** A codicon's name. */
  readonly icon: string;
  readonly tooltip: string;
  /** 0 to 1; null where no whole is known. */
  readonly progress: number | null;
  readonly isActive: boolean;
  readonly menu: {
    readonly show: string;
    readonly report: string;
    readonly pause: string;
    readonly cancel: string;
  };
}

export function statusOf(job: JobSnapshot | null): Status | null {
  if (job === null) return null;
  const {state, counts, plan} = job.record;
  const title = stateTitle(state);
  const done = settled(counts);
  const share = plan.walked && counts.files > 0 ? done / counts.files : null;
  const percent = share === null ? null : numberFormat({style: 'percent'}).format(share);
  const left =
    state.phase === 'running' && job.timeLeftMs !== null
      ? msg(str`${formatDuration(job.timeLeftMs)} left`)
      : null;
  const text =
    state.phase === 'running' && percent !== null
      ? [msg(str`Migration ${percent}`), left].filter(part => part !== null).join(' · ')
      : msg(str`Migration: ${title}`);
  return {
    text,
    icon: lookOfState(state).icon,
    tooltip: `${title}. ${filesText(done)}`,
    progress: isActive(state) ? share : null,
    isActive: isActive(state),
    menu: {
      show: msg('Show Migration Tool'),
      report: msg('View Report...'),
      pause: msg('Pause Job'),
      cancel: msg('Cancel Job'),
    },
  };
}
