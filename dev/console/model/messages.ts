import type {MessageKind} from '../../../src/console/console-api.js';
import type {Disposable} from '../../../src/console/disposable.js';
import {Emitter} from './emitter.js';

export interface Message {
  readonly id: number;
  readonly kind: MessageKind;
  readonly text: string;
  readonly actions: readonly string[];
  /** The extension that speaks; null: the console. */
  readonly source: string | null;
  readonly time: Date;
  /** Whether it still floats over the page; behind the bell it stays until it is cleared. */
  readonly floating: boolean;
}

const MOST_MESSAGES = 100;

/** What the console and its extensions have to say, newest first. */
export class Messages {
  readonly #changed = new Emitter();
  readonly #waiting = new Map<number, (action: string | undefined) => void>();
  #all: readonly Message[] = [];
  #nextId = 1;

  get all(): readonly Message[] {
    return this.#all;
  }

  /** Resolves to the chosen action, or undefined once the message is dismissed or, without actions, put away. */
  show(
    kind: MessageKind,
    text: string,
    actions: readonly string[] = [],
    source: string | null = null,
  ): Promise<string | undefined> {
    const id = this.#nextId++;
    const message = {id, kind, text, actions, source, time: new Date(), floating: true};
    for (const old of this.#all.slice(MOST_MESSAGES - 1)) this.#settle(old.id, undefined);
    this.#all = [message, ...this.#all.slice(0, MOST_MESSAGES - 1)];
    const answer = new Promise<string | undefined>(resolve => this.#waiting.set(id, resolve));
    this.#changed.fire(undefined);
    return answer;
  }

  choose(id: number, action: string): void {
    this.#settle(id, action);
    this.#remove(id);
  }

  dismiss(id: number): void {
    this.#settle(id, undefined);
    this.#remove(id);
  }

  /** Ends the floating; the message stays behind the bell, and a question stays open there. */
  putAway(id: number): void {
    const message = this.#all.find(candidate => candidate.id === id);
    if (!message?.floating) return;
    if (message.actions.length === 0) this.#settle(id, undefined);
    this.#all = this.#all.map(candidate =>
      candidate.id === id ? {...candidate, floating: false} : candidate,
    );
    this.#changed.fire(undefined);
  }

  clear(): void {
    for (const message of this.#all) this.#settle(message.id, undefined);
    this.#all = [];
    this.#changed.fire(undefined);
  }

  onDidChange(listener: () => void): Disposable {
    return this.#changed.on(listener);
  }

  #settle(id: number, action: string | undefined): void {
    this.#waiting.get(id)?.(action);
    this.#waiting.delete(id);
  }

  #remove(id: number): void {
    this.#all = this.#all.filter(message => message.id !== id);
    this.#changed.fire(undefined);
  }
}
