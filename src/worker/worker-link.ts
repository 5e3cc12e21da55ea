import {type Remote, wrap} from 'comlink';

/** The worker is gone: it failed to load, ended by an error of its own, or was terminated. */
export class WorkerDied extends Error {
  override readonly name = 'WorkerDied';
  constructor() {
    super('the worker has died');
  }
}

/**
 * A worker behind comlink whose calls always settle. By itself a comlink call to a dead worker stays pending for ever;
 * here it rejects with `WorkerDied` as soon as the worker dies.
 */
export class WorkerLink<T> {
  private readonly worker: Worker;
  private readonly remote: Remote<T>;
  private readonly death: Promise<never>;
  private die: () => void = () => undefined;

  constructor(url: string, name: string) {
    this.worker = new Worker(url, {type: 'module', name});
    this.remote = wrap<T>(this.worker);
    this.death = new Promise((_, reject) => {
      this.die = () => reject(new WorkerDied());
    });
    // Nobody may be waiting when it dies.
    this.death.catch(() => undefined);
    this.worker.addEventListener('error', event => {
      event.preventDefault();
      this.terminate();
    });
    this.worker.addEventListener('messageerror', () => this.terminate());
  }

  /** Rejects with `WorkerDied`, or with what the call rejects with. */
  call<R>(ask: (remote: Remote<T>) => Promise<R>): Promise<R> {
    return Promise.race([ask(this.remote), this.death]);
  }

  terminate(): void {
    this.worker.terminate();
    this.die();
  }
}
