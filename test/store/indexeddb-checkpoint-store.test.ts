import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {deleteDB} from 'idb';
import type {CheckpointStep, CheckpointStore} from '../../src/job/ports/checkpoint-store.js';
import {IndexedDbCheckpointStore} from '../../src/store/indexeddb-checkpoint-store.js';
import {MemoryCheckpointStore} from '../job/fakes/memory-store.js';
import {checkpointStoreContract} from './checkpoint-store-contract.js';
import {doneFolder, jobRecord, plannedFolder, step} from './records.js';

const open = new Set<IndexedDbCheckpointStore>();
const names = new Map<CheckpointStore, string>();
let count = 0;

async function openNamed(name: string): Promise<IndexedDbCheckpointStore> {
  const store = await IndexedDbCheckpointStore.open({name});
  open.add(store);
  names.set(store, name);
  return store;
}
const fresh = (): Promise<IndexedDbCheckpointStore> => openNamed(`contract-${count++}`);

async function dispose(): Promise<void> {
  for (const store of open) store.close();
  open.clear();
  for (const name of new Set(names.values())) await deleteDB(name);
  names.clear();
}

checkpointStoreContract('in IndexedDB', {
  fresh,
  reopened: store => openNamed(names.get(store) ?? ''),
  dispose,
});

const name = fc.constantFrom('a', 'b', 'a/b', '', 'é');
const verdict = fc.constantFrom('succeeded', 'failed', 'skipped');
const aStep: fc.Arbitrary<CheckpointStep> = fc
  .record({
    folders: fc.array(
      fc.oneof(
        fc.tuple(name, fc.nat(99)).map(([path, key]) => plannedFolder(path, `${key} ${path}`)),
        fc.tuple(name, verdict).map(([path, as]) => doneFolder(path, as)),
      ),
      {maxLength: 4},
    ),
    settled: fc
      .array(fc.tuple(name, fc.array(fc.record({name: fc.string()}), {maxLength: 3})), {maxLength: 2})
      .map(entries => new Map(entries)),
    outcomes: fc.array(
      name.map(folder => ({
        jobId: 'job-1',
        folder,
        outcome: {kind: 'skipped', reason: 'not-dicom'} as const,
        files: [{name: 'x'}],
      })),
      {maxLength: 3},
    ),
    batch: fc.option(fc.nat(4)),
    answered: fc.array(fc.nat(4), {maxLength: 3}),
    closed: fc.array(name, {maxLength: 2}),
    workedMs: fc.nat(),
    durability: fc.constant('relaxed' as const),
  })
  .map(({batch, workedMs, ...rest}) => ({
    ...rest,
    job: jobRecord('job-1', {workedMs}),
    ...(batch === null ? {} : {sent: {batch, files: []}}),
  }));

/** All that can be asked of a store about one job. */
async function everything(store: CheckpointStore): Promise<unknown> {
  const id = 'job-1';
  const folders = await store.folderPaths(id, 1000);
  return {
    jobs: await store.jobs(),
    folders,
    behind: await store.folderPaths(id, 2, 'a'),
    next: await store.nextFolders(id, 1000),
    nextBehind: await store.nextFolders(id, 2, '50'),
    settled: await Promise.all(folders.map(folder => store.settledFiles(id, folder.path))),
    ofFolder: await Promise.all(folders.map(folder => store.outcomesOfFolder(id, folder.path))),
    outcomes: (await store.outcomes(id, 1000)).groups,
    inFlight: await store.inFlight(id),
    succeeded: await store.foldersDone(id, 'succeeded', 0, 1000),
    failed: await store.foldersDone(id, 'failed', 1, 2),
    skipped: await store.foldersDone(id, 'skipped', 0, 1),
  };
}

describe('checkpoint store, in IndexedDB', () => {
  afterEach(dispose);

  it('answers after any steps as the store in memory does', async () => {
    const [stored, model] = [await fresh(), new MemoryCheckpointStore()];
    await fc.assert(
      fc.asyncProperty(fc.array(aStep, {maxLength: 8}), async steps => {
        // What a failed run has left would spoil the shrinking.
        await Promise.all([stored.deleteJob('job-1'), model.deleteJob('job-1')]);
        for (const one of steps) await Promise.all([stored.write(one), model.write(one)]);
        expect(await everything(stored)).to.deep.equal(await everything(model));
      }),
      {numRuns: 25},
    );
  });

  it('writes steps in the order in which they were asked for, without waiting between', async () => {
    const store = await fresh();
    const writes = Array.from({length: 30}, (_, i) =>
      store.write(step({job: jobRecord('job-1', {workedMs: i}), folders: [doneFolder(`f${i}`)]})),
    );
    await Promise.all(writes);
    expect((await store.job('job-1'))?.workedMs).to.equal(29);
    const {rows} = await store.foldersDone('job-1', 'succeeded', 0, 100);
    expect(rows.map(row => row.path)).to.deep.equal(Array.from({length: 30}, (_, i) => `f${i}`));
  });

  it('serves two tabs: each sees what the other wrote, and neither takes the other’s numbers', async () => {
    const one = await fresh();
    const two = await openNamed(names.get(one) ?? '');
    await Promise.all(
      Array.from({length: 20}, (_, i) =>
        (i % 2 ? one : two).write(step({job: jobRecord(), folders: [doneFolder(`f${i}`)]})),
      ),
    );
    expect((await one.foldersDone('job-1', 'succeeded', 0, 100)).rows.length).to.equal(20);
    expect((await two.foldersDone('job-1', 'succeeded', 19, 100)).rows.length).to.equal(1);
  });

  it('pages through many folders and deletes them in several transactions', async () => {
    const store = await fresh();
    const folders = Array.from({length: 5_000}, (_, i) => {
      const path = `f${String(i).padStart(5, '0')}`;
      return i % 2 ? doneFolder(path) : plannedFolder(path);
    });
    await store.write(step({folders}));
    const page = await store.foldersDone('job-1', 'succeeded', 2_400, 50);
    expect([page.total, page.rows.length, page.rows[0]?.path]).to.deep.equal([2_500, 50, 'f04801']);
    expect((await store.nextFolders('job-1', 3, 'f04994')).map(row => row.path)).to.deep.equal([
      'f04996',
      'f04998',
    ]);
    await store.deleteJob('job-1');
    expect(await store.folderPaths('job-1', 1)).to.deep.equal([]);
  });
});
