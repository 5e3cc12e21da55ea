import {expect} from '@open-wc/testing';
import type {CheckpointStore, FileInFlight, OutcomeGroup} from '../../src/job/ports/checkpoint-store.js';
import {doneFolder, jobRecord, plannedFolder, step} from './records.js';

export interface StoreUnderTest {
  /** A store that holds nothing. */
  fresh(): Promise<CheckpointStore>;
  /** What a killed browser finds: another connection to what `store` has written. */
  reopened(store: CheckpointStore): Promise<CheckpointStore>;
  dispose(): Promise<void>;
}

const inFlight = (name: string, deaths = 0): FileInFlight => ({
  folder: 'a',
  name,
  studyUid: '1.2',
  sopUid: `1.2.${name}`,
  deaths,
});

const failed = (folder: string, ...names: string[]): OutcomeGroup => ({
  jobId: 'job-1',
  folder,
  outcome: {kind: 'failed', reason: 'not-understood', detail: 'C000'},
  files: names.map(name => ({name, sopUid: `1.2.${name}`})),
});

const paths = (rows: readonly {readonly path: string}[]): string[] => rows.map(row => row.path);

/** What every store of checkpoints does. */
export function checkpointStoreContract(name: string, underTest: StoreUnderTest): void {
  describe(`checkpoint store, ${name}`, () => {
    let store: CheckpointStore;
    beforeEach(async () => {
      store = await underTest.fresh();
    });
    afterEach(() => underTest.dispose());

    describe('jobs', () => {
      it('knows no job at first', async () => {
        expect(await store.jobs()).to.deep.equal([]);
        expect(await store.job('job-1')).to.equal(null);
      });

      it('gives back a job as it was last written', async () => {
        await store.write(step());
        const paused = jobRecord('job-1', {state: {phase: 'paused', at: 5}, workedMs: 77});
        await store.write(step({job: paused}));
        expect(await store.job('job-1')).to.deep.equal(paused);
        expect(await store.jobs()).to.deep.equal([paused]);
      });

      it('is not changed by who wrote a record or read it', async () => {
        const files = [{name: 'x'}];
        const group = {...failed('a', 'x'), files};
        const counts = {...jobRecord().counts};
        await store.write(step({job: jobRecord('job-1', {counts}), outcomes: [group]}));
        counts.stored = 99;
        files.push({name: 'y'});
        expect((await store.job('job-1'))?.counts.stored).to.equal(0);
        expect((await store.outcomes('job-1', 10)).groups[0]?.files).to.deep.equal([{name: 'x'}]);
      });

      it('keeps jobs apart', async () => {
        await store.write(step({folders: [plannedFolder('a')], sent: {batch: 1, files: [inFlight('x')]}}));
        await store.write(step({job: jobRecord('job-10'), folders: [plannedFolder('b', 'b', 'job-10')]}));
        expect(paths(await store.nextFolders('job-1', 10))).to.deep.equal(['a']);
        expect(paths(await store.folderPaths('job-10', 10))).to.deep.equal(['b']);
        expect(await store.inFlight('job-10')).to.deep.equal([]);
      });
    });

    describe('planned folders', () => {
      it('come in the order of their keys, not of their paths or of writing', async () => {
        await store.write(step({folders: [plannedFolder('a', '3'), plannedFolder('c', '1')]}));
        await store.write(step({folders: [plannedFolder('b', '2')]}));
        expect(paths(await store.nextFolders('job-1', 10))).to.deep.equal(['c', 'b', 'a']);
      });

      it('come page by page, behind a key', async () => {
        const all = Array.from({length: 25}, (_, i) =>
          plannedFolder(`f${i}`, `k${String(i).padStart(3, '0')}`),
        );
        await store.write(step({folders: all}));
        const seen: string[] = [];
        let after: string | undefined;
        for (;;) {
          const page = await store.nextFolders('job-1', 10, after);
          seen.push(...paths(page));
          if (page.length < 10) break;
          after = page.at(-1)?.order;
        }
        expect(seen).to.deep.equal(paths(all));
        expect(await store.nextFolders('job-1', 0)).to.deep.equal([]);
      });

      it('are planned no more when they are done, and again when they are planned anew', async () => {
        await store.write(step({folders: [plannedFolder('a'), plannedFolder('b')]}));
        await store.write(step({folders: [doneFolder('a')]}));
        expect(paths(await store.nextFolders('job-1', 10))).to.deep.equal(['b']);
        await store.write(step({folders: [plannedFolder('a')]}));
        expect(paths(await store.nextFolders('job-1', 10))).to.deep.equal(['a', 'b']);
        expect((await store.foldersDone('job-1', 'succeeded', 0, 10)).total).to.equal(0);
      });

      it('can be asked for one by one; the source itself is a folder, too', async () => {
        await store.write(step({folders: [plannedFolder('', '0'), plannedFolder('ä/ö 1', '1')]}));
        expect(await store.folder('job-1', '')).to.deep.equal(plannedFolder('', '0'));
        expect((await store.folder('job-1', 'ä/ö 1'))?.order).to.equal('1');
        expect(await store.folder('job-1', 'ä')).to.equal(null);
      });
    });

    describe('done folders', () => {
      it('come in the order in which they were done, page by page, with their total', async () => {
        const names = ['m', 'z', 'a', 'q', 'b', 'y', 'c'];
        for (const path of names) await store.write(step({folders: [doneFolder(path)]}));
        await store.write(step({folders: [doneFolder('bad', 'failed'), plannedFolder('later')]}));
        const page = await store.foldersDone('job-1', 'succeeded', 2, 3);
        expect(paths(page.rows)).to.deep.equal(['a', 'q', 'b']);
        expect(page.total).to.equal(7);
        expect(paths((await store.foldersDone('job-1', 'failed', 0, 5)).rows)).to.deep.equal(['bad']);
        expect(await store.foldersDone('job-1', 'skipped', 0, 5)).to.deep.equal({rows: [], total: 0});
        expect(await store.foldersDone('job-1', 'succeeded', 7, 3)).to.deep.equal({rows: [], total: 7});
        expect(await store.foldersDone('job-1', 'succeeded', 0, 0)).to.deep.equal({rows: [], total: 7});
      });

      it('keep the order of one step', async () => {
        await store.write(step({folders: [doneFolder('z'), doneFolder('a'), doneFolder('m')]}));
        const {rows} = await store.foldersDone('job-1', 'succeeded', 0, 10);
        expect(paths(rows)).to.deep.equal(['z', 'a', 'm']);
      });

      it('keep their place when their verdict changes afterwards', async () => {
        await store.write(step({folders: ['1', '2', '3'].map(path => doneFolder(path, 'failed'))}));
        await store.write(step({folders: [doneFolder('0')]}));
        await store.write(step({folders: [doneFolder('2', 'succeeded')]}));
        const page = await store.foldersDone('job-1', 'succeeded', 0, 10);
        expect(paths(page.rows)).to.deep.equal(['2', '0']);
        expect((await store.foldersDone('job-1', 'failed', 0, 10)).total).to.equal(2);
      });

      it('stand at the end when they were planned and done once more', async () => {
        await store.write(step({folders: [doneFolder('1'), doneFolder('2')]}));
        await store.write(step({folders: [plannedFolder('1')]}));
        await store.write(step({folders: [doneFolder('1')]}));
        const {rows} = await store.foldersDone('job-1', 'succeeded', 0, 10);
        expect(paths(rows)).to.deep.equal(['2', '1']);
      });
    });

    it('lists all folders by path, planned and done, behind a path', async () => {
      await store.write(
        step({folders: [plannedFolder('b', '1'), doneFolder('a/x'), plannedFolder('', '9')]}),
      );
      await store.write(step({folders: [plannedFolder('a', '5'), doneFolder('ä')]}));
      expect(paths(await store.folderPaths('job-1', 3))).to.deep.equal(['', 'a', 'a/x']);
      expect(paths(await store.folderPaths('job-1', 3, 'a/x'))).to.deep.equal(['b', 'ä']);
    });

    describe('settled files', () => {
      it('add up until their folder is closed', async () => {
        await store.write(
          step({
            settled: new Map([
              ['a', [{name: '1', studyUid: '1.2', sopUid: '1.2.3'}]],
              ['a/b', [{name: '9'}]],
            ]),
          }),
        );
        await store.write(step({settled: new Map([['a', [{name: '2'}, {name: '0'}]]])}));
        expect(await store.settledFiles('job-1', 'a')).to.deep.equal([
          {name: '1', studyUid: '1.2', sopUid: '1.2.3'},
          {name: '2'},
          {name: '0'},
        ]);
        await store.write(step({folders: [doneFolder('a')], closed: ['a']}));
        expect(await store.settledFiles('job-1', 'a')).to.deep.equal([]);
        expect(await store.settledFiles('job-1', 'a/b')).to.deep.equal([{name: '9'}]);
      });

      it('of the closing step itself are forgotten, too', async () => {
        await store.write(step({settled: new Map([['a', [{name: '1'}]]]), closed: ['a']}));
        expect(await store.settledFiles('job-1', 'a')).to.deep.equal([]);
      });
    });

    describe('files in flight', () => {
      it('stand by batch until it is answered', async () => {
        await store.write(step({sent: {batch: 10, files: [inFlight('x', 1)]}}));
        await store.write(step({sent: {batch: 9, files: [inFlight('y'), inFlight('z')]}}));
        expect(await store.inFlight('job-1')).to.deep.equal([
          {batch: 9, files: [inFlight('y'), inFlight('z')]},
          {batch: 10, files: [inFlight('x', 1)]},
        ]);
        await store.write(step({answered: [9, 77]}));
        expect(await store.inFlight('job-1')).to.deep.equal([{batch: 10, files: [inFlight('x', 1)]}]);
      });

      it('replace those of the same number, and outlast an answer to it in the same step', async () => {
        await store.write(step({sent: {batch: 1, files: [inFlight('x')]}}));
        await store.write(step({sent: {batch: 1, files: [inFlight('x', 1)]}, answered: [1]}));
        expect(await store.inFlight('job-1')).to.deep.equal([{batch: 1, files: [inFlight('x', 1)]}]);
      });
    });

    describe('outcomes', () => {
      it('come in the order of writing, page by page', async () => {
        await store.write(step({outcomes: [failed('z', '1'), failed('a', '2')]}));
        await store.write(step({outcomes: [failed('z', '3')], settled: new Map([['z', [{name: '3'}]]])}));
        await store.write(step({outcomes: [failed('b', '4'), failed('z', '5')]}));
        const seen: string[][] = [];
        let cursor: number | undefined;
        for (;;) {
          const {groups, next} = await store.outcomes('job-1', 2, cursor);
          seen.push(groups.map(group => group.files[0]?.name ?? ''));
          if (next === null) break;
          cursor = next;
        }
        expect(seen).to.deep.equal([['1', '2'], ['3', '4'], ['5']]);
      });

      it('end with their last page even if it is full', async () => {
        await store.write(step({outcomes: [failed('a', '1'), failed('a', '2')]}));
        expect((await store.outcomes('job-1', 2)).next).to.equal(null);
        expect(await store.outcomes('job-2', 2)).to.deep.equal({groups: [], next: null});
      });

      it('of one folder come alone', async () => {
        await store.write(step({outcomes: [failed('a', '1'), failed('a/b', '2')]}));
        await store.write(step({outcomes: [failed('a', '3')]}));
        expect(await store.outcomesOfFolder('job-1', 'a')).to.deep.equal([
          failed('a', '1'),
          failed('a', '3'),
        ]);
        expect(await store.outcomesOfFolder('job-1', 'none')).to.deep.equal([]);
      });
    });

    describe('deletion', () => {
      it('leaves nothing of the job and everything of others', async () => {
        const other = {job: jobRecord('job-2'), folders: [doneFolder('a', 'failed', 'job-2')]};
        const all = step({
          folders: [plannedFolder('p'), doneFolder('d')],
          settled: new Map([['p', [{name: '1'}]]]),
          outcomes: [failed('p', '1')],
          sent: {batch: 1, files: [inFlight('x')]},
        });
        await store.write(all);
        await store.write(step(other));
        await store.deleteJob('job-1');
        expect(await store.jobs()).to.deep.equal([other.job]);
        expect(await store.folderPaths('job-1', 10)).to.deep.equal([]);
        expect(await store.settledFiles('job-1', 'p')).to.deep.equal([]);
        expect(await store.outcomes('job-1', 10)).to.deep.equal({groups: [], next: null});
        expect(await store.inFlight('job-1')).to.deep.equal([]);
        expect((await store.foldersDone('job-2', 'failed', 0, 10)).rows).to.deep.equal(other.folders);
      });

      it('of the plan alone leaves the job', async () => {
        await store.write(
          step({
            folders: [plannedFolder('p'), doneFolder('d')],
            settled: new Map([['p', [{name: '1'}]]]),
            outcomes: [failed('p', '1')],
            sent: {batch: 1, files: [inFlight('x')]},
          }),
        );
        await store.deletePlan('job-1');
        await store.deletePlan('job-2');
        expect(await store.jobs()).to.deep.equal([jobRecord()]);
        expect(await store.folderPaths('job-1', 10)).to.deep.equal([]);
        expect(await store.settledFiles('job-1', 'p')).to.deep.equal([]);
        expect((await store.outcomes('job-1', 10)).groups).to.deep.equal([]);
        expect(await store.inFlight('job-1')).to.deep.equal([]);
        await store.write(step({folders: [doneFolder('d')]}));
        expect((await store.foldersDone('job-1', 'succeeded', 0, 10)).total).to.equal(1);
      });

      it('of what is not there is no fault, and the same job can be written again', async () => {
        await store.deleteJob('job-1');
        await store.write(step({folders: [doneFolder('a')]}));
        await store.deleteJob('job-1');
        await store.deleteJob('job-1');
        await store.write(step({folders: [doneFolder('b')]}));
        expect(paths(await store.folderPaths('job-1', 10))).to.deep.equal(['b']);
      });
    });

    it('holds after a kill what it held before', async () => {
      await store.write(
        step({
          folders: [plannedFolder('a'), doneFolder('b')],
          settled: new Map([['a', [{name: '1'}]]]),
          outcomes: [failed('a', '1')],
          sent: {batch: 4, files: [inFlight('x', 2)]},
          durability: 'strict',
        }),
      );
      const again = await underTest.reopened(store);
      expect(await again.job('job-1')).to.deep.equal(jobRecord());
      expect(paths(await again.nextFolders('job-1', 10))).to.deep.equal(['a']);
      expect(paths((await again.foldersDone('job-1', 'succeeded', 0, 10)).rows)).to.deep.equal(['b']);
      expect(await again.settledFiles('job-1', 'a')).to.deep.equal([{name: '1'}]);
      expect(await again.outcomesOfFolder('job-1', 'a')).to.deep.equal([failed('a', '1')]);
      expect(await again.inFlight('job-1')).to.deep.equal([{batch: 4, files: [inFlight('x', 2)]}]);
      await again.write(step({outcomes: [failed('a', '2')], folders: [doneFolder('a')]}));
      expect((await again.outcomes('job-1', 10)).groups).to.deep.equal([failed('a', '1'), failed('a', '2')]);
      expect(paths((await again.foldersDone('job-1', 'succeeded', 0, 10)).rows)).to.deep.equal(['b', 'a']);
    });
  });
}
