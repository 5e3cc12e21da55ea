import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {Disposable} from '../../../src/console/disposable.js';
import type {Observable} from '../model/emitter.js';

/** Draws an element again when one of the models that it shows has changed. */
export class Observe implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #sources: () => readonly Observable[];
  #observed: readonly Observable[] = [];
  #subscriptions: readonly Disposable[] = [];
  #connected = false;

  constructor(host: ReactiveControllerHost, sources: () => readonly Observable[]) {
    this.#host = host;
    this.#sources = sources;
    host.addController(this);
  }

  hostConnected(): void {
    this.#connected = true;
    this.#follow();
  }

  hostUpdate(): void {
    if (this.#connected) this.#follow();
  }

  hostDisconnected(): void {
    this.#connected = false;
    this.#stop();
  }

  #follow(): void {
    const sources = this.#sources();
    const same = sources.length === this.#observed.length && sources.every((s, i) => s === this.#observed[i]);
    if (same) return;
    this.#stop();
    this.#observed = sources;
    this.#subscriptions = sources.map(source => source.onDidChange(() => this.#host.requestUpdate()));
  }

  #stop(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#observed = [];
    this.#subscriptions = [];
  }
}
