import {type Batch, batchOf, type Item, requestLength} from './item.js';

/** Files that are to be sent again, in batches, first come, first served. */
export class RetryQueue {
  private readonly batches: Batch[] = [];

  get isEmpty(): boolean {
    return this.batches.length === 0;
  }

  /** The batch whose turn it is. */
  get first(): Batch | null {
    return this.batches[0] ?? null;
  }

  /** Files that came back without a verdict. */
  get doubtful(): number {
    return this.batches.reduce((sum, batch) => sum + batch.items.filter(item => item.tries > 0).length, 0);
  }

  /** Those that went down with the archive go alone; the others in halves where they were tried before. */
  add(items: readonly Item[]): void {
    const others = items.filter(item => item.deaths === 0);
    for (const item of items) if (item.deaths > 0) this.batches.push(batchOf([item]));
    if (others.some(item => item.tries > 0)) this.addInHalves(others);
    else if (others.length > 0) this.batches.push(batchOf(others));
  }

  addInHalves(items: readonly Item[]): void {
    const middle = Math.ceil(items.length / 2);
    for (const half of [items.slice(0, middle), items.slice(middle)]) {
      if (half.length > 0) this.batches.push(batchOf(half));
    }
  }

  /** Takes the first batch, or as much of it as one request may hold; the rest keeps its place. */
  take(files: number, bytes: number): Batch | null {
    const batch = this.batches.shift();
    if (batch === undefined) return null;
    const length = requestLength(batch.items, files, bytes);
    if (length === batch.items.length) return batch;
    this.batches.unshift(batchOf(batch.items.slice(length)));
    return batchOf(batch.items.slice(0, length));
  }
}
