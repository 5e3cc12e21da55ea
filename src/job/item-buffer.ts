import {Bell} from './bell.js';
import {type Item, requestLength} from './item.js';

/**
 * Holds items that have been read and not yet sent. The reader runs ahead until the buffer is full: this is the
 * back-pressure from the archive to the medium.
 */
export class ItemBuffer {
  private readonly items: Item[] = [];
  private ended = false;
  private stopped = false;
  private readonly room = new Bell();

  constructor(
    private readonly capacity: number,
    /** Told of each item and of the end. */
    private readonly changed: () => void,
  ) {}

  /** Nothing is left and nothing will come. */
  get drained(): boolean {
    return this.ended && this.items.length === 0;
  }

  get isEmpty(): boolean {
    return this.items.length === 0;
  }

  /** Whether a whole batch can be taken, or what there is will not become more. */
  isReady(files: number, bytes: number): boolean {
    if (this.items.length === 0) return false;
    if (this.ended || this.items.length >= files || this.items.length >= this.capacity) return true;
    return this.items.reduce((sum, item) => sum + item.content.size, 0) >= bytes;
  }

  async put(item: Item): Promise<void> {
    while (this.items.length >= this.capacity && !this.stopped) await this.room.heard();
    if (this.stopped) return;
    this.items.push(item);
    this.changed();
  }

  end(): void {
    this.ended = true;
    this.changed();
  }

  /** The files of the next request of at most `files` and `bytes`, without taking them. */
  peek(files: number, bytes: number): readonly Item[] {
    return this.items.slice(0, requestLength(this.items, files, bytes));
  }

  take(count: number): void {
    this.items.splice(0, count);
    this.room.ring();
  }

  /** The job was stopped: forgets what it holds, and lets a waiting reader go on to see it. */
  stop(): void {
    this.stopped = true;
    this.items.length = 0;
    this.room.ring();
  }
}
