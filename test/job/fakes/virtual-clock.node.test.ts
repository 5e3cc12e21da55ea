import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {VirtualClock} from './virtual-clock.js';

const never = new AbortController().signal;

describe('virtual clock', () => {
  it('wakes sleepers in the order of their times, and lets all that follows happen before the next', async () => {
    const clock = new VirtualClock();
    const start = clock.now();
    const seen: string[] = [];
    const sleeper = async (name: string, ms: number): Promise<void> => {
      await clock.sleep(ms, never);
      seen.push(`${name} ${clock.now() - start}`);
      await Promise.resolve();
      await Promise.resolve();
      seen.push(`${name} after`);
    };
    const all = Promise.all([sleeper('late', 1000), sleeper('early', 10), sleeper('early too', 10)]);
    assert.equal(await clock.run(all), 'settled');
    assert.deepEqual(seen, [
      'early 10',
      'early after',
      'early too 10',
      'early too after',
      'late 1000',
      'late after',
    ]);
  });

  it('ends a sleep at once when its signal fires', async () => {
    const clock = new VirtualClock();
    const start = clock.now();
    const stop = new AbortController();
    const asleep = clock.sleep(60_000, stop.signal);
    stop.abort();
    assert.equal(await clock.run(asleep), 'settled');
    assert.equal(await clock.run(clock.sleep(60_000, stop.signal)), 'settled');
    assert.equal(clock.now(), start);
  });

  it('says when nothing is left that time could bring about', async () => {
    const clock = new VirtualClock();
    assert.equal(await clock.run(new Promise(() => undefined)), 'idle');
    assert.equal(await clock.run(clock.sleep(Infinity, never)), 'idle');
  });

  it('stops at its limit, and goes on from there', async () => {
    const clock = new VirtualClock();
    const start = clock.now();
    const asleep = clock.sleep(500, never);
    assert.equal(await clock.run(asleep, 100), 'time-up');
    assert.equal(clock.now() - start, 100);
    assert.equal(await clock.run(asleep, 400), 'settled');
    assert.equal(clock.now() - start, 500);
  });

  it('is a failing task that is settled, too', async () => {
    const clock = new VirtualClock();
    const failing = clock.sleep(5, never).then(() => {
      throw new Error('as planned');
    });
    assert.equal(await clock.run(failing), 'settled');
    await assert.rejects(failing, /as planned/);
  });

  it('lets a given time pass', async () => {
    const clock = new VirtualClock();
    const woken: number[] = [];
    for (const ms of [10, 20, 30]) void clock.sleep(ms, never).then(() => woken.push(ms));
    await clock.advance(25);
    assert.deepEqual(woken, [10, 20]);
  });

  it('draws the same numbers for the same seed', () => {
    const draw = (seed: number): number[] => {
      const clock = new VirtualClock(seed);
      return Array.from({length: 50}, () => clock.random());
    };
    assert.deepEqual(draw(7), draw(7));
    assert.notDeepEqual(draw(7), draw(8));
    assert.ok(draw(7).every(x => x >= 0 && x < 1));
  });
});
