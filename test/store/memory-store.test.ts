import {expect} from '@open-wc/testing';
import {StoreFault} from '../../src/job/ports/checkpoint-store.js';
import {MemoryCheckpointStore} from '../job/fakes/memory-store.js';
import {checkpointStoreContract} from './checkpoint-store-contract.js';
import {jobRecord, plannedFolder, step} from './records.js';

checkpointStoreContract('in memory', {
  fresh: () => Promise.resolve(new MemoryCheckpointStore()),
  reopened: store => {
    if (!(store instanceof MemoryCheckpointStore)) throw new Error('not the store under test');
    const again = new MemoryCheckpointStore();
    again.restore(store.snapshot());
    return Promise.resolve(again);
  },
  dispose: () => Promise.resolve(),
});

describe('the store in memory as a fake', () => {
  it('rejects with what its hook throws, before or after writing', async () => {
    const store = new MemoryCheckpointStore();
    const fault = new StoreFault('quota');
    const caught = (write: Promise<void>): Promise<unknown> => write.catch((error: unknown) => error);
    store.hooks.before = ({method}) => {
      if (method === 'write') throw fault;
    };
    expect(await caught(store.write(step()))).to.equal(fault);
    expect(await store.job('job-1')).to.equal(null);
    store.hooks = {
      after: () => {
        store.hooks = {};
        throw fault;
      },
    };
    expect(await caught(store.write(step()))).to.equal(fault);
    expect(await store.job('job-1')).to.deep.equal(jobRecord());
  });

  it('keeps a snapshot while the store goes on', async () => {
    const store = new MemoryCheckpointStore();
    await store.write(step({folders: [plannedFolder('a')], durability: 'strict'}));
    await store.write(step({folders: [plannedFolder('b')]}));
    const [written, onDisk] = [store.snapshot(), store.snapshotOnDisk()];
    await store.write(step({folders: [plannedFolder('c')]}));
    store.restore(written);
    expect((await store.folderPaths('job-1', 10)).map(row => row.path)).to.deep.equal(['a', 'b']);
    store.restore(onDisk);
    expect((await store.folderPaths('job-1', 10)).map(row => row.path)).to.deep.equal(['a']);
  });
});
