import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import * as fc from 'fast-check';
import {decide} from '../../src/job/decide.js';
import {DEFAULT_OPTIONS, type DateRange} from '../../src/job/job-options.js';
import {orderKey, studyKey, studyKeyOf} from '../../src/job/order-key.js';
import {instance} from './simulated-tree.js';

const date = fc
  .date({min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true})
  .map(day => day.toISOString().slice(0, 10).replaceAll('-', ''));

const decided = (studyDate: string | null, dates: DateRange): string => {
  const decision = decide(instance('1.2', '1.2.3', studyDate), {...DEFAULT_OPTIONS, dates});
  if (decision.kind === 'send') return 'send';
  return 'reason' in decision.outcome ? decision.outcome.reason : decision.outcome.kind;
};

describe('the decision on a file', () => {
  it('sends it if its own study date lies in the range', () => {
    fc.assert(
      fc.property(date, fc.option(date), fc.option(date), (day, from, to) => {
        const isIn = (from === null || day >= from) && (to === null || day <= to);
        assert.equal(decided(day, {from, to}), isIn ? 'send' : 'outside-dates');
      }),
    );
  });

  it('counts both ends of the range as inside', () => {
    assert.equal(decided('20200101', {from: '20200101', to: '20200131'}), 'send');
    assert.equal(decided('20200131', {from: '20200101', to: '20200131'}), 'send');
    assert.equal(decided('20191231', {from: '20200101', to: '20200131'}), 'outside-dates');
    assert.equal(decided('20200201', {from: '20200101', to: '20200131'}), 'outside-dates');
  });

  it('leaves out an undated file where dates were chosen, even if another date of it would fit', () => {
    const reading = instance('1.2', '1.2.3', null);
    assert.ok(reading.kind === 'instance');
    const header = {...reading.header, orderDate: {date: '20200110', source: 'content'} as const};
    const options = {...DEFAULT_OPTIONS, dates: {from: '20200101', to: '20200131'}};
    const decision = decide({kind: 'instance', header}, options);
    assert.deepEqual(decision.kind === 'settle' && decision.outcome, {kind: 'skipped', reason: 'undated'});
    assert.equal(decide({kind: 'instance', header}, DEFAULT_OPTIONS).kind, 'send');
  });

  it('skips what is no image and fails what is a broken one', () => {
    const outcome = (why: 'not-dicom' | 'dicomdir' | 'cut-short') => {
      const decision = decide({kind: 'unusable', why}, DEFAULT_OPTIONS);
      return decision.kind === 'settle' ? decision.outcome.kind : 'sent';
    };
    assert.deepEqual(
      [outcome('not-dicom'), outcome('dicomdir'), outcome('cut-short')],
      ['skipped', 'skipped', 'failed'],
    );
  });
});

describe('the order of folders', () => {
  it('is newest first, undated last', () => {
    fc.assert(
      fc.property(date, date, fc.string(), fc.string(), (a, b, path, other) => {
        if (a > b) assert.ok(orderKey(a, '1', path) < orderKey(b, '1', other));
        assert.ok(orderKey(a, '1', path) < orderKey(null, null, other));
      }),
    );
  });

  it('keeps the folders of one study together', () => {
    fc.assert(
      fc.property(date, fc.string(), fc.string(), fc.string(), (day, a, b, c) => {
        const keys = [orderKey(day, '1.2', a), orderKey(day, '1.3', b), orderKey(day, '1.2', c)].sort();
        assert.ok(!keys[1]?.includes('|1.3|'));
        assert.equal(studyKeyOf(orderKey(day, '1.2', a)), studyKey(day, '1.2'));
      }),
    );
  });
});
