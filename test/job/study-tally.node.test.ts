import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {StudyTally} from '../../src/job/study-tally.js';

void describe('the tally of studies', () => {
  void it('counts a study once, although its folders are closed in several steps', () => {
    const tally = new StudyTally();
    assert.deepEqual(tally.add(new Map([['1.2', 'verified']])), {done: 1, asked: 1, verified: 1});
    tally.add(new Map([['1.3', 'verified']]));
    assert.deepEqual(tally.add(new Map([['1.2', 'verified']])), {done: 0, asked: 0, verified: 0});
  });

  void it('takes a study back from the verified ones when a later folder of it lacks something', () => {
    const tally = new StudyTally();
    tally.add(new Map([['1.2', 'verified']]));
    assert.deepEqual(tally.add(new Map([['1.2', 'incomplete']])), {done: 0, asked: 0, verified: -1});
    assert.deepEqual(tally.add(new Map([['1.2', 'verified']])), {done: 0, asked: 0, verified: 0});
  });

  void it('counts a study that was there before as done, and as asked about once something of it is sent', () => {
    const tally = new StudyTally();
    assert.deepEqual(tally.add(new Map([['1.2', 'not-asked']])), {done: 1, asked: 0, verified: 0});
    assert.deepEqual(tally.add(new Map([['1.2', 'verified']])), {done: 0, asked: 1, verified: 1});
  });
});
