import {proxy, type Remote} from 'comlink';
import type {Answer, JobWorkerApi, JobWorkerConfig, PageApi} from './job-worker-api.js';
import {WorkerDied, WorkerLink} from './worker-link.js';

/** The job worker as the page sees it: every request is answered, also when the worker is dead. */
export class JobWorkerClient {
  private readonly link: WorkerLink<JobWorkerApi>;

  /** `workersUrl` is the folder of the extension's workers, with a slash at the end. */
  constructor(private readonly workersUrl: string) {
    this.link = new WorkerLink<JobWorkerApi>(new URL('job-worker.js', workersUrl).href, 'migration job');
  }

  open(config: Omit<JobWorkerConfig, 'headerWorkerUrl'>, page: PageApi) {
    const headerWorkerUrl = new URL('header-worker.js', this.workersUrl).href;
    return this.ask(worker => worker.open({...config, headerWorkerUrl}, proxy(page)));
  }

  async ask<T>(request: (worker: Remote<JobWorkerApi>) => Promise<Answer<T>>): Promise<Answer<T>> {
    try {
      return await this.link.call(request);
    } catch (error) {
      if (error instanceof WorkerDied) return {ok: false, fault: {kind: 'worker-died'}};
      throw error;
    }
  }

  terminate(): void {
    this.link.terminate();
  }
}
