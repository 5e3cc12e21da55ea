import type {Disposable} from '../../../src/console/disposable.js';

/** A disposable whose work is done at most once. */
export function onDispose(work: () => void): Disposable {
  let done = false;
  return {
    dispose() {
      if (done) return;
      done = true;
      work();
    },
  };
}

/** Disposes of all, last first; one that throws does not keep the rest. Returns what was thrown. */
export function disposeAll(disposables: Disposable[]): unknown[] {
  const errors: unknown[] = [];
  for (let last = disposables.pop(); last; last = disposables.pop()) {
    try {
      last.dispose();
    } catch (error) {
      errors.push(error);
    }
  }
  return errors;
}
