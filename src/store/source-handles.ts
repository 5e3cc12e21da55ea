import {inTransaction} from './transactions.js';
import {openDatabase, type OpenOptions} from './open-database.js';
import type {CheckpointDatabase} from './schema.js';

/**
 * The directory handle of each job's source, in the database of checkpoints, so that it is deleted with the job. A
 * handle outlives the browser; the permission to read may not. Every method may reject with `StoreFault`.
 */
export class SourceHandles {
  readonly #database: CheckpointDatabase;

  private constructor(database: CheckpointDatabase) {
    this.#database = database;
  }

  /** @throws {StoreFault} */
  static async open(options: OpenOptions = {}): Promise<SourceHandles> {
    return new SourceHandles(await openDatabase(options));
  }

  close(): void {
    this.#database.close();
  }

  async saveHandle(jobId: string, handle: FileSystemHandle): Promise<void> {
    await inTransaction(
      this.#database,
      ['handles'],
      'readwrite',
      tx => tx.objectStore('handles').put({jobId, handle}),
      'strict',
    );
  }

  /** Null where the job's source has none, as with a folder input. */
  async handleFor(jobId: string): Promise<FileSystemHandle | null> {
    const row = await inTransaction(this.#database, ['handles'], 'readonly', tx =>
      tx.objectStore('handles').get(jobId),
    );
    return row?.handle ?? null;
  }
}
