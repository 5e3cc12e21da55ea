import type {FolderRecord, FolderVerdict} from '../job/folder-record.js';
import type {JobRecord} from '../job/job-record.js';
import type {
  CheckpointStep,
  CheckpointStore,
  FileInFlight,
  OutcomeGroup,
  Page,
  SettledFile,
} from '../job/ports/checkpoint-store.js';
import {deleteJob, deletePlan, finishDeletions} from './job-deletion.js';
import {beginningWith} from './key-ranges.js';
import {openDatabase, type OpenOptions} from './open-database.js';
import type {CheckpointDatabase} from './schema.js';
import {inTransaction} from './transactions.js';
import {STEP_STORES, writeStep} from './write-step.js';

/** Checkpoints in IndexedDB. Works in a page and in a worker, and in several of them at once. */
export class IndexedDbCheckpointStore implements CheckpointStore {
  readonly #database: CheckpointDatabase;

  private constructor(database: CheckpointDatabase) {
    this.#database = database;
  }

  /** @throws {StoreFault} */
  static async open(options: OpenOptions = {}): Promise<IndexedDbCheckpointStore> {
    const database = await openDatabase(options);
    try {
      await finishDeletions(database);
    } catch (error) {
      database.close();
      throw error;
    }
    return new IndexedDbCheckpointStore(database);
  }

  /** Transactions under way are finished; whatever is asked afterwards meets `closed`. */
  close(): void {
    this.#database.close();
  }

  async jobs(): Promise<readonly JobRecord[]> {
    const rows = await inTransaction(this.#database, ['jobs'], 'readonly', tx =>
      tx.objectStore('jobs').getAll(),
    );
    return rows.map(row => row.record).filter(record => record !== null);
  }

  async job(jobId: string): Promise<JobRecord | null> {
    const row = await inTransaction(this.#database, ['jobs'], 'readonly', tx =>
      tx.objectStore('jobs').get(jobId),
    );
    return row?.record ?? null;
  }

  deleteJob(jobId: string): Promise<void> {
    return deleteJob(this.#database, jobId);
  }

  deletePlan(jobId: string): Promise<void> {
    return deletePlan(this.#database, jobId);
  }

  write(step: CheckpointStep): Promise<void> {
    return inTransaction(
      this.#database,
      [...STEP_STORES],
      'readwrite',
      tx => writeStep(tx, step),
      step.durability,
    );
  }

  async nextFolders(jobId: string, limit: number, after?: string): Promise<readonly FolderRecord[]> {
    if (limit < 1) return [];
    const rows = await inTransaction(this.#database, ['folders'], 'readonly', tx =>
      tx
        .objectStore('folders')
        .index('byOrder')
        .getAll(beginningWith([jobId, 'planned'], after), limit),
    );
    return rows.map(row => row.record);
  }

  async folder(jobId: string, path: string): Promise<FolderRecord | null> {
    const row = await inTransaction(this.#database, ['folders'], 'readonly', tx =>
      tx.objectStore('folders').get([jobId, path]),
    );
    return row?.record ?? null;
  }

  async settledFiles(jobId: string, folder: string): Promise<readonly SettledFile[]> {
    const rows = await inTransaction(this.#database, ['settled'], 'readonly', tx =>
      tx.objectStore('settled').getAll(beginningWith([jobId, folder])),
    );
    return rows.flatMap(row => row.files);
  }

  async inFlight(
    jobId: string,
  ): Promise<readonly {readonly batch: number; readonly files: readonly FileInFlight[]}[]> {
    const rows = await inTransaction(this.#database, ['inFlight'], 'readonly', tx =>
      tx.objectStore('inFlight').getAll(beginningWith([jobId])),
    );
    return rows.map(({batch, files}) => ({batch, files}));
  }

  foldersDone(
    jobId: string,
    verdict: FolderVerdict,
    offset: number,
    limit: number,
  ): Promise<Page<FolderRecord>> {
    return inTransaction(this.#database, ['folders'], 'readonly', async tx => {
      const index = tx.objectStore('folders').index('byFinish');
      const all = beginningWith([jobId, verdict]);
      const total = await index.count(all);
      if (limit < 1 || offset >= total) return {rows: [], total};
      let cursor = await index.openKeyCursor(all);
      if (cursor && offset > 0) cursor = await cursor.advance(offset);
      if (!cursor) return {rows: [], total};
      const rows = await index.getAll(IDBKeyRange.bound(cursor.key, all.upper), limit);
      return {rows: rows.map(row => row.record), total};
    });
  }

  async folderPaths(jobId: string, limit: number, after?: string): Promise<readonly FolderRecord[]> {
    if (limit < 1) return [];
    const rows = await inTransaction(this.#database, ['folders'], 'readonly', tx =>
      tx.objectStore('folders').getAll(beginningWith([jobId], after), limit),
    );
    return rows.map(row => row.record);
  }

  /** One row more than asked for is read, to know whether there is a next page. */
  async outcomes(
    jobId: string,
    limit: number,
    cursor?: number,
  ): Promise<{readonly groups: readonly OutcomeGroup[]; readonly next: number | null}> {
    const rows = await inTransaction(this.#database, ['outcomes'], 'readonly', tx =>
      tx.objectStore('outcomes').getAll(beginningWith([jobId], cursor), limit + 1),
    );
    const page = rows.slice(0, limit);
    return {
      groups: page.map(row => row.group),
      next: rows.length > limit ? (page.at(-1)?.seq ?? cursor ?? 0) : null,
    };
  }

  async outcomesOfFolder(jobId: string, folder: string): Promise<readonly OutcomeGroup[]> {
    const rows = await inTransaction(this.#database, ['outcomes'], 'readonly', tx =>
      tx.objectStore('outcomes').index('byFolder').getAll([jobId, folder]),
    );
    return rows.map(row => row.group);
  }
}
