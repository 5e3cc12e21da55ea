import type {Disposable} from '../../../src/console/disposable.js';
import type {MenuItemContribution} from '../../../src/console/manifest.js';
import {onDispose} from './dispose.js';
import {Emitter} from './emitter.js';

/** The menus that extensions can add to. Any other name in a manifest is left unused. */
export const EXTENSION_MENUS = ['utilities', 'help'] as const;

export type ExtensionMenu = (typeof EXTENSION_MENUS)[number];

/** What extensions put into the console's menus: by group, then in the order of the manifests. */
export class MenuRegistry {
  readonly #changed = new Emitter();
  #items: readonly {readonly menu: string; readonly item: MenuItemContribution}[] = [];

  contribute(menu: string, item: MenuItemContribution): Disposable {
    const entry = {menu, item};
    this.#items = [...this.#items, entry];
    this.#changed.fire(undefined);
    return onDispose(() => {
      this.#items = this.#items.filter(other => other !== entry);
      this.#changed.fire(undefined);
    });
  }

  /** Commands of a menu, group after group. */
  groups(menu: ExtensionMenu): readonly (readonly string[])[] {
    const groups = new Map<string, string[]>();
    for (const entry of this.#items) {
      if (entry.menu !== menu) continue;
      const group = entry.item.group ?? '';
      groups.set(group, [...(groups.get(group) ?? []), entry.item.command]);
    }
    return [...groups].sort(([a], [b]) => a.localeCompare(b)).map(([, commands]) => commands);
  }

  onDidChange(listener: () => void): Disposable {
    return this.#changed.on(listener);
  }
}
