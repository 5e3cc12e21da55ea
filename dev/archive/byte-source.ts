import {readSync} from 'node:fs';

/** Bytes at any offset, a few at a time. */
export interface ByteSource {
  readonly size: number;
  /** `length` bytes from `offset`; fewer where the source ends. The answer is valid until the next call. */
  read(offset: number, length: number): Buffer;
}

export class MemorySource implements ByteSource {
  readonly size: number;
  constructor(private readonly bytes: Buffer) {
    this.size = bytes.length;
  }
  read(offset: number, length: number): Buffer {
    return this.bytes.subarray(offset, offset + length);
  }
}

const WINDOW_BYTES = 16_384;

/**
 * An open file, read by windows. The reads are synchronous on purpose: a file that has just arrived lies in the page
 * cache, where a read costs microseconds and a trip through the thread pool costs more.
 */
export class FileSource implements ByteSource {
  private window: Buffer = Buffer.alloc(0);
  private windowStart = 0;

  /** `head` is the beginning of the file where it is still in memory. */
  constructor(
    private readonly fd: number,
    readonly size: number,
    head?: Buffer,
  ) {
    if (head) this.window = head;
  }

  read(offset: number, length: number): Buffer {
    const end = Math.min(offset + length, this.size);
    const inWindow = offset >= this.windowStart && end <= this.windowStart + this.window.length;
    if (!inWindow) {
      const buffer = Buffer.allocUnsafe(Math.max(length, WINDOW_BYTES));
      const count = readSync(this.fd, buffer, 0, buffer.length, offset);
      this.window = buffer.subarray(0, count);
      this.windowStart = offset;
    }
    const from = offset - this.windowStart;
    return this.window.subarray(from, Math.max(from, end - this.windowStart));
  }
}
