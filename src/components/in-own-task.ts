import {nothing} from 'lit';
import {AsyncDirective, directive} from 'lit/async-directive.js';
import {nextTask} from './own-task.js';

/**
 * Draws a part of a page for the first time in a task of its own, and from then on with the rest. Several parts of one
 * page get a task each, so that a screen which changes as a whole does not hold the main thread.
 */
class InOwnTask extends AsyncDirective {
  #state: 'new' | 'planned' | 'drawn' = 'new';
  #draw: () => unknown = () => nothing;

  render(draw: () => unknown): unknown {
    this.#draw = draw;
    if (this.#state === 'drawn') return draw();
    if (this.#state === 'new') void this.#drawLater();
    return nothing;
  }

  protected override reconnected(): void {
    if (this.#state === 'new') void this.#drawLater();
  }

  async #drawLater(): Promise<void> {
    this.#state = 'planned';
    await nextTask();
    this.#state = this.isConnected ? 'drawn' : 'new';
    if (this.isConnected) this.setValue(this.#draw());
  }
}

export const inOwnTask = directive(InOwnTask);
