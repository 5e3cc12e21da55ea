import type {Server, ServerInfo} from '../../../src/console/console-api.js';
import type {Disposable} from '../../../src/console/disposable.js';
import {ArchiveAnswerError} from './server.js';
import {Emitter} from './emitter.js';

export type ConnectionState = 'asking' | 'connected' | 'sign-in' | 'unreachable';

const ASK_EVERY_MS = 10_000;

/** Whether the archive answers, asked every ten seconds while the page is seen. */
export class Connection {
  readonly #server: Server;
  readonly #changed = new Emitter();
  #info: ServerInfo | null = null;
  #state: ConnectionState = 'asking';

  constructor(server: Server) {
    this.#server = server;
  }

  /** As last heard; null until the archive has answered once. */
  get info(): ServerInfo | null {
    return this.#info;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  start(): Disposable {
    const ask = () => {
      if (document.visibilityState === 'visible') void this.ask();
    };
    const timer = setInterval(ask, ASK_EVERY_MS);
    document.addEventListener('visibilitychange', ask);
    void this.ask();
    return {
      dispose() {
        clearInterval(timer);
        document.removeEventListener('visibilitychange', ask);
      },
    };
  }

  async ask(): Promise<void> {
    const before = `${this.#state} ${JSON.stringify(this.#info)}`;
    try {
      this.#info = await this.#server.info();
      this.#state = 'connected';
    } catch (error) {
      const refused = error instanceof ArchiveAnswerError && (error.status === 401 || error.status === 403);
      this.#state = refused ? 'sign-in' : 'unreachable';
    }
    if (before !== `${this.#state} ${JSON.stringify(this.#info)}`) this.#changed.fire(undefined);
  }

  onDidChange(listener: () => void): Disposable {
    return this.#changed.on(listener);
  }
}
