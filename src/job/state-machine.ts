import type {Interruption, JobState, WaitsFor} from './job-state.js';
import type {WaitReason} from './reasons.js';

/** What can happen to a job. */
export type JobEvent =
  | {readonly type: 'planned'}
  | {
      readonly type: 'fault';
      readonly waitsFor: WaitsFor;
      readonly reason: WaitReason;
      readonly nextTryAt: number | null;
      readonly attempt: number;
    }
  | {readonly type: 'recovered'}
  | {readonly type: 'paused'; readonly at: number}
  | {readonly type: 'interrupted'; readonly at: number; readonly why: Interruption}
  | {readonly type: 'restarted'; readonly planned: boolean}
  | {readonly type: 'cancelled'; readonly at: number}
  | {readonly type: 'finished'; readonly at: number; readonly failed: number};

/** Whether the engine is at work on the job, waits included. */
export function isActive(state: JobState): boolean {
  return state.phase === 'planning' || state.phase === 'running' || state.phase === 'waiting';
}

/** Whether Restart Previous Job can go on with it. */
export function canRestart(state: JobState): boolean {
  return state.phase === 'paused' || state.phase === 'interrupted';
}

export function isOver(state: JobState): boolean {
  return state.phase === 'completed' || state.phase === 'cancelled';
}

/** The state after the event, or null where the event cannot happen in this state. */
export function afterEvent(state: JobState, event: JobEvent): JobState | null {
  switch (event.type) {
    case 'planned':
      return state.phase === 'planning' ? {phase: 'running'} : null;
    case 'fault': {
      const goesOnAs = whatGoesOn(state);
      if (goesOnAs === null) return null;
      const {waitsFor, reason, nextTryAt, attempt} = event;
      return {phase: 'waiting', goesOnAs, waitsFor, reason, nextTryAt, attempt};
    }
    case 'recovered':
      return state.phase === 'waiting' ? {phase: state.goesOnAs} : null;
    case 'paused':
      return isActive(state) ? {phase: 'paused', at: event.at} : null;
    case 'interrupted':
      return isActive(state) ? {phase: 'interrupted', at: event.at, why: event.why} : null;
    case 'restarted':
      return canRestart(state) ? {phase: event.planned ? 'running' : 'planning'} : null;
    case 'cancelled':
      return isOver(state) ? null : {phase: 'cancelled', at: event.at};
    case 'finished':
      return state.phase === 'running' ? {phase: 'completed', at: event.at, failed: event.failed} : null;
  }
}

function whatGoesOn(state: JobState): 'planning' | 'running' | null {
  if (state.phase === 'waiting') return state.goesOnAs;
  return state.phase === 'planning' || state.phase === 'running' ? state.phase : null;
}
