import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import * as fc from 'fast-check';
import type {JobState} from '../../src/job/job-state.js';
import {afterEvent, canRestart, isActive, isOver, type JobEvent} from '../../src/job/state-machine.js';

const at = fc.nat();
const wait = {waitsFor: 'server', reason: 'unreachable', nextTryAt: null, attempt: 0} as const;
const event: fc.Arbitrary<JobEvent> = fc.oneof(
  fc.constant<JobEvent>({type: 'planned'}),
  fc.constant<JobEvent>({type: 'fault', ...wait}),
  fc.constant<JobEvent>({type: 'recovered'}),
  at.map((n): JobEvent => ({type: 'paused', at: n})),
  at.map((n): JobEvent => ({type: 'interrupted', at: n, why: 'found-on-start'})),
  fc.boolean().map((planned): JobEvent => ({type: 'restarted', planned})),
  at.map((n): JobEvent => ({type: 'cancelled', at: n})),
  fc.record({type: fc.constant('finished' as const), at, failed: fc.nat()}),
);

/** What may follow upon what; everything else is refused. */
const LEGAL: Readonly<Record<JobState['phase'], readonly JobEvent['type'][]>> = {
  planning: ['planned', 'fault', 'paused', 'interrupted', 'cancelled'],
  running: ['fault', 'paused', 'interrupted', 'cancelled', 'finished'],
  waiting: ['fault', 'recovered', 'paused', 'interrupted', 'cancelled'],
  paused: ['restarted', 'cancelled'],
  interrupted: ['restarted', 'cancelled'],
  completed: [],
  cancelled: [],
};

describe('the states of a job', () => {
  it('take every event that is legal and refuse every other, along any way', () => {
    fc.assert(
      fc.property(fc.array(event, {maxLength: 30}), events => {
        let state: JobState = {phase: 'planning'};
        for (const next of events) {
          const after: JobState | null = afterEvent(state, next);
          assert.equal(
            after !== null,
            LEGAL[state.phase].includes(next.type),
            `${next.type} in ${state.phase}`,
          );
          state = after ?? state;
          const kinds: boolean[] = [isActive(state), canRestart(state), isOver(state)];
          assert.equal(kinds.filter(Boolean).length, 1, 'at work, at rest or over: exactly one');
        }
      }),
    );
  });

  it('go on after a wait with what went on before, however many faults came meanwhile', () => {
    fc.assert(
      fc.property(fc.constantFrom('planning', 'running'), fc.integer({min: 1, max: 9}), (phase, faults) => {
        let state: JobState | null = {phase};
        for (let n = 0; n < faults && state !== null; n++)
          state = afterEvent(state, {type: 'fault', ...wait});
        assert.ok(state !== null);
        assert.deepEqual(afterEvent(state, {type: 'recovered'}), {phase});
      }),
    );
  });
});
