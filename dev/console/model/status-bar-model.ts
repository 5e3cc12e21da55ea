import type {StatusBarItem, StatusBarMenuItem} from '../../../src/console/console-api.js';
import type {Disposable} from '../../../src/console/disposable.js';
import {Emitter} from './emitter.js';

/** An item as the status bar draws it. */
export interface StatusEntry {
  readonly id: string;
  readonly owner: string | null;
  readonly text: string;
  readonly icon: string;
  readonly tooltip: string;
  readonly progress: number | null;
  readonly command: string | null;
  readonly menu: readonly StatusBarMenuItem[];
}

class Item implements StatusBarItem {
  text = '';
  icon = '';
  tooltip = '';
  progress: number | null = null;
  command: string | null = null;
  menu: readonly StatusBarMenuItem[] = [];
  visible = false;

  constructor(
    readonly id: string,
    readonly owner: string | null,
    readonly remove: () => void,
  ) {}

  show(): void {
    this.visible = true;
  }

  hide(): void {
    this.visible = false;
  }

  dispose(): void {
    this.remove();
  }
}

/** The items of the status bar. Setting a field of an item is enough: the bar is told once per turn. */
export class StatusBarModel {
  readonly #changed = new Emitter();
  readonly #items = new Set<Item>();
  #told = true;

  createItem(id: string, owner: string | null): StatusBarItem {
    const changed = () => this.#tell();
    const item = new Item(id, owner, () => {
      this.#items.delete(item);
      changed();
    });
    this.#items.add(item);
    return new Proxy(item, {
      set(target, field, value: unknown) {
        const done = Reflect.set(target, field, value);
        changed();
        return done;
      },
    });
  }

  /** Those that are shown, in the order in which they were made. */
  get entries(): readonly StatusEntry[] {
    return [...this.#items]
      .filter(item => item.visible)
      .map(({id, owner, text, icon, tooltip, progress, command, menu}) => ({
        id,
        owner,
        text,
        icon,
        tooltip,
        progress: progress === null || Number.isNaN(progress) ? null : Math.min(1, Math.max(0, progress)),
        command,
        menu,
      }));
  }

  onDidChange(listener: () => void): Disposable {
    return this.#changed.on(listener);
  }

  #tell(): void {
    if (!this.#told) return;
    this.#told = false;
    queueMicrotask(() => {
      this.#told = true;
      this.#changed.fire(undefined);
    });
  }
}
