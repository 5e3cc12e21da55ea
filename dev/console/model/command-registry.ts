import type {Disposable} from '../../../src/console/disposable.js';
import type {CommandContribution} from '../../../src/console/manifest.js';
import {onDispose} from './dispose.js';
import {Emitter} from './emitter.js';

/** Nobody registered the command, and no extension that contributes it could be activated. */
export class UnknownCommandError extends Error {
  override readonly name = 'UnknownCommandError';
  readonly code = 'unknown-command';

  constructor(readonly command: string) {
    super(`No such command: ${command}`);
  }
}

type Run = (...args: readonly unknown[]) => unknown;

/**
 * Commands as the console knows them. A command is *contributed* (it has a title and stands in menus and the palette)
 * and *registered* (there is code that runs it); a contributed command without code activates its extension first.
 */
export class CommandRegistry {
  readonly #contributed = new Map<string, CommandContribution>();
  readonly #registered = new Map<string, Run>();
  readonly #changed = new Emitter();
  /** Set by the extension host: activates whoever contributes the command. */
  activate: (command: string) => Promise<unknown> = () => Promise.resolve();

  contribute(command: CommandContribution): Disposable {
    this.#contributed.set(command.command, command);
    this.#changed.fire(undefined);
    return onDispose(() => {
      this.#contributed.delete(command.command);
      this.#changed.fire(undefined);
    });
  }

  /** Throws where the command has code already. */
  register(id: string, run: Run): Disposable {
    if (this.#registered.has(id)) throw new Error(`The command ${id} is registered already`);
    this.#registered.set(id, run);
    return onDispose(() => this.#registered.delete(id));
  }

  /** Contributed commands, by title. */
  get contributed(): readonly CommandContribution[] {
    return [...this.#contributed.values()].sort((a, b) => commandTitle(a).localeCompare(commandTitle(b)));
  }

  find(id: string): CommandContribution | undefined {
    return this.#contributed.get(id);
  }

  /** Rejects with `UnknownCommandError`, or with what the command itself throws. */
  async execute(id: string, ...args: readonly unknown[]): Promise<unknown> {
    if (!this.#registered.has(id)) await this.activate(id);
    const run = this.#registered.get(id);
    if (!run) throw new UnknownCommandError(id);
    return await run(...args);
  }

  onDidChange(listener: () => void): Disposable {
    return this.#changed.on(listener);
  }
}

/** `Category: Title`, as the palette shows it. */
export function commandTitle(command: CommandContribution): string {
  return command.category ? `${command.category}: ${command.title}` : command.title;
}
