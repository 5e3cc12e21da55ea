import {expect} from '@open-wc/testing';
import {deleteDB} from 'idb';
import {IndexedDbCheckpointStore} from '../../src/store/indexeddb-checkpoint-store.js';
import {SourceHandles} from '../../src/store/source-handles.js';
import {step} from './records.js';

const name = 'source-handles';
let handles: SourceHandles;
let store: IndexedDbCheckpointStore;

describe('handles of sources', () => {
  beforeEach(async () => {
    store = await IndexedDbCheckpointStore.open({name});
    handles = await SourceHandles.open({name});
  });
  afterEach(async () => {
    handles.close();
    store.close();
    await deleteDB(name);
  });

  it('are kept by job, and lead to the same folder', async () => {
    const folder = await navigator.storage.getDirectory();
    await handles.saveHandle('job-1', folder);
    handles.close();
    handles = await SourceHandles.open({name});
    const kept = await handles.handleFor('job-1');
    expect(await kept?.isSameEntry(folder)).to.equal(true);
    expect(await handles.handleFor('job-2')).to.equal(null);
  });

  it('are deleted with their job, and with no other', async () => {
    const folder = await navigator.storage.getDirectory();
    await store.write(step());
    await handles.saveHandle('job-1', folder);
    await handles.saveHandle('job-2', folder);
    await store.deleteJob('job-1');
    expect(await handles.handleFor('job-1')).to.equal(null);
    expect(await handles.handleFor('job-2')).to.not.equal(null);
  });
});
