import {closeSync, createReadStream, fstatSync, openSync, readSync, writeSync} from 'node:fs';
import {createInterface} from 'node:readline';

/** One instance that arrived. UIDs only: the log holds no patient data. */
export interface Receipt {
  /** Counts every instance, in the order of arrival. */
  readonly n: number;
  /** Counts the requests. */
  readonly batch: number;
  /** ISO 8601. */
  readonly time: string;
  readonly study: string;
  readonly sop: string;
  /** `stored`, `already-there`, `linked`, `refused:<code>` or `cut` (the request broke off; nothing was kept). */
  readonly verdict: string;
}

const TAIL_BYTES = 65_536;

function numberIn(line: string | undefined, key: 'n' | 'batch'): number {
  const match = new RegExp(`"${key}":(\\d+)`).exec(line ?? '');
  return Number(match?.[1] ?? 0);
}

/** The archive's account of what it received, append-only: tests prove by it that nothing was sent twice. */
export class ReceiptLog {
  private readonly fd: number;
  private nextReceipt: number;
  private nextBatch: number;

  constructor(private readonly file: string) {
    this.fd = openSync(file, 'a+');
    const {size} = fstatSync(this.fd);
    const tail = Buffer.alloc(Math.min(size, TAIL_BYTES));
    readSync(this.fd, tail, 0, tail.length, size - tail.length);
    // A kill may have left half a line: it is closed, so that the next one begins on its own.
    if (tail.length > 0 && tail.at(-1) !== 10) writeSync(this.fd, '\n');
    const lines = tail
      .toString('utf8')
      .split('\n')
      .filter(line => line.startsWith('{') && line.endsWith('}'));
    this.nextReceipt = Math.max(0, ...lines.map(line => numberIn(line, 'n'))) + 1;
    this.nextBatch = Math.max(0, ...lines.map(line => numberIn(line, 'batch'))) + 1;
  }

  newBatch = (): number => this.nextBatch++;
  newReceipt = (): number => this.nextReceipt++;

  append(receipts: readonly Receipt[]): void {
    if (receipts.length > 0) writeSync(this.fd, receipts.map(r => `${JSON.stringify(r)}\n`).join(''));
  }

  /** A page of the log, oldest first, and how many lines there are; `offset` null gives the last page. */
  async read(
    offset: number | null,
    limit: number,
  ): Promise<{total: number; offset: number; entries: unknown[]}> {
    const kept: string[] = [];
    let total = 0;
    const lines = createInterface({input: createReadStream(this.file), crlfDelay: Infinity});
    for await (const line of lines) {
      if (!line.startsWith('{') || !line.endsWith('}')) continue;
      if (offset === null) {
        kept.push(line);
        if (kept.length > 2 * limit) kept.splice(0, kept.length - limit);
      } else if (total >= offset && kept.length < limit) kept.push(line);
      total++;
    }
    const page = offset === null ? kept.slice(-limit) : kept;
    const entries = page.map(line => JSON.parse(line) as unknown);
    return {total, offset: offset ?? total - page.length, entries};
  }

  close(): void {
    closeSync(this.fd);
  }
}
