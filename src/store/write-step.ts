import type {FolderRecord} from '../job/folder-record.js';
import {type CheckpointStep, StoreFault} from '../job/ports/checkpoint-store.js';
import {beginningWith} from './key-ranges.js';
import type {Transaction} from './transactions.js';

export const STEP_STORES = ['jobs', 'folders', 'settled', 'outcomes', 'inFlight'] as const;

type StepTransaction = Transaction<(typeof STEP_STORES)[number], 'readwrite'>;

/**
 * Requests of one step. What a step closes or answers is deleted even if the same step settles it; what it sends is in
 * flight even if it answers a batch of that number: rather ask about a file once too often.
 */
export async function writeStep(tx: StepTransaction, step: CheckpointStep): Promise<void> {
  const jobId = step.job.id;
  const jobs = tx.objectStore('jobs');
  const [row, places] = await Promise.all([jobs.get(jobId), placesOf(tx, step.folders ?? [])]);
  // Somebody is deleting the job: what would be written now would come back to life without its past.
  if (row?.record === null) throw new StoreFault('closed');
  let next = row?.next ?? 1;

  const requests: Promise<unknown>[] = [];
  const folders = tx.objectStore('folders');
  for (const record of step.folders ?? []) {
    if (record.state === 'planned') {
      places.delete(record.path);
      requests.push(folders.put({record}));
    } else {
      const finished = places.get(record.path) ?? next++;
      places.set(record.path, finished);
      requests.push(folders.put({record, finished}));
    }
  }
  for (const [folder, files] of step.settled ?? []) {
    requests.push(tx.objectStore('settled').put({jobId, folder, seq: next++, files}));
  }
  for (const folder of step.closed ?? []) {
    requests.push(tx.objectStore('settled').delete(beginningWith([jobId, folder])));
  }
  for (const group of step.outcomes ?? []) {
    requests.push(tx.objectStore('outcomes').put({seq: next++, group}));
  }
  for (const batch of step.answered ?? []) {
    requests.push(tx.objectStore('inFlight').delete([jobId, batch]));
  }
  if (step.sent) requests.push(tx.objectStore('inFlight').put({jobId, ...step.sent}));
  requests.push(jobs.put({id: jobId, record: step.job, next}));
  await Promise.all(requests);
}

/** Where folders that are done already stand among the done ones: writing them again does not move them. */
async function placesOf(tx: StepTransaction, records: readonly FolderRecord[]): Promise<Map<string, number>> {
  const done = records.filter(record => record.state === 'done');
  const rows = await Promise.all(done.map(({jobId, path}) => tx.objectStore('folders').get([jobId, path])));
  const places = new Map<string, number>();
  for (const row of rows) if (row?.finished !== undefined) places.set(row.record.path, row.finished);
  return places;
}
