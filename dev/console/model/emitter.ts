import type {Disposable} from '../../../src/console/disposable.js';

/** Something that says when it has changed. */
export interface Observable {
  onDidChange(listener: () => void): Disposable;
}

/**
 * Calls listeners in the order in which they came. One that throws does not keep the others from being called: its
 * error goes to the page's `error` event.
 */
export class Emitter<T = undefined> {
  readonly #listeners = new Set<{readonly call: (value: T) => void}>();

  on(listener: (value: T) => void): Disposable {
    const entry = {call: listener};
    this.#listeners.add(entry);
    return {dispose: () => this.#listeners.delete(entry)};
  }

  fire(value: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener.call(value);
      } catch (error) {
        reportError(error);
      }
    }
  }
}
