import {StoreFault} from '../job/ports/checkpoint-store.js';
import type {StoreFaultCode} from '../job/job-state.js';

/**
 * Names of the exceptions of IndexedDB (Indexed Database API 3.0, 3.2) that mean the same at any time. The names are
 * compared, not the classes: QuotaExceededError is a DOMException in some versions and a class of its own in others.
 */
const ALWAYS: Readonly<Record<string, StoreFaultCode>> = {
  QuotaExceededError: 'quota',
  VersionError: 'newer-version',
  SecurityError: 'unavailable',
};

/** Opening fails with these where the browser keeps nothing, as in some private windows. */
const WHILE_OPENING: Readonly<Record<string, StoreFaultCode>> = {
  ...ALWAYS,
  InvalidStateError: 'unavailable',
  NotSupportedError: 'unavailable',
};

/** A connection that was closed, by us or by the browser, refuses new transactions and aborts those under way. */
const IN_USE: Readonly<Record<string, StoreFaultCode>> = {
  ...ALWAYS,
  InvalidStateError: 'closed',
  TransactionInactiveError: 'closed',
  AbortError: 'closed',
};

export function faultWhileOpening(error: unknown): StoreFault {
  return faultBy(WHILE_OPENING, error);
}

export function faultInUse(error: unknown): StoreFault {
  return faultBy(IN_USE, error);
}

/** What is in no table is damage: UnknownError is how Chromium tells of a corrupt database. */
function faultBy(codes: Readonly<Record<string, StoreFaultCode>>, error: unknown): StoreFault {
  if (error instanceof StoreFault) return error;
  const name = error instanceof Error ? error.name : '';
  return new StoreFault(codes[name] ?? 'damaged', {cause: error});
}
