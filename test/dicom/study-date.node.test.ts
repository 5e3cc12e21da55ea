import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {bestDate, parseDicomDate, parseDicomTime} from '../../src/dicom/study-date.js';

describe('A date', () => {
  for (const [written, date] of [
    ['20211117', '20211117'],
    ['2021.11.17', '20211117'],
    ['2021-11-17', '20211117'],
    [' 20211117 ', '20211117'],
    ['20240229', '20240229'],
    ['20211117101112.123', '20211117'],
    ['20230229', null],
    ['20200231', null],
    ['19000229', null],
    ['20211317', null],
    ['20210017', null],
    ['20211100', null],
    ['00000000', null],
    ['00010101', null],
    ['2021', null],
    ['2021.11-17', null],
    ['17.11.2021', null],
    ['', null],
    ['unknown', null],
  ] as const) {
    it(`written ${JSON.stringify(written)} is ${date ?? 'none'}`, () =>
      assert.equal(parseDicomDate(written), date));
  }

  it('is a day of the calendar, or none', () => {
    fc.assert(
      fc.property(fc.nat({max: 99_999_999}), number => {
        const text = String(number).padStart(8, '0');
        const day = new Date(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}T00:00:00Z`);
        const exists =
          !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10).replaceAll('-', '') === text;
        assert.equal(parseDicomDate(text), exists && text >= '1850' ? text : null);
      }),
      {numRuns: 5000},
    );
  });

  it("to order by is the study's, else the series', the acquisition's, the content's", () => {
    const none = {study: null, series: null, acquisition: null, content: null};
    assert.equal(bestDate(none), null);
    assert.deepEqual(bestDate({...none, content: '20200101'}), {date: '20200101', source: 'content'});
    assert.deepEqual(bestDate({...none, acquisition: '20190101', content: '20200101'}), {
      date: '20190101',
      source: 'acquisition',
    });
    assert.deepEqual(bestDate({...none, study: '20180101', series: '20210101'}), {
      date: '20180101',
      source: 'study',
    });
  });
});

describe('A time', () => {
  for (const [written, time] of [
    ['101112', '101112'],
    ['101112.123456', '101112'],
    ['10:11:12', '101112'],
    ['1011', '101100'],
    ['10', '100000'],
    ['235960', '235960'],
    ['241112', null],
    ['106112', null],
    ['', null],
    ['noon', null],
  ] as const) {
    it(`written ${JSON.stringify(written)} is ${time ?? 'none'}`, () =>
      assert.equal(parseDicomTime(written), time));
  }
});
