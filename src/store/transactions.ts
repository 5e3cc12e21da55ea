import type {IDBPTransaction, StoreNames} from 'idb';
import {faultInUse} from './faults.js';
import type {CheckpointDatabase, CheckpointSchema} from './schema.js';

type Name = StoreNames<CheckpointSchema>;
export type Transaction<N extends Name, M extends IDBTransactionMode> = IDBPTransaction<
  CheckpointSchema,
  N[],
  M
>;

/**
 * Does `work` in one transaction and resolves when it is committed; if anything fails, nothing of it remains.
 * `work` may await nothing but requests of its transaction.
 * @throws {StoreFault}
 */
export async function inTransaction<N extends Name, M extends 'readonly' | 'readwrite', T>(
  database: CheckpointDatabase,
  stores: N[],
  mode: M,
  work: (transaction: Transaction<N, M>) => Promise<T>,
  durability: IDBTransactionDurability = 'relaxed',
): Promise<T> {
  let transaction: Transaction<N, M>;
  try {
    transaction = database.transaction(stores, mode, {durability});
  } catch (error) {
    throw faultInUse(error);
  }
  try {
    const result = await work(transaction);
    await transaction.done;
    return result;
  } catch (error) {
    throw faultInUse(await causeOf(transaction, error));
  }
}

/**
 * A transaction that fails at its commit rejects its requests with a bare AbortError and tells the cause, such as a
 * full disk, in `error` alone. Resolves when the transaction is over.
 */
async function causeOf<N extends Name, M extends 'readonly' | 'readwrite'>(
  transaction: Transaction<N, M>,
  error: unknown,
): Promise<unknown> {
  try {
    transaction.abort();
  } catch (late) {
    // It has aborted by itself: that is what is being looked into.
    if (!(late instanceof DOMException && late.name === 'InvalidStateError')) throw late;
  }
  return transaction.done.then(
    () => error,
    () => transaction.error ?? error,
  );
}
