import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {DEFAULT_LIMITS} from '../../src/job/engine-limits.js';
import {foundOnStart, isUnsettled, newJob, restarted} from '../../src/job/job-lifecycle.js';
import {DEFAULT_OPTIONS} from '../../src/job/job-options.js';
import type {JobRecord} from '../../src/job/job-record.js';
import {JobRunner} from '../../src/job/job-runner.js';
import {settled} from '../../src/job/outcome.js';
import {StoreFault} from '../../src/job/ports/checkpoint-store.js';
import {FakeArchive} from './fakes/fake-archive.js';
import {FakeHeaderReader} from './fakes/fake-header-reader.js';
import {MemorySource} from './fakes/memory-source.js';
import {MemoryCheckpointStore} from './fakes/memory-store.js';
import {VirtualClock} from './fakes/virtual-clock.js';
import {instance} from './simulated-tree.js';

const DAY_MS = 24 * 3_600_000;

/** A source of `files` instances, ten a folder and study, and all that a job needs around it. */
function scene(files: number) {
  const clock = new VirtualClock();
  const archive = new FakeArchive(clock);
  const store = new MemoryCheckpointStore();
  const source = new MemorySource();
  for (let n = 0; n < files; n++) {
    const study = Math.floor(n / 10);
    const date = `2020${String(1 + (study % 12)).padStart(2, '0')}15`;
    const what = instance(`1.${study}`, `9.${n}`, date);
    source.put(`f${study}`, {name: `${n}`, size: 100, lastModified: n, what});
  }
  const job = newJob({
    id: 'job',
    source: {name: 'stick', fingerprint: source.identity},
    destination: {name: 'archive'},
    options: DEFAULT_OPTIONS,
    now: clock.now(),
  });
  const runner = (record: JobRecord): JobRunner =>
    new JobRunner(record, {
      source,
      destination: archive,
      store,
      reader: new FakeHeaderReader(clock),
      clock,
      limits: DEFAULT_LIMITS,
      canQuery: true,
      changed: () => undefined,
    });
  return {clock, archive, store, source, job, runner};
}

async function failures(store: MemoryCheckpointStore): Promise<Record<string, string>> {
  const {groups} = await store.outcomes('job', 10_000);
  return Object.fromEntries(
    groups.flatMap(({outcome, files}) =>
      outcome.kind === 'failed' ? files.map(file => [file.name, outcome.reason]) : [],
    ),
  );
}

describe('a job', () => {
  it('stores everything but the file that the archive dies of, which is named within three deaths', async () => {
    const {clock, archive, store, job, runner} = scene(300);
    archive.diesOf.add('9.137');
    const run = runner(job);
    assert.equal(await clock.run(run.run()), 'settled');
    assert.equal(run.record.state.phase, 'completed');
    assert.deepEqual(await failures(store), {'137': 'stops-the-archive'});
    assert.equal(archive.size, 299);
    assert.equal(archive.deaths, 3);
  });

  it('finds that file, too, when the archive is started again at once', async () => {
    const {clock, archive, store, job, runner} = scene(300);
    archive.diesOf.add('9.137');
    archive.restartMs = 400;
    const run = runner(job);
    assert.equal(await clock.run(run.run()), 'settled');
    assert.deepEqual(await failures(store), {'137': 'stops-the-archive'});
    assert.equal(archive.deaths, 3);
  });

  it('waits for an archive that takes nothing, with long pauses and without failing a file, and then goes on', async () => {
    const {clock, archive, store, job, runner} = scene(300);
    archive.isBroken = true;
    const run = runner(job);
    const end = run.run();
    assert.equal(await clock.run(end, 3 * DAY_MS), 'time-up');
    assert.equal(run.record.state.phase, 'waiting');
    assert.deepEqual(await failures(store), {});
    const asked = [...archive.timesSent.values()].reduce((sum, n) => sum + n, 0);
    assert.ok(asked < (3 * DAY_MS) / 10_000, `it sent ${asked} files in vain`);
    archive.isBroken = false;
    assert.equal(await clock.run(end), 'settled');
    assert.equal(archive.size, 300);
    assert.deepEqual(await failures(store), {});
  });

  it('gives up one file that breaks every request, and is not held by it', async () => {
    const {clock, archive, store, job, runner} = scene(300);
    archive.failsOn.add('9.4').add('9.299');
    const run = runner(job);
    assert.equal(await clock.run(run.run(), DAY_MS), 'settled');
    assert.deepEqual(await failures(store), {'4': 'no-verdict', '299': 'no-verdict'});
    assert.equal(archive.size, 298);
  });

  it('waits once while the archive is full, and fails nothing', async () => {
    const {clock, archive, store, job, runner} = scene(200);
    archive.capacity = 77;
    const run = runner(job);
    const end = run.run();
    assert.equal(await clock.run(end, DAY_MS), 'time-up');
    const {state} = run.record;
    assert.equal(state.phase === 'waiting' && state.reason, 'archive-full');
    archive.capacity = Infinity;
    assert.equal(await clock.run(end), 'settled');
    assert.equal(archive.size, 200);
    assert.deepEqual(await failures(store), {});
  });

  it('waits for a sign-in', async () => {
    const {clock, archive, job, runner} = scene(50);
    archive.signedIn = false;
    const run = runner(job);
    const end = run.run();
    assert.equal(await clock.run(end, DAY_MS), 'time-up');
    const {state} = run.record;
    assert.equal(state.phase === 'waiting' && state.waitsFor, 'sign-in');
    archive.signedIn = true;
    run.tryNow();
    assert.equal(await clock.run(end), 'settled');
    assert.equal(archive.size, 50);
  });

  it('shows an interruption when its checkpoints fail, with the sums that are in the store, and goes on from there', async () => {
    const {clock, archive, store, job, runner} = scene(200);
    let writes = 0;
    store.hooks = {
      before: () => {
        writes++;
        if (writes === 20) throw new StoreFault('quota');
      },
    };
    const run = runner(job);
    await clock.run(run.run());
    const {state} = run.record;
    assert.equal(state.phase === 'interrupted' && state.why, 'quota');
    const kept = await store.job('job');
    assert.ok(kept !== null && kept.state.phase !== 'interrupted');
    assert.deepEqual(run.record.counts, kept.counts);
    const again = restarted(foundOnStart(kept, clock.now()));
    assert.ok(again !== null);
    const second = runner(again);
    await clock.run(second.run());
    assert.equal(second.record.state.phase, 'completed');
    assert.equal(archive.size, 200);
  });

  it('brings a cancelled job to its end although the tab died while the rest was settled', async () => {
    const {clock, archive, store, job, runner} = scene(200);
    const run = runner(job);
    const end = run.run();
    await clock.advance(400);
    let writes = 0;
    store.hooks = {
      before: ({step}) => {
        if (step?.job.state.phase === 'cancelled' && ++writes === 6) throw new StoreFault('closed');
      },
    };
    run.cancel();
    assert.equal(await clock.run(end), 'settled');
    const broken = await store.job('job');
    assert.ok(broken !== null && isUnsettled(broken));
    await clock.run(runner(broken).run());
    const {counts, state} = (await store.job('job')) ?? job;
    assert.equal(state.phase, 'cancelled');
    assert.equal(settled(counts), 200);
    assert.equal(counts.files, 200);
    assert.ok(counts.stored <= archive.size);
  });
});
