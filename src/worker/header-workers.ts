import type {HeaderReading} from '../dicom/instance-header.js';
import type {HeaderReader} from '../job/ports/header-reader.js';
import type {FileContent} from '../job/ports/source.js';
import type {HeaderWorkerApi} from './header-worker-api.js';
import {WorkerDied, WorkerLink} from './worker-link.js';

/** A worker that has not answered by then is taken to hang. A slow medium needs seconds for a chunk, not minutes. */
const PATIENCE_MS = 60_000;
const PATIENCE_ALONE_MS = 20_000;

/** Reading a whole file of a slow medium may take long; it is asked for only when sending has failed again and again. */
const PATIENCE_WHOLE_FILE_MS = 600_000;

/**
 * Reads headers in a few workers. A file that makes its worker hang or fall over costs one worker, which is replaced,
 * and is named: the files that were read with it are read again one by one.
 */
export class HeaderWorkers implements HeaderReader {
  private readonly idle: WorkerLink<HeaderWorkerApi>[] = [];
  private readonly queue: ((link: WorkerLink<HeaderWorkerApi>) => void)[] = [];
  private started = 0;

  constructor(
    private readonly url: string,
    private readonly most = 2,
    private readonly patience = {chunk: PATIENCE_MS, alone: PATIENCE_ALONE_MS},
  ) {}

  async read(contents: readonly FileContent[], signal: AbortSignal): Promise<readonly HeaderReading[]> {
    if (contents.length === 0) return [];
    signal.throwIfAborted();
    const together = await this.ask(link => link.call(r => r.scan([...contents])), this.patience.chunk);
    if (together !== null) return together;
    const readings: HeaderReading[] = [];
    for (const content of contents) {
      signal.throwIfAborted();
      const alone = await this.ask(link => link.call(r => r.scan([content])), this.patience.alone);
      readings.push(alone?.[0] ?? {kind: 'unusable', why: 'header-timeout'});
    }
    return readings;
  }

  async isReadable(content: FileContent): Promise<boolean> {
    return (await this.ask(link => link.call(r => r.isReadable(content)), PATIENCE_WHOLE_FILE_MS)) ?? false;
  }

  /** Starts the workers before they are needed: loading them is work that the start of a job should not have to share. */
  warmUp(): void {
    for (; this.started < this.most; this.started++) this.idle.push(this.start());
  }

  /** Null where the worker died over it, or was ended because it did not answer. */
  private async ask<R>(
    question: (link: WorkerLink<HeaderWorkerApi>) => Promise<R>,
    patienceMs: number,
  ): Promise<R | null> {
    const link = await this.take();
    const timer = setTimeout(() => link.terminate(), patienceMs);
    try {
      const answer = await question(link);
      this.giveBack(link);
      return answer;
    } catch (error) {
      link.terminate();
      this.giveBack(this.start());
      if (error instanceof WorkerDied) return null;
      // The reader's own contract is to answer with a reading for whatever it meets; a throw is a worker's fault, too.
      if (error instanceof Error) return null;
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  private take(): Promise<WorkerLink<HeaderWorkerApi>> | WorkerLink<HeaderWorkerApi> {
    const link = this.idle.pop();
    if (link !== undefined) return link;
    if (this.started < this.most) {
      this.started++;
      return this.start();
    }
    return new Promise(resolve => this.queue.push(resolve));
  }

  private giveBack(link: WorkerLink<HeaderWorkerApi>): void {
    const waiting = this.queue.shift();
    if (waiting !== undefined) waiting(link);
    else this.idle.push(link);
  }

  private start(): WorkerLink<HeaderWorkerApi> {
    return new WorkerLink<HeaderWorkerApi>(this.url, 'headers');
  }
}
