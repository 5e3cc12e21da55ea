/** Files of the first request, and of the first one after a fault: a small one, since it is also a question. */
const SMALL_BATCH = 4;

/**
 * How much may be under way: additive increase with each answer, halved by each fault, as TCP does it. The archive
 * decides the speed, and other users of the archive feel no needless load.
 */
export class SendWindow {
  private width = 2;
  private files = SMALL_BATCH;
  private bytes: number;

  constructor(
    private readonly most: {readonly requests: number; readonly files: number; readonly bytes: number},
  ) {
    this.bytes = most.bytes;
    this.width = Math.min(2, most.requests);
  }

  get requests(): number {
    return Math.floor(this.width);
  }

  get batchFiles(): number {
    return Math.min(this.files, this.most.files);
  }

  get batchBytes(): number {
    return this.bytes;
  }

  answered(): void {
    this.width = Math.min(this.most.requests, this.width + 1 / this.width);
    this.files = Math.min(this.most.files, this.files * 2);
  }

  fault(): void {
    this.width = Math.max(1, this.width / 2);
    this.files = SMALL_BATCH;
  }

  /** The server in front of the archive refused this many bytes: smaller requests from now on. */
  tooLarge(bytes: number): void {
    this.bytes = Math.max(1, Math.min(this.bytes, Math.floor(bytes / 2)));
  }
}
