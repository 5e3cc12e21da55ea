import type {Clock} from '../../../src/job/ports/clock.js';
import {seededRandom} from './seeded-random.js';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** `idle`: nobody sleeps and the task is not settled, so it waits for somebody outside. */
export type RunEnd = 'settled' | 'idle' | 'time-up';

/**
 * Time that passes only when nothing else can happen. Between two wakings every microtask runs, so a run depends on
 * the seed alone as long as nothing under test waits for real input and output.
 */
export class VirtualClock implements Clock {
  readonly random: () => number;
  #now: number;
  /** By time of waking; those of the same time in the order in which they went to sleep. */
  readonly #sleepers: Sleeper[] = [];

  constructor(seed = 1, start = Date.UTC(2024, 0, 1)) {
    this.random = seededRandom(seed);
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise(resolve => {
      const sleeper: Sleeper = {
        at: this.#now + Math.max(0, ms),
        wake: () => {
          signal.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      const onAbort = (): void => {
        this.#sleepers.splice(this.#sleepers.indexOf(sleeper), 1);
        sleeper.wake();
      };
      signal.addEventListener('abort', onAbort);
      const later = this.#sleepers.findIndex(other => other.at > sleeper.at);
      this.#sleepers.splice(later < 0 ? this.#sleepers.length : later, 0, sleeper);
    });
  }

  /** Lets time pass until the task is settled, at most `limitMs`. Whether the task failed is the caller's to ask. */
  async run(task: Promise<unknown>, limitMs = Infinity): Promise<RunEnd> {
    const limit = this.#now + limitMs;
    const state = {settled: false};
    const note = (): void => {
      state.settled = true;
    };
    task.then(note, note);
    for (;;) {
      await everyMicrotask();
      if (state.settled) return 'settled';
      const next = this.#sleepers[0];
      if (!next || next.at === Infinity) return 'idle';
      if (next.at > limit) {
        this.#now = limit;
        return 'time-up';
      }
      this.#wake(next);
    }
  }

  /** Lets `ms` pass, waking whoever's time comes. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await everyMicrotask();
    for (let next = this.#sleepers[0]; next && next.at <= end; next = this.#sleepers[0]) {
      this.#wake(next);
      await everyMicrotask();
    }
    this.#now = end;
  }

  #wake(sleeper: Sleeper): void {
    this.#sleepers.shift();
    this.#now = Math.max(this.#now, sleeper.at);
    sleeper.wake();
  }
}

/** A task of its own begins only when the queue of microtasks is empty. */
function everyMicrotask(): Promise<void> {
  return new Promise(resolve => {
    if (typeof setImmediate === 'function') {
      setImmediate(resolve);
      return;
    }
    const {port1, port2} = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
