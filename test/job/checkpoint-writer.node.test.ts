import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import * as fc from 'fast-check';
import {CheckpointWriter} from '../../src/job/checkpoint-writer.js';
import type {FolderRecord} from '../../src/job/folder-record.js';
import {newJob} from '../../src/job/job-lifecycle.js';
import {DEFAULT_OPTIONS} from '../../src/job/job-options.js';
import {Ledger} from '../../src/job/ledger.js';
import {addCounts, NO_COUNTS, type Outcome} from '../../src/job/outcome.js';
import {type CheckpointStep, StoreFault} from '../../src/job/ports/checkpoint-store.js';
import {MemoryCheckpointStore} from './fakes/memory-store.js';
import {VirtualClock} from './fakes/virtual-clock.js';

const job = newJob({
  id: 'job',
  source: {name: 's', fingerprint: null},
  destination: {name: 'd'},
  options: DEFAULT_OPTIONS,
  now: 0,
});
const folder = (path: string, files: number): FolderRecord => ({
  jobId: 'job',
  path,
  state: 'planned',
  order: path,
  counts: {...NO_COUNTS, files},
  bytesDone: 0,
  verdict: null,
  reason: null,
  verification: 'not-asked',
  finishedAt: null,
});

const step = fc.record({
  workedMs: fc.nat(),
  folder: fc.option(fc.constantFrom('a', 'b', 'c')),
  settles: fc.boolean(),
  closes: fc.boolean(),
  sends: fc.boolean(),
  answersTheLast: fc.boolean(),
  strict: fc.boolean(),
  pauseBefore: fc.boolean(),
});

describe('the checkpoint writer', () => {
  it('leaves what single writes in the same order would have left, in fewer transactions', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, {maxLength: 25}), async steps => {
        const all = steps.map((each, i): CheckpointStep => ({
          job: {...job, workedMs: each.workedMs},
          durability: each.strict ? 'strict' : 'relaxed',
          ...(each.folder === null ? {} : {folders: [folder(each.folder, i)]}),
          ...(each.folder !== null && each.settles
            ? {settled: new Map([[each.folder, [{name: `${i}`}]]])}
            : {}),
          ...(each.folder !== null && each.closes ? {closed: [each.folder]} : {}),
          ...(each.sends ? {sent: {batch: i, files: []}} : {}),
          ...(each.answersTheLast ? {answered: [i - 1]} : {}),
        }));
        const single = new MemoryCheckpointStore();
        for (const one of all) await single.write(one);
        const merged = new MemoryCheckpointStore();
        const writer = new CheckpointWriter(merged);
        const written: Promise<void>[] = [];
        for (const [i, one] of all.entries()) {
          if (steps[i]?.pauseBefore === true) await new Promise(setImmediate);
          written.push(writer.add(one));
        }
        await Promise.all(written);
        assert.deepEqual(merged.snapshot(), single.snapshot());
      }),
    );
  });

  it('is strict for all that was merged with a strict step', async () => {
    const store = new MemoryCheckpointStore();
    const writer = new CheckpointWriter(store);
    const first = writer.add({job, durability: 'relaxed'});
    const strict = writer.add({job, folders: [folder('a', 1)], durability: 'strict'});
    const last = writer.add({job, folders: [folder('b', 1)], durability: 'relaxed'});
    await Promise.all([first, strict, last]);
    assert.equal(store.snapshotOnDisk().get('job')?.folders.has('a'), true);
  });

  it('writes nothing more once a write has failed', async () => {
    let writes = 0;
    const store = new MemoryCheckpointStore({
      before: () => {
        writes++;
        throw new StoreFault('quota');
      },
    });
    const writer = new CheckpointWriter(store);
    await assert.rejects(writer.add({job, durability: 'relaxed'}), StoreFault);
    await assert.rejects(writer.add({job, durability: 'relaxed'}), StoreFault);
    assert.equal(writes, 1);
    assert.equal(writer.written, null);
  });
});

describe('the ledger', () => {
  it('keeps the sums of the job, its folders and the listed outcomes alike in every single transaction', async () => {
    const outcome = fc.constantFrom<Outcome>(
      {kind: 'stored'},
      {kind: 'already-there'},
      {kind: 'skipped', reason: 'not-dicom'},
      {kind: 'failed', reason: 'empty'},
    );
    const folders = fc.array(fc.array(outcome, {minLength: 1, maxLength: 8}), {minLength: 1, maxLength: 5});
    await fc.assert(
      fc.asyncProperty(folders, fc.integer({min: 1, max: 3}), async (all, atOnce) => {
        const store = new MemoryCheckpointStore();
        const agree = (): void => {
          const kept = store.snapshot().get('job');
          if (kept === undefined) return;
          const sum = [...kept.folders.values()].map(each => each.counts).reduce(addCounts, NO_COUNTS);
          assert.deepEqual(sum, kept.record.counts);
          const failed = kept.outcomes.filter(group => group.outcome.kind === 'failed');
          assert.equal(failed.flatMap(group => group.files).length, kept.record.counts.failed);
        };
        store.hooks = {after: agree};
        const ledger = new Ledger(job, store, new VirtualClock());
        const records = all.map((files, i) => folder(`${i}`, files.length));
        await ledger.plan(records, 0);
        const balanced: string[] = [];
        ledger.onBalanced = path => balanced.push(path);
        for (const [i, record] of records.entries()) await ledger.openFolder(record, [], all[i]?.length ?? 0);
        const files = all.flatMap((each, i) =>
          each.map((what, n) => ({folder: `${i}`, name: `${n}`, outcome: what, bytes: 7, header: null})),
        );
        const written: Promise<void>[] = [];
        for (let at = 0; at < files.length; at += atOnce)
          written.push(ledger.settle(files.slice(at, at + atOnce)));
        await Promise.all(written);
        assert.deepEqual(balanced.sort(), records.map(each => each.path).sort());
        await ledger.close(
          balanced.map(path => ({path, verification: 'not-asked', missing: []})),
          {done: 0, asked: 0, verified: 0},
        );
        assert.equal(ledger.record.amounts.bytesDone, files.length * 7);
        assert.equal(ledger.openFolders, 0);
        assert.ok((await store.folderPaths('job', 99)).every(each => each.state === 'done'));
      }),
    );
  });
});
