import type {LitElement} from 'lit';

/** Resolves in a task of its own, after those that wait already. */
export function nextTask(): Promise<void> {
  return new Promise(resolve => {
    const {port1, port2} = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

type Schedulable = new (...args: never[]) => LitElement;

/**
 * An element that draws itself for the first time in a task of its own. A page with many parts that appears at once
 * would else hold the main thread until the last of them is drawn.
 */
export function firstInOwnTask<T extends typeof LitElement>(Base: T): T {
  const Derived = class extends (Base as unknown as Schedulable) {
    protected override async scheduleUpdate(): Promise<void> {
      if (!this.hasUpdated) await nextTask();
      await super.scheduleUpdate();
    }
  };
  return Derived as unknown as T;
}
