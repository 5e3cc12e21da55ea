import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {retryAfterMs} from '../../src/destination/http-faults.js';

describe('Retry-After', () => {
  const NOW = Date.UTC(2026, 0, 1, 12, 0, 0);

  it('is read as seconds', () => {
    expect(retryAfterMs('120', NOW)).to.equal(120_000);
    expect(retryAfterMs(' 0 ', NOW)).to.equal(0);
  });

  it('is read as a date, never in the past', () => {
    expect(retryAfterMs('Thu, 01 Jan 2026 12:00:30 GMT', NOW)).to.equal(30_000);
    expect(retryAfterMs('Thu, 01 Jan 2026 11:00:00 GMT', NOW)).to.equal(0);
  });

  it('is nothing where it is missing or nonsense', () => {
    for (const header of [null, '', 'soon', '-5', '1.5', '99999999999', 'Xyz, nonsense']) {
      expect(retryAfterMs(header, NOW), String(header)).to.equal(null);
    }
  });

  it('is never negative and never not a number', () => {
    fc.assert(
      fc.property(fc.string(), header => {
        const ms = retryAfterMs(header, NOW);
        expect(ms === null || (Number.isFinite(ms) && ms >= 0)).to.equal(true);
      }),
    );
  });
});
