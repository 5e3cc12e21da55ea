import type {CDPSession, Page} from 'playwright-core';

/** One task of a renderer's main thread. */
export interface MainThreadTask {
  /** What the task took, milliseconds, waiting for a processor included: what `longtask` shows. */
  readonly wallMs: number;
  /** The processor time of the thread itself, which other programs on the machine do not change. */
  readonly threadMs: number;
}

interface TraceEvent {
  readonly name?: string;
  readonly ph?: string;
  readonly pid?: number;
  readonly tid?: number;
  /** Microseconds. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: {readonly name?: string};
}

const LONG_US = 50_000;

/** Watches the main threads of all pages through Chromium's own tracing, which costs them next to nothing. */
export class TaskWatch {
  private readonly long: TraceEvent[] = [];
  private readonly mainThreads = new Set<string>();
  private tasks = 0;

  private constructor(private readonly session: CDPSession) {}

  static async start(page: Page): Promise<TaskWatch> {
    const browser = page.context().browser();
    if (!browser) throw new Error('the page has no browser');
    const watch = new TaskWatch(await browser.newBrowserCDPSession());
    watch.session.on('Tracing.dataCollected', ({value}) => {
      for (const event of value as TraceEvent[]) watch.hear(event);
    });
    await watch.session.send('Tracing.start', {
      transferMode: 'ReportEvents',
      traceConfig: {includedCategories: ['toplevel'], excludedCategories: ['*']},
    });
    return watch;
  }

  private hear(event: TraceEvent): void {
    if (event.name === 'thread_name' && event.args?.name === 'CrRendererMain') {
      this.mainThreads.add(`${event.pid ?? ''} ${event.tid ?? ''}`);
    }
    if (event.ph !== 'X' || event.name?.endsWith('RunTask') !== true) return;
    this.tasks++;
    if ((event.dur ?? 0) > LONG_US) this.long.push(event);
  }

  /** The tasks that took over 50 ms on the clock, with the thread's own time of each. */
  async stop(): Promise<readonly MainThreadTask[]> {
    const complete = new Promise<void>(resolve =>
      this.session.once('Tracing.tracingComplete', () => resolve()),
    );
    await this.session.send('Tracing.end');
    await complete;
    await this.session.detach();
    if (this.tasks === 0 || this.mainThreads.size === 0) throw new Error('the trace shows no tasks');
    return this.long
      .filter(event => this.mainThreads.has(`${event.pid ?? ''} ${event.tid ?? ''}`))
      .map(({dur = 0, tdur = 0}) => ({wallMs: dur / 1000, threadMs: tdur / 1000}));
  }
}
