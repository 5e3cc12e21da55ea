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
  // Async, so that a request which is refused at once fails like one that fails later: together with all others.
  const ask = (request: () => Promise<unknown>): void => void requests.push((async () => request())());
  const folders = tx.objectStore('folders');
  for (const record of step.folders ?? []) {
    if (record.state === 'planned') {
      places.delete(record.path);
      ask(() => folders.put({record}));
    } else {
      const finished = places.get(record.path) ?? next++;
      places.set(record.path, finished);
      ask(() => folders.put({record, finished}));
    }
  }
  for (const [folder, files] of step.settled ?? []) {
    const seq = next++;
    ask(() => tx.objectStore('settled').put({jobId, folder, seq, files}));
  }
  for (const folder of step.closed ?? []) {
    ask(() => tx.objectStore('settled').delete(beginningWith([jobId, folder])));
  }
  for (const group of step.outcomes ?? []) {
    const seq = next++;
    ask(() => tx.objectStore('outcomes').put({seq, group}));
  }
  for (const batch of step.answered ?? []) {
    ask(() => tx.objectStore('inFlight').delete([jobId, batch]));
  }
  const {sent} = step;
  if (sent) ask(() => tx.objectStore('inFlight').put({jobId, ...sent}));
  ask(() => jobs.put({id: jobId, record: step.job, next}));
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
