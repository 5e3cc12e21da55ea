import {setTimeout as delay} from 'node:timers/promises';
import type {CDPSession, Page} from 'playwright-core';
import {watchWorkers, type WorkerChannel} from './worker-channel.js';

export interface HeapPeak {
  readonly name: string;
  readonly bytes: number;
}

const EVERY_MS = 200;

/** Looks at the JavaScript heaps of a page and of all its workers while a job runs, and keeps the highest of each. */
export class HeapWatch {
  private readonly peaks = new Map<string, number>();
  private watching = true;
  private readonly done: Promise<void>;

  private constructor(
    private readonly session: CDPSession,
    private readonly workers: ReadonlyMap<string, WorkerChannel>,
  ) {
    this.done = this.look();
  }

  static async start(page: Page): Promise<HeapWatch> {
    const session = await page.context().newCDPSession(page);
    return new HeapWatch(session, await watchWorkers(session));
  }

  /** Bytes, the highest peak so far. */
  get highest(): number {
    return Math.max(0, ...this.peaks.values());
  }

  async stop(): Promise<readonly HeapPeak[]> {
    this.watching = false;
    await this.done;
    await this.session.detach();
    return [...this.peaks].map(([name, bytes]) => ({name, bytes}));
  }

  private note(name: string, bytes: number): void {
    this.peaks.set(name, Math.max(bytes, this.peaks.get(name) ?? 0));
  }

  private async lookAt(channel: WorkerChannel, path: string): Promise<void> {
    const usage = await channel.send('Runtime.getHeapUsage');
    if (typeof usage?.usedSize === 'number') this.note(path, usage.usedSize);
    for (const [id, child] of channel.children)
      await this.lookAt(child, `${path} > ${child.name} ${id.slice(0, 4)}`);
  }

  private async look(): Promise<void> {
    while (this.watching) {
      const {usedSize} = await this.session.send('Runtime.getHeapUsage');
      this.note('page', usedSize);
      for (const [id, channel] of this.workers)
        await this.lookAt(channel, `${channel.name} ${id.slice(0, 4)}`);
      await delay(EVERY_MS);
    }
  }
}
