import {Emitter} from './emitter.js';

export interface LogLine {
  readonly time: Date;
  readonly level: 'info' | 'error';
  readonly text: string;
}

const MOST_LINES = 500;

/** What the console did, for its Output panel. No patient data: only what the host itself says goes in here. */
export class Log {
  readonly #changed = new Emitter();
  #lines: readonly LogLine[] = [];

  get lines(): readonly LogLine[] {
    return this.#lines;
  }

  info(text: string): void {
    this.#add('info', text);
  }

  error(text: string): void {
    this.#add('error', text);
  }

  onDidChange(listener: () => void) {
    return this.#changed.on(listener);
  }

  #add(level: LogLine['level'], text: string): void {
    this.#lines = [...this.#lines.slice(1 - MOST_LINES), {time: new Date(), level, text}];
    this.#changed.fire(undefined);
  }
}
