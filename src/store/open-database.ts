import {openDB} from 'idb';
import {StoreFault} from '../job/ports/checkpoint-store.js';
import {faultWhileOpening} from './faults.js';
import {
  type CheckpointDatabase,
  type CheckpointSchema,
  DATABASE_NAME,
  DATABASE_VERSION,
  migrate,
} from './schema.js';

export interface OpenOptions {
  readonly name?: string;
  /** How long other tabs may keep us out, in milliseconds. */
  readonly blockedAfterMs?: number;
}

/**
 * Opens the database of checkpoints and brings it up to date. The connection closes itself when another tab wants to
 * upgrade or delete the database: whoever uses it then meets `closed`, and the newer tab is not kept waiting.
 * @throws {StoreFault} `unavailable`, `blocked`, `newer-version`, `quota` or `damaged`.
 */
export async function openDatabase(options: OpenOptions = {}): Promise<CheckpointDatabase> {
  const {name = DATABASE_NAME, blockedAfterMs = 20_000} = options;
  if (!('indexedDB' in globalThis)) throw new StoreFault('unavailable');
  // A `blocked` event alone would not do: whoever queues behind another tab's blocked request gets none.
  let timer: ReturnType<typeof setTimeout> | undefined;
  const blocked = new Promise<'blocked'>(resolve => {
    timer = setTimeout(() => resolve('blocked'), blockedAfterMs);
  });
  const opening = request(name, () => clearTimeout(timer));
  try {
    const first = await Promise.race([opening, blocked]);
    if (first !== 'blocked') return first;
  } catch (error) {
    throw faultWhileOpening(error);
  } finally {
    clearTimeout(timer);
  }
  closeWhenItComes(opening);
  throw new StoreFault('blocked');
}

/** Async, because a browser that keeps nothing throws at once. */
async function request(name: string, onUpgrade: () => void): Promise<CheckpointDatabase> {
  return openDB<CheckpointSchema>(name, DATABASE_VERSION, {
    upgrade: (database, oldVersion) => {
      // Nobody is in the way any more, and a large database may take its time.
      onUpgrade();
      migrate(database, oldVersion);
    },
    blocking: (_current, _next, event) => {
      if (event.target instanceof IDBDatabase) event.target.close();
    },
  });
}

/** A request to open cannot be taken back. Nobody waits for this one any more, so neither its success nor its failure matters. */
function closeWhenItComes(opening: Promise<CheckpointDatabase>): void {
  opening.then(
    database => database.close(),
    () => undefined,
  );
}
