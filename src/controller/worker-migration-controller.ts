import type {Server} from '../console/console-api.js';
import type {FolderRecord, FolderVerdict} from '../job/folder-record.js';
import type {JobOptions} from '../job/job-options.js';
import type {JobRecord} from '../job/job-record.js';
import type {OutcomeGroup, Page} from '../job/ports/checkpoint-store.js';
import type {ReportFormat} from '../job/report/report-format.js';
import {canRestart, isActive} from '../job/state-machine.js';
import {folderFromDrop} from '../source/dropped-folder.js';
import type {Answer, GivenSource, WorkerUpdate} from '../worker/job-worker-api.js';
import {JobWorkerClient} from '../worker/job-worker-client.js';
import type {MigrationController, MigrationView} from './migration-controller.js';
import {dropProblem, problemOf} from './problems.js';
import {copySampleStick, findSampleStick} from './sample-stick.js';
import {snapshotAtRest} from './snapshot-at-rest.js';

const ASKING: MigrationView = {
  archive: {
    name: '',
    imageFolder: null,
    freeBytes: null,
    capabilities: {copy: true, link: false, query: true},
    reachable: 'asking',
  },
  source: null,
  job: null,
  jobs: [],
  problem: null,
  canBrowse: 'showDirectoryPicker' in globalThis,
  hasSampleStick: false,
};

const NO_FOLDERS: Page<FolderRecord> = {rows: [], total: 0};

/**
 * The panel's controller over the job worker. It belongs to the extension, not to an element: closing the panel does
 * not stop a job.
 */
export class WorkerMigrationController implements MigrationController {
  private readonly worker: JobWorkerClient;
  private readonly listeners = new Set<() => void>();
  private readonly stickUrl: string;
  private current: MigrationView = ASKING;

  private constructor(
    private readonly server: Server,
    extensionUri: string,
  ) {
    this.worker = new JobWorkerClient(extensionUri);
    this.stickUrl = new URL('sample-stick/', extensionUri).href;
  }

  /** Starts the job worker and asks the archive who it is; both show in the view as they come. */
  static open(server: Server, extensionUri: string): WorkerMigrationController {
    const controller = new WorkerMigrationController(server, extensionUri);
    void controller.begin();
    return controller;
  }

  get view(): MigrationView {
    return this.current;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async browse(): Promise<void> {
    try {
      const handle = await showDirectoryPicker({id: 'pacs-migration', mode: 'read'});
      await this.choose({kind: 'handle', handle});
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return; // nothing was picked
      if (error instanceof DOMException) this.show({problem: problemOf({kind: 'source-unreadable'})});
      else throw error;
    }
  }

  async drop(transfer: DataTransfer): Promise<void> {
    const dropped = await folderFromDrop(transfer);
    switch (dropped.kind) {
      case 'refused':
        this.show({problem: dropProblem(dropped.why)});
        return;
      case 'handle':
        await this.choose({kind: 'handle', handle: dropped.handle});
        return;
      case 'files':
        this.show({problem: dropProblem('unsupported')});
    }
  }

  async trySampleStick(): Promise<void> {
    const index = await findSampleStick(this.stickUrl);
    if (index === null) return;
    await this.choose({kind: 'handle', handle: await copySampleStick(this.stickUrl, index)});
  }

  async start(options: JobOptions): Promise<void> {
    this.take(await this.worker.ask(w => w.start(options)));
  }

  /** Needs a user gesture where Chrome has to ask for the folder's permission again. */
  async restart(): Promise<void> {
    const job = this.restartable();
    if (job === null) return;
    if (this.current.source?.forJob !== job.id && !(await this.fetchFolder(job.id))) return;
    this.take(await this.worker.ask(w => w.restart(job.id)));
  }

  async pause(): Promise<void> {
    this.take(await this.worker.ask(w => w.pause()));
  }

  async cancel(): Promise<void> {
    const record = this.current.job?.record;
    if (record !== undefined) this.take(await this.worker.ask(w => w.cancel(record.id)));
  }

  async tryNow(): Promise<void> {
    const record = this.current.job?.record;
    if (record?.state.phase === 'waiting' && record.state.reason === 'permission')
      await this.fetchFolder(record.id);
    this.take(await this.worker.ask(w => w.tryNow()));
  }

  async signIn(): Promise<void> {
    if (await this.server.signIn()) this.take(await this.worker.ask(w => w.tryNow()));
  }

  async close(): Promise<void> {
    const record = this.current.job?.record;
    if (record !== undefined && isActive(record.state)) await this.pause();
    this.show({source: null});
  }

  /** Ends the worker. What was at work is found as interrupted on the next start. */
  dispose(): void {
    this.worker.terminate();
    this.listeners.clear();
  }

  dismissProblem(): void {
    this.show({problem: null});
  }

  async folders(
    jobId: string,
    verdict: FolderVerdict,
    offset: number,
    limit: number,
  ): Promise<Page<FolderRecord>> {
    return this.take(await this.worker.ask(w => w.folders(jobId, verdict, offset, limit))) ?? NO_FOLDERS;
  }

  async outcomesOfFolder(jobId: string, folder: string): Promise<readonly OutcomeGroup[]> {
    return this.take(await this.worker.ask(w => w.outcomesOfFolder(jobId, folder))) ?? [];
  }

  async exportReport(jobId: string, format: ReportFormat, withoutPatientData: boolean): Promise<Blob | null> {
    return this.take(await this.worker.ask(w => w.exportReport(jobId, format, withoutPatientData)));
  }

  async deleteJob(jobId: string): Promise<void> {
    this.take(await this.worker.ask(w => w.deleteJob(jobId)));
  }

  private async begin(): Promise<void> {
    const {dicomWebUrl} = this.server;
    const opened = await this.worker.open(
      {dicomWebUrl, archiveName: new URL(dicomWebUrl).host},
      {
        authorization: () => this.server.authorization(),
        archiveInfo: async () => {
          try {
            return await this.server.info();
          } catch (error) {
            if (error instanceof TypeError) return null; // it tells nothing of itself; DICOMweb may still answer
            throw error;
          }
        },
        update: update => this.onUpdate(update),
      },
    );
    const jobs = this.take(opened);
    if (jobs !== null) this.onUpdate({job: null, jobs});
    void this.askArchive();
    this.show({hasSampleStick: (await findSampleStick(this.stickUrl)) !== null});
  }

  private async askArchive(): Promise<void> {
    const answer = await this.worker.ask(w => w.archive());
    const archive = this.current.archive;
    this.show({
      archive: answer.ok ? {...answer.value, reachable: 'yes'} : {...archive, reachable: 'no'},
    });
  }

  private async choose(source: GivenSource): Promise<void> {
    const chosen = this.take(await this.worker.ask(w => w.choose(source)));
    if (chosen === null) return;
    this.show({source: chosen, problem: null});
    if (this.current.archive.reachable === 'no') void this.askArchive();
  }

  /** Gets the folder that a job was started with from the browser, if the person permits it. */
  private async fetchFolder(jobId: string): Promise<boolean> {
    const handle = this.take(await this.worker.ask(w => w.handleOf(jobId)));
    if (handle === null || (await permission(handle)) !== 'granted') {
      this.show({problem: problemOf({kind: 'no-source'})});
      return false;
    }
    await this.choose({kind: 'handle', handle});
    return true;
  }

  private restartable(): JobRecord | null {
    const {source, jobs, job} = this.current;
    const wanted = source?.forJob ?? (job !== null && canRestart(job.record.state) ? job.record.id : null);
    return jobs.find(each => (wanted === null || each.id === wanted) && canRestart(each.state)) ?? null;
  }

  private onUpdate({job, jobs}: WorkerUpdate): void {
    const known = jobs ?? this.current.jobs;
    const atRest = known.find(each => canRestart(each.state));
    const shown = job ?? this.current.job ?? (atRest === undefined ? null : snapshotAtRest(atRest));
    this.show({job: shown, jobs: known});
  }

  private take<T>(answer: Answer<T>): T | null {
    if (answer.ok) return answer.value;
    this.show({problem: problemOf(answer.fault)});
    return null;
  }

  private show(part: Partial<MigrationView>): void {
    this.current = {...this.current, ...part};
    for (const listener of this.listeners) listener();
  }
}

async function permission(handle: FileSystemDirectoryHandle): Promise<PermissionState> {
  const now = await handle.queryPermission({mode: 'read'});
  if (now !== 'prompt') return now;
  try {
    return await handle.requestPermission({mode: 'read'});
  } catch (error) {
    if (error instanceof DOMException) return 'prompt'; // no user gesture: it cannot be asked now
    throw error;
  }
}
