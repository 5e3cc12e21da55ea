import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import * as fc from 'fast-check';
import {DEFAULT_LIMITS} from '../../src/job/engine-limits.js';
import {Outage} from '../../src/job/outage.js';
import {FakeArchive, systemFault} from './fakes/fake-archive.js';
import {MemorySource} from './fakes/memory-source.js';
import {VirtualClock} from './fakes/virtual-clock.js';

function scene(failingProbes: number, seed = 1) {
  const clock = new VirtualClock(seed);
  const archive = new FakeArchive(clock);
  archive.latencyMs = 0;
  const source = new MemorySource();
  const stop = new AbortController();
  const waits: {reason: string; pause: number | null}[] = [];
  const seen = {recovered: 0, probes: 0};
  archive.hook = () => {
    seen.probes++;
    return seen.probes <= failingProbes
      ? {kind: 'fault', fault: systemFault('unreachable', {bytesLeft: false}), stored: 0}
      : null;
  };
  const outage = new Outage({
    clock,
    source,
    destination: archive,
    fingerprint: source.identity,
    limits: DEFAULT_LIMITS,
    signal: stop.signal,
    listener: {
      waiting: ({reason, nextTryAt}) => {
        waits.push({reason, pause: nextTryAt === null ? null : nextTryAt - clock.now()});
        return Promise.resolve();
      },
      recovered: () => {
        seen.recovered++;
        return Promise.resolve();
      },
    },
  });
  return {clock, archive, source, stop, waits, seen, outage};
}

describe('an outage', () => {
  it('asks with growing pauses that never leave their bounds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({min: 0, max: 40}), fc.nat(), async (failing, seed) => {
        const {clock, outage, waits} = scene(failing, seed);
        const wait = outage.afterFault(systemFault('unreachable'));
        assert.equal(await clock.run(wait), 'settled');
        assert.equal(await wait, failing === 0 ? 'archive-was-up' : 'archive-was-down');
        assert.equal(waits.length, failing + 1);
        for (const [n, {pause}] of waits.entries()) {
          const ceiling = Math.min(DEFAULT_LIMITS.longestRetryMs, DEFAULT_LIMITS.firstRetryMs * 2 ** n);
          assert.ok(pause !== null && pause >= ceiling / 2 && pause <= ceiling);
        }
      }),
      {numRuns: 50},
    );
  });

  it('never comes earlier than Retry-After', async () => {
    const {clock, outage, waits} = scene(0);
    await clock.run(outage.afterFault(systemFault('busy', {retryAfterMs: 123_000})));
    assert.equal(waits[0]?.pause, 123_000);
  });

  it('is one wait, however many meet it', async () => {
    const {clock, outage, waits, seen} = scene(2);
    const all = Promise.all([1, 2, 3].map(() => outage.afterFault(systemFault('unreachable'))));
    assert.equal(await clock.run(all), 'settled');
    assert.deepEqual([waits.length, seen.probes, seen.recovered, outage.active], [3, 3, 1, false]);
  });

  it('keeps its long pauses until the archive has taken something', async () => {
    const {clock, outage, waits} = scene(0);
    for (let n = 0; n < 8; n++) await clock.run(outage.afterFault(systemFault('server-error')));
    assert.ok((waits.at(-1)?.pause ?? 0) >= 30_000);
    outage.succeeded();
    await clock.run(outage.afterFault(systemFault('server-error')));
    assert.ok((waits.at(-1)?.pause ?? Infinity) <= DEFAULT_LIMITS.firstRetryMs);
  });

  it('ends its pause at once when somebody wants to try now', async () => {
    const {clock, outage} = scene(0);
    const start = clock.now();
    const wait = outage.afterFault(systemFault('busy', {retryAfterMs: 600_000}));
    await clock.advance(1_000);
    outage.tryNow();
    assert.equal(await clock.run(wait), 'settled');
    assert.equal(clock.now() - start, 1_000);
  });

  it('ends at once when the job is stopped, and then calls nothing recovered', async () => {
    const {clock, outage, stop, seen} = scene(1000);
    const wait = outage.afterFault(systemFault('unreachable'));
    await clock.advance(10_000);
    stop.abort();
    assert.equal(await clock.run(wait), 'settled');
    assert.equal(seen.recovered, 0);
  });

  it('waits for the same medium, refuses another of the same name, and takes it if a person says so', async () => {
    const {clock, outage, source, waits} = scene(0);
    source.medium = 'gone';
    const wait = outage.mediumMissing();
    await clock.advance(5_000);
    const other = new MemorySource(source.name, 'another');
    source.exchange(other);
    source.medium = 'present';
    await clock.advance(5_000);
    assert.equal(waits[0]?.reason, 'medium-gone');
    assert.equal(waits.at(-1)?.reason, 'other-medium');
    assert.equal(outage.active, true);
    outage.acceptMedium();
    assert.equal(await clock.run(wait), 'settled');
    assert.equal(await wait, true);
    assert.equal(outage.active, false);
  });

  it('takes a stick that was pulled out for the medium, not for the archive', async () => {
    const {clock, outage, source, seen} = scene(0);
    source.medium = 'gone';
    const wait = outage.afterFault(systemFault('unreachable'));
    await clock.advance(5_000);
    source.medium = 'present';
    assert.equal(await clock.run(wait), 'settled');
    assert.equal(await wait, 'archive-was-up');
    assert.equal(seen.probes, 0);
  });
});
