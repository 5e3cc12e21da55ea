import type {JobState} from '../job/job-state.js';

/** The job occupies the engine: it can be paused and cancelled, and no other can start. */
export function isActive(state: JobState): boolean {
  return state.phase === 'planning' || state.phase === 'running' || state.phase === 'waiting';
}

/** At rest, to be gone on with by Restart Previous Job. */
export function isResumable(state: JobState): boolean {
  return state.phase === 'paused' || state.phase === 'interrupted';
}
