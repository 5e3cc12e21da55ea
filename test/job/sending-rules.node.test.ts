import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import * as fc from 'fast-check';
import {BenefitOfDoubt, triedAgain} from '../../src/job/benefit-of-doubt.js';
import {Duplicates} from '../../src/job/duplicates.js';
import {DEFAULT_LIMITS} from '../../src/job/engine-limits.js';
import {batchOf, type Batch} from '../../src/job/item.js';
import {ItemBuffer} from '../../src/job/item-buffer.js';
import {NewestFirstGate} from '../../src/job/newest-first-gate.js';
import {RetryQueue} from '../../src/job/retry-queue.js';
import {SendWindow} from '../../src/job/send-window.js';
import {item} from './items.js';

describe('the newest-first gate', () => {
  it('lets dates arrive newest first, whatever order the answers of concurrent requests come in', () => {
    const day = fc.constantFrom('20240101', '20230101', '20220101', '20210101', null);
    const batches = fc.array(fc.array(day, {minLength: 1, maxLength: 4}), {minLength: 1, maxLength: 12});
    fc.assert(
      fc.property(batches, fc.infiniteStream(fc.nat({max: 20})), (dates, dice) => {
        const sorted = dates.flat().sort((a, b) => ((a ?? '') < (b ?? '') ? 1 : -1));
        const waiting = dates.map(batch => batchOf(sorted.splice(0, batch.length).map(date => item({date}))));
        const gate = new NewestFirstGate();
        const underWay: Batch[] = [];
        const arrived: string[] = [];
        while (waiting.length + underWay.length > 0) {
          const next = waiting[0];
          if (next !== undefined && underWay.length < 4 && gate.mayLeave(next)) {
            waiting.shift();
            gate.left(next);
            underWay.push(next);
            continue;
          }
          assert.ok(underWay.length > 0, 'with nothing under way, everything may leave');
          const [answered] = underWay.splice((dice.next().value ?? 0) % underWay.length, 1);
          assert.ok(answered);
          arrived.push(...answered.items.map(each => each.header.orderDate?.date ?? ''));
          gate.answered(answered);
        }
        const first = [...new Set(arrived)];
        assert.deepEqual(first, [...first].sort().reverse());
      }),
    );
  });

  it('lets several requests of one date go at a time', () => {
    const gate = new NewestFirstGate();
    const [a, b, older] = ['20240101', '20240101', '20230101'].map(date => batchOf([item({date})]));
    assert.ok(a && b && older);
    gate.left(a);
    assert.equal(gate.mayLeave(b), true);
    assert.equal(gate.mayLeave(older), false);
    gate.answered(a);
    assert.equal(gate.mayLeave(older), true);
  });
});

describe('the send window', () => {
  it('never leaves its bounds, and lets only one small request go after a fault', () => {
    const steps = fc.array(fc.constantFrom('answered', 'fault', 'tooLarge'), {maxLength: 60});
    fc.assert(
      fc.property(
        fc.integer({min: 1, max: 12}),
        fc.integer({min: 1, max: 64}),
        steps,
        (requests, files, all) => {
          const window = new SendWindow({requests, files, bytes: 1_000_000});
          for (const step of all) {
            if (step === 'tooLarge') window.tooLarge(window.batchBytes, null);
            else window[step]();
            assert.ok(window.requests >= 1 && window.requests <= requests);
            assert.ok(window.batchFiles >= 1 && window.batchFiles <= files);
            assert.ok(window.batchBytes >= 1);
            if (step === 'fault') assert.deepEqual([window.requests, window.batchFiles <= 4], [1, true]);
          }
        },
      ),
    );
  });

  it('opens again to its full width with answers', () => {
    const window = new SendWindow({requests: 6, files: 32, bytes: 1_000_000});
    window.fault();
    for (let n = 0; n < 60; n++) window.answered();
    assert.deepEqual([window.requests, window.batchFiles], [6, 32]);
  });

  it('keeps below a limit that the server names', () => {
    const window = new SendWindow({requests: 6, files: 32, bytes: 1_000_000});
    window.tooLarge(900_000, 500_000);
    assert.ok(window.batchBytes < 500_000 && window.batchBytes > 400_000);
  });
});

describe('the item buffer', () => {
  it('gives out everything once and in order, in requests of bounded size, suspects alone', async () => {
    const sizes = fc.array(fc.tuple(fc.integer({min: 1, max: 99}), fc.boolean()), {maxLength: 40});
    await fc.assert(
      fc.asyncProperty(
        sizes,
        fc.integer({min: 1, max: 7}),
        fc.integer({min: 1, max: 200}),
        async (all, files, bytes) => {
          const buffer = new ItemBuffer(100, () => undefined);
          const items = all.map(([size, isSuspect], i) =>
            item({size, name: `${i}`, deaths: isSuspect ? 1 : 0}),
          );
          for (const each of items) await buffer.put(each);
          buffer.end();
          const given = [];
          while (!buffer.drained) {
            const batch = buffer.peek(files, bytes);
            assert.ok(batch.length >= 1 && batch.length <= files);
            assert.ok(batch.length === 1 || batchOf(batch).bytes <= bytes);
            assert.ok(batch.length === 1 || batch.every(each => each.deaths === 0));
            buffer.take(batch.length);
            given.push(...batch);
          }
          assert.deepEqual(given, items);
        },
      ),
    );
  });

  it('holds the reader back when it is full, and lets it go on when there is room or the job stops', async () => {
    for (const release of ['take', 'stop'] as const) {
      const buffer = new ItemBuffer(1, () => undefined);
      await buffer.put(item());
      let isIn = false;
      const put = buffer.put(item()).then(() => (isIn = true));
      await new Promise(setImmediate);
      assert.equal(isIn, false);
      if (release === 'take') buffer.take(1);
      else buffer.stop();
      await put;
      assert.equal(buffer.isEmpty, release === 'stop');
    }
  });
});

describe('the retries', () => {
  it('lose no file and send suspects alone', () => {
    const counts = fc.array(fc.record({deaths: fc.nat({max: 2}), tries: fc.nat({max: 2})}), {maxLength: 40});
    fc.assert(
      fc.property(counts, fc.integer({min: 1, max: 8}), (all, files) => {
        const queue = new RetryQueue();
        const items = all.map((each, i) => item({...each, name: `${i}`}));
        queue.add(items);
        const given = [];
        for (let batch = queue.take(files, 1000); batch !== null; batch = queue.take(files, 1000)) {
          assert.ok(batch.items.length <= files);
          assert.equal(
            batch.alone,
            batch.items.some(each => each.deaths > 0),
          );
          assert.ok(!batch.alone || batch.items.length === 1);
          given.push(...batch.items);
        }
        assert.equal(given.length, items.length);
        assert.equal(new Set(given).size, items.length);
      }),
    );
  });
});

describe('files of one SOP Instance UID', () => {
  it('are sent one at a time until one is stored, and each is heard of exactly once', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), {minLength: 1, maxLength: 8}), verdicts => {
        const duplicates = new Duplicates();
        const twins = verdicts.map((_, i) => item({name: `${i}`}));
        const admitted = twins.map(twin => duplicates.admit(twin));
        assert.deepEqual(
          admitted,
          twins.map((_, i) => (i === 0 ? 'send' : 'held')),
        );
        let heard = 0;
        for (let sent = twins[0] ?? null; sent !== null;) {
          const isStored = verdicts[heard] === true;
          heard++;
          if (isStored) heard += duplicates.stored(sent.header).length;
          sent = isStored ? null : duplicates.failed(sent.header);
        }
        assert.equal(heard, twins.length);
        assert.equal(duplicates.admit(item()), verdicts.includes(true) ? 'already-there' : 'send');
      }),
    );
  });

  it('are no duplicates when they belong to different studies', () => {
    const duplicates = new Duplicates();
    assert.equal(duplicates.admit(item({study: '1'})), 'send');
    assert.equal(duplicates.admit(item({study: '2'})), 'send');
  });
});

describe('the benefit of the doubt', () => {
  const alone = (tries: number, benefit: BenefitOfDoubt) => {
    let file = item();
    for (let n = 0; n < tries; n++) file = triedAgain(file, true, benefit.taken);
    return file;
  };
  const others = {othersLeft: true, doubtful: 1, everTook: true};
  const last = {othersLeft: false, doubtful: 1, everTook: true};

  it('gives a file up only after the archive has taken others since', () => {
    const benefit = new BenefitOfDoubt(DEFAULT_LIMITS);
    benefit.took(5);
    const file = alone(DEFAULT_LIMITS.triesAllowed, benefit);
    assert.equal(benefit.isGivenUp(file, others), false);
    benefit.took(1);
    assert.equal(benefit.isGivenUp(file, others), true);
  });

  it('fails no file of an archive that takes nothing, however often it is asked', () => {
    const benefit = new BenefitOfDoubt(DEFAULT_LIMITS);
    assert.equal(benefit.isGivenUp(alone(1000, benefit), others), false);
    assert.equal(benefit.isGivenUp(alone(1000, benefit), {...last, doubtful: 65}), false);
  });

  it('does not let the last bad file hold the job for ever', () => {
    const benefit = new BenefitOfDoubt(DEFAULT_LIMITS);
    assert.equal(benefit.isGivenUp(alone(DEFAULT_LIMITS.triesAllowed, benefit), last), false);
    assert.equal(benefit.isGivenUp(alone(DEFAULT_LIMITS.triesAllowed * 2, benefit), last), true);
    const strange = {...last, everTook: false};
    assert.equal(benefit.isGivenUp(alone(DEFAULT_LIMITS.triesAllowed * 2, benefit), strange), false);
    assert.equal(benefit.isGivenUp(alone(DEFAULT_LIMITS.triesAllowed * 12, benefit), strange), true);
  });

  it('counts only what was tried by itself', () => {
    const benefit = new BenefitOfDoubt(DEFAULT_LIMITS);
    let file = item();
    for (let n = 0; n < 50; n++) file = triedAgain(file, false, 0);
    benefit.took(1);
    assert.equal(benefit.isGivenUp(file, others), false);
  });
});
