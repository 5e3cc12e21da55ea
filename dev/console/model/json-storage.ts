/**
 * JSON values in `localStorage` below one prefix. What cannot be read (storage switched off, damaged text) reads as
 * undefined, so that the console starts with defaults instead of not at all.
 */
export class JsonStorage {
  readonly #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  read(key: string): unknown {
    try {
      const text = localStorage.getItem(this.#prefix + key);
      return text === null ? undefined : JSON.parse(text);
    } catch {
      return undefined;
    }
  }

  /** `undefined` removes the entry. Throws `QuotaExceededError` or `SecurityError` as the browser does. */
  write(key: string, value: unknown): void {
    if (value === undefined) localStorage.removeItem(this.#prefix + key);
    else localStorage.setItem(this.#prefix + key, JSON.stringify(value));
  }

  /** Calls back with the key when another tab of the console changed it. */
  onOtherTab(listener: (key: string) => void): void {
    window.addEventListener('storage', event => {
      if (event.key?.startsWith(this.#prefix)) listener(event.key.slice(this.#prefix.length));
    });
  }
}
