import type {Batch} from './item.js';

/**
 * Keeps the archive's order of arrival newest to oldest although several requests are in flight: a batch that brings
 * a study date for the first time leaves only when no other batch is under way that did the same. Batches of dates
 * that have been brought before are free, so a date with a few studies costs nothing.
 */
export class NewestFirstGate {
  private readonly bringing = new Set<Batch>();
  private brought: string | null = null;

  mayLeave(batch: Batch): boolean {
    return this.bringing.size === 0 || !this.bringsNewDate(batch);
  }

  left(batch: Batch): void {
    if (!this.bringsNewDate(batch)) return;
    this.bringing.add(batch);
    this.brought = oldestDate(batch);
  }

  answered(batch: Batch): void {
    this.bringing.delete(batch);
  }

  private bringsNewDate(batch: Batch): boolean {
    return this.brought === null || oldestDate(batch) < this.brought;
  }
}

/** Undated files come last, so they count as older than every date. */
function oldestDate(batch: Batch): string {
  return batch.items.reduce((oldest, item) => {
    const date = item.header.orderDate?.date ?? '';
    return date < oldest ? date : oldest;
  }, '99999999');
}
