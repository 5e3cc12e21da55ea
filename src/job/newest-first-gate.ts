import type {Batch} from './item.js';

/**
 * Keeps the archive's order of arrival newest to oldest although several requests are in flight: a batch that brings
 * a date that the archive has not seen yet leaves only when no newer date is still on its way there for the first
 * time. Batches of dates that have arrived are free, so a date with a few studies costs nothing.
 */
export class NewestFirstGate {
  /** Batches under way that bring new dates, each with the newest of them. */
  private readonly bringing = new Map<Batch, string>();
  /** The oldest date that has arrived. */
  private arrived: string | null = null;

  mayLeave(batch: Batch): boolean {
    const oldest = oldestOf(dates(batch));
    if (!this.isNew(oldest)) return true;
    return [...this.bringing.values()].every(date => !this.isNew(date) || date <= oldest);
  }

  left(batch: Batch): void {
    const fresh = dates(batch).filter(date => this.isNew(date));
    if (fresh.length > 0) this.bringing.set(batch, newestOf(fresh));
  }

  answered(batch: Batch): void {
    if (!this.bringing.delete(batch)) return;
    const oldest = oldestOf(dates(batch));
    if (this.isNew(oldest)) this.arrived = oldest;
  }

  private isNew(date: string): boolean {
    return this.arrived === null || date < this.arrived;
  }
}

/** Undated files come last, so they count as older than every date. */
const dates = (batch: Batch): readonly string[] => batch.items.map(item => item.header.orderDate?.date ?? '');
const oldestOf = (all: readonly string[]): string => all.reduce((a, b) => (b < a ? b : a), '99999999');
const newestOf = (all: readonly string[]): string => all.reduce((a, b) => (b > a ? b : a), '');
