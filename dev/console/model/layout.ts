import type {Disposable} from '../../../src/console/disposable.js';
import {Emitter} from './emitter.js';

/** What of the window is folded out: the output panel, and one of the two floating lists at most. */
export class Layout {
  readonly #changed = new Emitter();
  #outputOpen = false;
  #overlay: 'palette' | 'messages' | null = null;

  get outputOpen(): boolean {
    return this.#outputOpen;
  }

  get overlay(): 'palette' | 'messages' | null {
    return this.#overlay;
  }

  toggleOutput(): void {
    this.#outputOpen = !this.#outputOpen;
    this.#changed.fire(undefined);
  }

  setOverlay(overlay: 'palette' | 'messages' | null): void {
    if (this.#overlay === overlay) return;
    this.#overlay = overlay;
    this.#changed.fire(undefined);
  }

  onDidChange(listener: () => void): Disposable {
    return this.#changed.on(listener);
  }
}
