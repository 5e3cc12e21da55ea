import type {
  MigrationController,
  MigrationView,
  ReportFormat,
} from '../../src/controller/migration-controller.js';
import type {FolderRecord, FolderVerdict} from '../../src/job/folder-record.js';
import type {JobOptions} from '../../src/job/job-options.js';
import type {OutcomeGroup, Page} from '../../src/job/ports/checkpoint-store.js';
import {EMPTY_VIEW} from './sample-views.js';

/** A controller that does what the test says and remembers what it was asked. */
export class FakeController implements MigrationController {
  view: MigrationView = EMPTY_VIEW;
  /** Names of the methods called, in order, `start` and the like with what they were given. */
  readonly asked: string[] = [];
  readonly started: JobOptions[] = [];
  readonly transfers: DataTransfer[] = [];
  readonly folderQueries: {verdict: FolderVerdict; offset: number; limit: number}[] = [];
  rows: Readonly<Record<FolderVerdict, readonly FolderRecord[]>> = {failed: [], succeeded: [], skipped: []};
  outcomes: readonly OutcomeGroup[] = [];
  exported: Blob | null = new Blob(['x']);
  failFolders = false;
  readonly #listeners = new Set<() => void>();

  constructor(view: MigrationView = EMPTY_VIEW) {
    this.view = view;
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  show(view: Partial<MigrationView>): void {
    this.view = {...this.view, ...view};
    for (const listener of this.#listeners) listener();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  browse = (): Promise<void> => this.#note('browse');
  drop(transfer: DataTransfer): Promise<void> {
    this.transfers.push(transfer);
    return this.#note('drop');
  }
  trySampleStick = (): Promise<void> => this.#note('trySampleStick');
  start(options: JobOptions): Promise<void> {
    this.started.push(options);
    return this.#note('start');
  }
  restart = (): Promise<void> => this.#note('restart');
  pause = (): Promise<void> => this.#note('pause');
  cancel = (): Promise<void> => this.#note('cancel');
  tryNow = (): Promise<void> => this.#note('tryNow');
  signIn = (): Promise<void> => this.#note('signIn');
  close = (): Promise<void> => this.#note('close');
  dismissProblem(): void {
    void this.#note('dismissProblem');
  }

  folders(
    _jobId: string,
    verdict: FolderVerdict,
    offset: number,
    limit: number,
  ): Promise<Page<FolderRecord>> {
    this.folderQueries.push({verdict, offset, limit});
    if (this.failFolders) return Promise.reject(new Error('closed'));
    const all = this.rows[verdict];
    return Promise.resolve({rows: all.slice(offset, offset + limit), total: all.length});
  }
  outcomesOfFolder(jobId: string, folder: string): Promise<readonly OutcomeGroup[]> {
    return Promise.resolve(this.outcomes.filter(group => group.jobId === jobId && group.folder === folder));
  }
  async exportReport(jobId: string, format: ReportFormat, without: boolean): Promise<Blob | null> {
    await this.#note(`export ${jobId} ${format} ${without ? 'without' : 'with'} patient data`);
    return this.exported;
  }
  async deleteJob(jobId: string): Promise<void> {
    await this.#note(`delete ${jobId}`);
  }

  #note(what: string): Promise<void> {
    this.asked.push(what);
    return Promise.resolve();
  }
}
