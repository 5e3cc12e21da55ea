import type {WaitReason} from './reasons.js';

/** What broke the store of checkpoints. */
export type StoreFaultCode = 'unavailable' | 'quota' | 'blocked' | 'newer-version' | 'closed' | 'damaged';

/** What the job waits for: it decides which button stands beside the state. */
export type WaitsFor = 'server' | 'medium' | 'sign-in';

/** Why a job that nobody paused is at rest. */
export type Interruption = 'found-on-start' | StoreFaultCode;

/** The states of a job. Times are milliseconds since the epoch. */
export type JobState =
  | {readonly phase: 'planning'}
  | {readonly phase: 'running'}
  | {
      readonly phase: 'waiting';
      readonly goesOnAs: 'planning' | 'running';
      readonly waitsFor: WaitsFor;
      readonly reason: WaitReason;
      /** Null where only a person or the medium's return ends the wait. */
      readonly nextTryAt: number | null;
      readonly attempt: number;
    }
  | {readonly phase: 'paused'; readonly at: number}
  | {readonly phase: 'interrupted'; readonly at: number; readonly why: Interruption}
  | {readonly phase: 'completed'; readonly at: number; readonly failed: number}
  | {readonly phase: 'cancelled'; readonly at: number};
