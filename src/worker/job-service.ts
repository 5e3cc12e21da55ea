import {DicomWebDestination} from '../destination/dicomweb-destination.js';
import {DEFAULT_LIMITS} from '../job/engine-limits.js';
import {foundOnStart, isUnsettled, newJob, restarted} from '../job/job-lifecycle.js';
import type {JobOptions} from '../job/job-options.js';
import type {JobRecord} from '../job/job-record.js';
import {JobRunner} from '../job/job-runner.js';
import type {Destination, DestinationInfo} from '../job/ports/destination.js';
import {exportReport} from '../job/report/report-export.js';
import type {ReportFormat} from '../job/report/report-format.js';
import {isOver} from '../job/state-machine.js';
import {IndexedDbCheckpointStore} from '../store/indexeddb-checkpoint-store.js';
import {SourceHandles} from '../store/source-handles.js';
import {blobOf} from './blob-of-chunks.js';
import {type CurrentSource, matchesJob, NO_MEDIUM, openSource} from './current-source.js';
import {HeaderWorkers} from './header-workers.js';
import {holdJobLock} from './job-lock.js';
import type {ChosenSource, GivenSource, JobWorkerConfig, PageApi, WorkerFault} from './job-worker-api.js';
import {ReplaceableSource} from './replaceable-source.js';
import {systemClock} from './system-clock.js';

/** How often the page is told what has changed, milliseconds. */
const UPDATE_EVERY_MS = 250;

/** A request that cannot be done, with its reason; turned into an answer at the border of the worker. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(readonly fault: WorkerFault) {
    super(fault.kind);
  }
}

/** A job at work, and what is let go of when it rests. */
interface Running {
  readonly runner: JobRunner;
  readonly source: ReplaceableSource;
  readonly finished: Promise<void>;
}

/**
 * The jobs of this browser, in the job worker: starts, restarts and stops them, keeps the chosen source, and tells the
 * page how things stand. One job runs at a time.
 */
export class JobService {
  private running: Running | null = null;
  private source: CurrentSource | null = null;
  private lastShown: JobRunner | null = null;
  private readonly destination: Destination;
  private readonly reader: HeaderWorkers;
  private info: DestinationInfo | null = null;

  private constructor(
    private readonly config: JobWorkerConfig,
    private readonly page: PageApi,
    private readonly store: IndexedDbCheckpointStore,
    private readonly handles: SourceHandles,
  ) {
    this.destination = new DicomWebDestination({
      baseUrl: config.dicomWebUrl,
      name: config.archiveName,
      authorization: () => page.authorization(),
      info: () => page.archiveInfo(),
    });
    this.reader = new HeaderWorkers(config.headerWorkerUrl);
  }

  /** Opens the store; jobs that were at work when their tab ended are interrupted from now on. */
  static async open(config: JobWorkerConfig, page: PageApi): Promise<JobService> {
    const store = await IndexedDbCheckpointStore.open();
    const service = new JobService(config, page, store, await SourceHandles.open());
    await service.findInterrupted();
    await service.settleCancelled();
    return service;
  }

  async jobs(): Promise<readonly JobRecord[]> {
    const jobs = await this.store.jobs();
    return [...jobs].sort((a, b) => b.createdAt - a.createdAt);
  }

  async archive(): Promise<DestinationInfo> {
    const answer = await this.destination.probe(AbortSignal.timeout(15_000));
    if (!answer.ok) throw new Refusal({kind: 'archive', reason: answer.fault.reason});
    this.info = answer.value;
    return answer.value;
  }

  async choose(given: GivenSource): Promise<ChosenSource> {
    const chosen = await openSource(given);
    if (chosen === null) throw new Refusal({kind: 'source-unreadable'});
    const {running} = this;
    if (running !== null) {
      await this.replaceSource(running, chosen);
      return {name: chosen.source.name, forJob: running.runner.record.id};
    }
    this.source = chosen;
    this.reader.warmUp();
    return {name: chosen.source.name, forJob: (await this.jobOf(chosen))?.id ?? null};
  }

  async start(options: JobOptions): Promise<string> {
    const {source} = this;
    if (this.running !== null) throw new Refusal({kind: 'busy'});
    if (source === null) throw new Refusal({kind: 'no-source'});
    const record = newJob({
      id: crypto.randomUUID(),
      source: {name: source.source.name, fingerprint: source.fingerprint},
      destination: {name: this.info?.name ?? this.config.archiveName},
      options,
      now: systemClock.now(),
    });
    await this.run(record, source, () => this.keep(record, source));
    return record.id;
  }

  async handleOf(jobId: string): Promise<FileSystemDirectoryHandle | null> {
    const handle = await this.handles.handleFor(jobId);
    return handle?.kind === 'directory' ? (handle as FileSystemDirectoryHandle) : null;
  }

  async restart(jobId: string): Promise<void> {
    if (this.running !== null) throw new Refusal({kind: 'busy'});
    const found = await this.store.job(jobId);
    const record = found === null ? null : restarted(foundOnStart(found, systemClock.now()));
    if (record === null) throw new Refusal({kind: 'no-job'});
    const {source} = this;
    if (source === null) throw new Refusal({kind: 'no-source'});
    if (!(await matchesJob(source, record, await this.handleOf(jobId)))) {
      throw new Refusal({kind: 'other-source', name: record.source.name});
    }
    await this.run(record, source, () => this.keep(record, source));
  }

  async pause(): Promise<void> {
    this.running?.runner.pause();
    await this.running?.finished;
  }

  async cancel(jobId: string): Promise<void> {
    if (this.running?.runner.record.id === jobId) {
      this.running.runner.cancel();
      return;
    }
    if (this.running !== null) throw new Refusal({kind: 'busy'});
    const record = await this.store.job(jobId);
    if (record === null || isOver(record.state)) throw new Refusal({kind: 'no-job'});
    const going = restarted(foundOnStart(record, systemClock.now()));
    if (going === null) throw new Refusal({kind: 'no-job'});
    // The runner gives every file its outcome; where the medium is not at hand, by their number alone.
    await this.run(going, this.source ?? NO_MEDIUM, () => Promise.resolve(), 'cancel');
  }

  tryNow(): void {
    this.running?.runner.tryNow();
  }

  folders(...question: Parameters<IndexedDbCheckpointStore['foldersDone']>) {
    return this.store.foldersDone(...question);
  }

  outcomesOfFolder(jobId: string, folder: string) {
    return this.store.outcomesOfFolder(jobId, folder);
  }

  async exportReport(jobId: string, format: ReportFormat, withoutPatientData: boolean): Promise<Blob> {
    // A cancelled job is still giving its last files their outcome: the report waits for the sums to balance.
    if (this.running !== null && isOver(this.running.runner.record.state)) await this.running.finished;
    const record =
      this.running?.runner.record.id === jobId ? this.running.runner.record : await this.store.job(jobId);
    if (record === null) throw new Refusal({kind: 'no-job'});
    const type = format === 'csv' ? 'text/csv;charset=utf-8' : 'application/json';
    return blobOf(exportReport(this.store, record, format, withoutPatientData), type);
  }

  async deleteJob(jobId: string): Promise<void> {
    if (this.running?.runner.record.id === jobId) throw new Refusal({kind: 'busy'});
    await this.store.deleteJob(jobId);
    if (this.lastShown?.record.id === jobId) this.lastShown = null;
    await this.tell('jobs');
  }

  private async findInterrupted(): Promise<void> {
    const active = (await this.store.jobs()).filter(job => foundOnStart(job, 0) !== job);
    if (active.length === 0) return;
    const lock = await holdJobLock();
    if (lock === null) return; // it is at work, in another tab
    try {
      const now = systemClock.now();
      for (const job of active) await this.store.write({job: foundOnStart(job, now), durability: 'strict'});
    } finally {
      lock.release();
    }
  }

  /** A job that was cancelled and whose tab ended before every file had its outcome is brought to its end. */
  private async settleCancelled(): Promise<void> {
    const job = (await this.store.jobs()).find(isUnsettled);
    if (job === undefined) return;
    const handle = await this.handleOf(job.id);
    const source = handle === null ? null : await openSource({kind: 'handle', handle});
    try {
      await this.run(job, source ?? NO_MEDIUM, () => Promise.resolve());
    } catch (error) {
      if (!(error instanceof Refusal)) throw error; // another tab is at work; it is done on the next start
    }
  }

  /** The newest job at rest that this is the source of. */
  private async jobOf(source: CurrentSource): Promise<JobRecord | null> {
    for (const job of await this.jobs()) {
      if (restarted(job) === null) continue;
      if (await matchesJob(source, job, await this.handleOf(job.id))) return job;
    }
    return null;
  }

  private async replaceSource(running: Running, chosen: CurrentSource): Promise<void> {
    const {record} = running.runner;
    const {state} = record;
    if (state.phase !== 'waiting' || state.waitsFor !== 'medium') throw new Refusal({kind: 'busy'});
    if (!(await matchesJob(chosen, record, await this.handleOf(record.id)))) {
      throw new Refusal({kind: 'other-source', name: record.source.name});
    }
    running.source.replace(chosen.source);
    this.source = chosen;
    if (chosen.handle !== null) await this.handles.saveHandle(record.id, chosen.handle);
    // Whoever drops the very folder of the job vouches for it, also where its content has changed meanwhile.
    if (state.reason === 'other-medium') running.runner.acceptMedium();
    running.runner.tryNow();
  }

  /** A job and where its files lie, before the engine takes them up. */
  private async keep(record: JobRecord, {handle}: CurrentSource): Promise<void> {
    await this.store.write({job: record, durability: 'strict'});
    if (handle !== null) await this.handles.saveHandle(record.id, handle);
  }

  private async run(
    record: JobRecord,
    source: CurrentSource,
    begin: () => Promise<void>,
    wish: 'go' | 'cancel' = 'go',
  ): Promise<void> {
    const lock = await holdJobLock();
    if (lock === null) throw new Refusal({kind: 'other-tab'});
    try {
      await begin();
    } catch (error) {
      lock.release();
      throw error;
    }
    const replaceable = new ReplaceableSource(source.source);
    const runner = new JobRunner(record, {
      source: replaceable,
      destination: this.destination,
      store: this.store,
      reader: this.reader,
      clock: systemClock,
      limits: DEFAULT_LIMITS,
      canQuery: this.info?.capabilities.query ?? true,
      changed: () => undefined,
    });
    const updates = setInterval(() => void this.tell('job'), UPDATE_EVERY_MS);
    if (wish === 'cancel') runner.cancel();
    const finished = runner.run().finally(() => {
      clearInterval(updates);
      lock.release();
      this.running = null;
      return this.tell('jobs');
    });
    this.running = {runner, source: replaceable, finished};
    this.lastShown = runner;
    await this.tell('jobs');
  }

  private async tell(what: 'job' | 'jobs'): Promise<void> {
    const jobs = what === 'jobs' ? await this.jobs() : null;
    this.page.update({job: this.lastShown?.snapshot() ?? null, jobs});
  }
}
