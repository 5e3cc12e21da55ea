import {inTransaction} from './transactions.js';
import {beginningWith} from './key-ranges.js';
import type {CheckpointDatabase} from './schema.js';

/** Rows in one transaction: so few that other tabs and the running job get their turn between two. */
export const ROWS_AT_ONCE = 2_000;

const OF_A_JOB = ['folders', 'settled', 'outcomes', 'inFlight'] as const;

/**
 * Deletes all that is kept of a job. Its record goes first, so that no half-deleted job is ever offered; what is left
 * after a crash is deleted by `finishDeletions`.
 * @throws {StoreFault}
 */
export async function deleteJob(database: CheckpointDatabase, jobId: string): Promise<void> {
  await inTransaction(
    database,
    ['jobs', 'handles'],
    'readwrite',
    async tx => {
      const jobs = tx.objectStore('jobs');
      const row = await jobs.get(jobId);
      await Promise.all([
        jobs.put({id: jobId, record: null, next: row?.next ?? 1}),
        tx.objectStore('handles').delete(jobId),
      ]);
    },
    'strict',
  );
  await deleteRemains(database, jobId);
}

/** Ends the deletions that a crash has broken off. */
export async function finishDeletions(database: CheckpointDatabase): Promise<void> {
  const rows = await inTransaction(database, ['jobs'], 'readonly', tx => tx.objectStore('jobs').getAll());
  for (const row of rows) if (row.record === null) await deleteRemains(database, row.id);
}

/** @throws {StoreFault} */
export async function deletePlan(database: CheckpointDatabase, jobId: string): Promise<void> {
  for (const name of OF_A_JOB) {
    while (await deleteSome(database, name, jobId)) continue;
  }
}

async function deleteRemains(database: CheckpointDatabase, jobId: string): Promise<void> {
  await deletePlan(database, jobId);
  await inTransaction(database, ['jobs'], 'readwrite', tx => tx.objectStore('jobs').delete(jobId), 'strict');
}

/** True where there may be more. */
function deleteSome(
  database: CheckpointDatabase,
  name: (typeof OF_A_JOB)[number],
  jobId: string,
): Promise<boolean> {
  return inTransaction(database, [name], 'readwrite', async tx => {
    const store = tx.objectStore(name);
    const keys = await store.getAllKeys(beginningWith([jobId]), ROWS_AT_ONCE);
    const first = keys.at(0);
    const last = keys.at(-1);
    if (!first || !last) return false;
    await store.delete(IDBKeyRange.bound(first, last));
    return keys.length === ROWS_AT_ONCE;
  });
}
