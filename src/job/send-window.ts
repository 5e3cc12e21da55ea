/** Files of the first request, and of the first one after a fault: a small one, since it is also a question. */
const SMALL_BATCH = 4;

/** What the frame around one file takes of a request at most, in bytes: boundary and part headers. */
const FRAME = 512;

/**
 * How much may be under way: additive increase with each answer, halved by each fault, as TCP does it. The archive
 * decides the speed, and other users of the archive feel no needless load. After a fault one small request goes
 * first, and the others only when it was answered.
 */
export class SendWindow {
  private width: number;
  private files = SMALL_BATCH;
  private bytes: number;
  private halfOpen = false;

  constructor(
    private readonly most: {readonly requests: number; readonly files: number; readonly bytes: number},
  ) {
    this.bytes = most.bytes;
    this.width = Math.max(1, Math.min(2, most.requests));
  }

  get requests(): number {
    return this.halfOpen ? 1 : Math.floor(this.width);
  }

  get batchFiles(): number {
    return Math.max(1, Math.min(this.files, this.most.files));
  }

  get batchBytes(): number {
    return this.bytes;
  }

  answered(): void {
    this.halfOpen = false;
    this.width = Math.max(1, Math.min(this.most.requests, this.width + 1 / this.width));
    this.files = Math.min(this.most.files, this.files * 2);
  }

  fault(): void {
    // Requests that were lost together are one fault.
    if (!this.halfOpen) this.width = Math.max(1, this.width / 2);
    this.halfOpen = true;
    this.files = SMALL_BATCH;
  }

  /** The server in front of the archive refused this many bytes: smaller requests from now on. */
  tooLarge(bytes: number, limit: number | null): void {
    const room = limit === null ? Math.floor(bytes / 2) : limit - FRAME * this.batchFiles;
    this.bytes = Math.max(1, Math.min(this.bytes, room));
  }
}
