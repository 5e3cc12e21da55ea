import type {MigrationView} from '../controller/migration-controller.js';

/** Numbers change on the screen at most twice a second. */
const PACE_MS = 500;

/** Whether a person waits for this change: a state, a source, a problem. Mere counts can wait. */
export function isUrgent(before: MigrationView | null, after: MigrationView): boolean {
  if (before === null) return true;
  return (
    before.source !== after.source ||
    before.problem !== after.problem ||
    before.archive !== after.archive ||
    before.canBrowse !== after.canBrowse ||
    before.hasSampleStick !== after.hasSampleStick ||
    before.jobs.length !== after.jobs.length ||
    before.job?.record.id !== after.job?.record.id ||
    stateKey(before) !== stateKey(after)
  );
}

function stateKey(view: MigrationView): string {
  const state = view.job?.record.state;
  if (!state) return '';
  return state.phase === 'waiting' ? `${state.phase} ${state.reason} ${state.nextTryAt ?? ''}` : state.phase;
}

/** Lets urgent changes through at once and gathers the others; `show` is called with the newest view. */
export class ViewPace {
  #shown: MigrationView | null = null;
  #shownAt = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly show: (view: MigrationView) => void) {}

  offer(read: () => MigrationView): void {
    const wait = this.#shownAt + PACE_MS - performance.now();
    if (wait <= 0 || isUrgent(this.#shown, read())) {
      this.#now(read());
    } else {
      this.#timer ??= setTimeout(() => this.#now(read()), wait);
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#shown = null;
  }

  #now(view: MigrationView): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#shown = view;
    this.#shownAt = performance.now();
    this.show(view);
  }
}
