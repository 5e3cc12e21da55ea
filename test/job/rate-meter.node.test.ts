import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import * as fc from 'fast-check';
import {RateMeter} from '../../src/job/rate-meter.js';

describe('the rate meter', () => {
  it('keeps a bounded number of points, in order of time, however long the job is', () => {
    const meter = new RateMeter(0);
    for (let n = 1; n <= 20_000; n++) {
      meter.add(1, 100);
      meter.tick(n * 2_000, false);
      assert.ok(meter.rates.length <= 180);
    }
    const times = meter.rates.map(point => point.at);
    assert.deepEqual(
      times,
      [...times].sort((a, b) => a - b),
    );
    assert.ok(meter.rates.every(point => Math.abs(point.filesPerSecond - 0.5) < 0.01));
  });

  it('damps: one burst moves the rate by a part of it', () => {
    fc.assert(
      fc.property(fc.integer({min: 1, max: 100}), fc.integer({min: 200, max: 10_000}), (usual, burst) => {
        const meter = new RateMeter(0);
        for (let n = 1; n <= 20; n++) {
          meter.add(usual, usual);
          meter.tick(n * 2_000, false);
        }
        const before = meter.filesPerSecond;
        meter.add(burst, burst);
        meter.tick(42_000, false);
        const jump = burst / 2 - before;
        assert.ok(meter.filesPerSecond > before && meter.filesPerSecond < before + jump / 2);
      }),
    );
  });

  it('does not count a wait as slowness', () => {
    const meter = new RateMeter(0);
    meter.add(10, 10);
    meter.tick(2_000, false);
    const before = meter.timeFor(100);
    for (let n = 2; n < 50; n++) meter.tick(n * 2_000, true);
    assert.equal(meter.timeFor(100), before);
    assert.ok(meter.rates.slice(2).every(point => point.waited));
  });

  it('says nothing about the time left while nothing has gone through', () => {
    const meter = new RateMeter(0);
    meter.tick(10_000, false);
    assert.equal(meter.timeFor(5), null);
  });
});
