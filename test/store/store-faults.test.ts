import {expect} from '@open-wc/testing';
import {deleteDB, openDB} from 'idb';
import {StoreFault} from '../../src/job/ports/checkpoint-store.js';
import {faultInUse, faultWhileOpening} from '../../src/store/faults.js';
import {IndexedDbCheckpointStore} from '../../src/store/indexeddb-checkpoint-store.js';
import {DATABASE_VERSION} from '../../src/store/schema.js';
import {doneFolder, jobRecord, plannedFolder, step} from './records.js';

let count = 0;
let name = '';
const open = new Set<{close(): void}>();

async function opened(more: {readonly blockedAfterMs?: number} = {}): Promise<IndexedDbCheckpointStore> {
  const store = await IndexedDbCheckpointStore.open({name, ...more});
  open.add(store);
  return store;
}

/** The code of the fault that a promise rejects with; fails on any other error. */
async function faultOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof StoreFault) return error.code;
    throw error;
  }
  return 'no fault';
}

/** Replaces a method of a prototype until the test is over. */
const undo: (() => void)[] = [];
function replace(target: object, key: string, value: unknown): void {
  const descriptor = Object.getOwnPropertyDescriptor(target, key);
  if (!descriptor) throw new Error(`no ${key}`);
  Object.defineProperty(target, key, {configurable: true, writable: true, value});
  undo.push(() => Object.defineProperty(target, key, descriptor));
}

const full = (): never => {
  throw new DOMException('as planned', 'QuotaExceededError');
};

describe('faults of the checkpoint store', () => {
  beforeEach(() => {
    name = `faults-${count++}`;
  });
  afterEach(async () => {
    while (undo.length > 0) undo.pop()?.();
    for (const each of open) each.close();
    open.clear();
    await deleteDB(name);
  });

  describe('a full disk', () => {
    it('is told as such, and nothing of the step is kept, whichever request it hits', async () => {
      const store = await opened();
      const before = step({folders: [plannedFolder('a')], sent: {batch: 1, files: []}});
      await store.write(before);
      const put = Reflect.get(IDBObjectStore.prototype, 'put');
      for (let nth = 1; nth <= 6; nth++) {
        let puts = 0;
        replace(IDBObjectStore.prototype, 'put', function (this: IDBObjectStore, value: unknown): IDBRequest {
          return ++puts === nth ? full() : put.call(this, value);
        });
        const next = step({
          job: jobRecord('job-1', {workedMs: 1}),
          folders: [doneFolder('a'), plannedFolder('b')],
          settled: new Map([['b', [{name: '1'}]]]),
          outcomes: [
            {jobId: 'job-1', folder: 'b', outcome: {kind: 'skipped', reason: 'not-dicom'}, files: []},
          ],
          sent: {batch: 2, files: []},
          answered: [1],
        });
        expect(await faultOf(store.write(next))).to.equal('quota');
        undo.pop()?.();
        expect(puts).to.be.at.least(nth);
        expect(await store.job('job-1')).to.deep.equal(before.job);
        expect(await store.folderPaths('job-1', 9)).to.deep.equal(before.folders);
        expect(await store.settledFiles('job-1', 'b')).to.deep.equal([]);
        expect((await store.outcomes('job-1', 9)).groups).to.deep.equal([]);
        expect(await store.inFlight('job-1')).to.deep.equal([{batch: 1, files: []}]);
      }
    });

    it('is told as such when it shows only at the commit', async () => {
      const store = await opened();
      replace(IDBTransaction.prototype, 'error', new DOMException('as planned', 'QuotaExceededError'));
      const writing = store.write(step());
      const transaction = Reflect.get(IDBTransaction.prototype, 'abort');
      replace(IDBObjectStore.prototype, 'put', function (this: IDBObjectStore): IDBRequest {
        const request = this.get('any');
        transaction.call(this.transaction);
        return request;
      });
      expect(await faultOf(writing)).to.equal('quota');
    });

    it('can be written to again when there is space', async () => {
      const store = await opened();
      replace(IDBObjectStore.prototype, 'put', full);
      expect(await faultOf(store.write(step()))).to.equal('quota');
      undo.pop()?.();
      await store.write(step());
      expect(await store.job('job-1')).to.deep.equal(jobRecord());
    });
  });

  it('leaves a database of a newer version alone', async () => {
    const newer = await openDB(name, DATABASE_VERSION + 1, {
      upgrade: database => void database.createObjectStore('of the future'),
    });
    newer.close();
    expect(await faultOf(opened())).to.equal('newer-version');
    const after = await openDB(name);
    open.add(after);
    expect(after.version).to.equal(DATABASE_VERSION + 1);
    expect([...after.objectStoreNames]).to.deep.equal(['of the future']);
  });

  describe('another tab', () => {
    it('gets its way with an upgrade: this one closes, and says so from then on', async () => {
      const store = await opened();
      await store.write(step());
      const newer = await openDB(name, DATABASE_VERSION + 1);
      open.add(newer);
      expect(await faultOf(store.write(step()))).to.equal('closed');
      expect(await faultOf(store.jobs())).to.equal('closed');
      expect(await faultOf(store.deleteJob('job-1'))).to.equal('closed');
    });

    it('gets its way with deleting the database, after the step that is being written', async () => {
      const store = await opened();
      const writing = store.write(step());
      await deleteDB(name);
      await writing;
      expect(await faultOf(store.write(step()))).to.equal('closed');
      const again = await opened();
      expect(await again.jobs()).to.deep.equal([]);
    });

    it('that does not let go is a fault after a while, and none once it is gone', async () => {
      const deaf = await deafTab();
      expect(await faultOf(opened({blockedAfterMs: 50}))).to.equal('blocked');
      deaf.close();
      const store = await opened();
      await store.write(step());
      expect(await store.job('job-1')).to.deep.equal(jobRecord());
    });

    it('that is only slow to let go is waited for', async () => {
      const deaf = await deafTab();
      const opening = IndexedDbCheckpointStore.open({name, blockedAfterMs: 60_000});
      await new Promise(resolve => setTimeout(resolve, 30));
      deaf.close();
      open.add(await opening);
    });
  });

  /** Does not hear that another wants to delete the database, so that everybody behind it has to wait. */
  async function deafTab(): Promise<IDBDatabase> {
    const deaf = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error('not opened'));
    });
    open.add(deaf);
    indexedDB.deleteDatabase(name);
    return deaf;
  }

  describe('deleting a job', () => {
    const folders = Array.from({length: 2_500}, (_, i) => plannedFolder(`f${i}`));

    it('hides it at once, refuses what is still written, and is finished after a crash', async () => {
      const store = await opened();
      await store.write(step({folders}));
      await store.write(step({job: jobRecord('job-2'), folders: [plannedFolder('a', 'a', 'job-2')]}));
      const remove = Reflect.get(IDBObjectStore.prototype, 'delete');
      let deletions = 0;
      replace(
        IDBObjectStore.prototype,
        'delete',
        function (this: IDBObjectStore, key: IDBValidKey): IDBRequest {
          // The first is of the handle, the second of a part of the folders.
          return ++deletions > 2 ? full() : remove.call(this, key);
        },
      );
      expect(await faultOf(store.deleteJob('job-1'))).to.equal('quota');
      undo.pop()?.();
      expect(await store.jobs()).to.deep.equal([jobRecord('job-2')]);
      expect(await store.job('job-1')).to.equal(null);
      expect((await store.folderPaths('job-1', 9_999)).length).to.equal(500);
      expect(await faultOf(store.write(step()))).to.equal('closed');
      store.close();
      const again = await opened();
      expect(await again.folderPaths('job-1', 9)).to.deep.equal([]);
      await again.write(step());
      expect(await again.jobs()).to.deep.equal([jobRecord(), jobRecord('job-2')]);
      expect((await again.folderPaths('job-2', 9)).length).to.equal(1);
    });
  });

  it('refuses everything when it is closed', async () => {
    const store = await opened();
    store.close();
    const all = [
      store.jobs(),
      store.job('job-1'),
      store.deleteJob('job-1'),
      store.deletePlan('job-1'),
      store.write(step()),
      store.nextFolders('job-1', 1),
      store.folder('job-1', 'a'),
      store.settledFiles('job-1', 'a'),
      store.inFlight('job-1'),
      store.foldersDone('job-1', 'failed', 0, 1),
      store.folderPaths('job-1', 1),
      store.outcomes('job-1', 1),
      store.outcomesOfFolder('job-1', 'a'),
    ];
    for (const each of all) expect(await faultOf(each)).to.equal('closed');
  });

  it('calls what is no record damage, and keeps nothing of it', async () => {
    const store = await opened();
    const path: unknown = () => 'not a path';
    const record = {...plannedFolder('a'), path: path as string};
    expect(await faultOf(store.write(step({folders: [record]})))).to.equal('damaged');
    expect(await store.jobs()).to.deep.equal([]);
  });

  it('is unavailable where there is no IndexedDB or where it refuses', async () => {
    const refusing = (error: string): void => {
      replace(IDBFactory.prototype, 'open', () => {
        throw new DOMException('as planned', error);
      });
    };
    refusing('SecurityError');
    expect(await faultOf(opened())).to.equal('unavailable');
    refusing('InvalidStateError');
    expect(await faultOf(opened())).to.equal('unavailable');
    refusing('UnknownError');
    expect(await faultOf(opened())).to.equal('damaged');
  });

  it('have a code for every exception, and keep the cause', () => {
    const dom = (error: string): DOMException => new DOMException('as planned', error);
    const inUse = ['QuotaExceededError', 'InvalidStateError', 'AbortError', 'UnknownError', 'DataError'];
    expect(inUse.map(each => faultInUse(dom(each)).code)).to.deep.equal([
      'quota',
      'closed',
      'closed',
      'damaged',
      'damaged',
    ]);
    const opening = ['VersionError', 'QuotaExceededError', 'AbortError', 'UnknownError', 'SecurityError'];
    expect(opening.map(each => faultWhileOpening(dom(each)).code)).to.deep.equal([
      'newer-version',
      'quota',
      'damaged',
      'damaged',
      'unavailable',
    ]);
    const cause = new TypeError('a bug');
    expect(faultInUse(cause).cause).to.equal(cause);
    const fault = new StoreFault('blocked');
    expect(faultInUse(fault)).to.equal(fault);
  });
});
