import type {JobOptions} from './job-options.js';
import type {JobRecord} from './job-record.js';
import {NO_COUNTS, settled} from './outcome.js';
import {afterEvent, isActive} from './state-machine.js';

/** A job that has not begun. */
export function newJob(start: {
  readonly id: string;
  readonly source: JobRecord['source'];
  readonly destination: JobRecord['destination'];
  readonly options: JobOptions;
  readonly now: number;
}): JobRecord {
  const {id, source, destination, options, now} = start;
  return {
    id,
    source,
    destination,
    options,
    createdAt: now,
    endedAt: null,
    workedMs: 0,
    state: {phase: 'planning'},
    plan: {walked: false, folders: 0, foldersDone: 0},
    counts: NO_COUNTS,
    amounts: {bytesDone: 0, studiesDone: 0, studiesPlanned: 0},
    verified: {studies: 0, asked: 0},
  };
}

/** A job as it is found on start-up: what was at work then has been interrupted. */
export function foundOnStart(record: JobRecord, now: number): JobRecord {
  if (!isActive(record.state)) return record;
  const state = afterEvent(record.state, {type: 'interrupted', at: now, why: 'found-on-start'});
  return state === null ? record : {...record, state, endedAt: now};
}

/** A paused or interrupted job as it goes on; null where it cannot. */
export function restarted(record: JobRecord): JobRecord | null {
  const state = afterEvent(record.state, {type: 'restarted', planned: record.plan.walked});
  return state === null ? null : {...record, state, endedAt: null};
}

/** A cancelled job that was broken off before every file had its outcome: a runner brings it to its end. */
export function isUnsettled({state, plan, counts}: JobRecord): boolean {
  return state.phase === 'cancelled' && (plan.foldersDone < plan.folders || settled(counts) !== counts.files);
}
