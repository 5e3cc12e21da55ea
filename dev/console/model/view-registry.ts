import type {ViewProvider} from '../../../src/console/console-api.js';
import type {Disposable} from '../../../src/console/disposable.js';
import {onDispose} from './dispose.js';
import {Emitter} from './emitter.js';
import {errorText} from './error-text.js';

export interface ViewDescription {
  readonly id: string;
  readonly name: string;
  /** A codicon's name. */
  readonly icon: string;
  /** `#/…`, the fragment that opens it. */
  readonly route: string;
  /** The extension that contributes it; null: the console. */
  readonly owner: string | null;
}

export type ViewState =
  {readonly kind: 'opening'} | {readonly kind: 'ready'} | {readonly kind: 'failed'; readonly detail: string};

export interface OpenView extends ViewDescription {
  /** Filled by the view's provider; in the document as long as the tab is open. */
  readonly element: HTMLElement;
  readonly state: ViewState;
}

interface Tab {
  readonly element: HTMLElement;
  state: ViewState;
  content: Disposable | null;
  readonly ready: Promise<void>;
}

/** Which views there are, which have a tab, and which tab is in front. */
export class ViewRegistry {
  readonly #descriptions = new Map<string, ViewDescription>();
  readonly #providers = new Map<string, ViewProvider>();
  readonly #tabs = new Map<string, Tab>();
  readonly #changed = new Emitter();
  #active: string | null = null;
  /** Set by the extension host: activates whoever contributes the view. */
  activate: (view: string) => Promise<unknown> = () => Promise.resolve();

  contribute(description: ViewDescription): Disposable {
    this.#descriptions.set(description.id, description);
    this.#changed.fire(undefined);
    return onDispose(() => {
      this.hide(description.id);
      this.#descriptions.delete(description.id);
      this.#changed.fire(undefined);
    });
  }

  /** Throws where the view was not contributed or has a provider already. Disposing closes the view's tab. */
  register(id: string, provider: ViewProvider): Disposable {
    if (!this.#descriptions.has(id)) throw new Error(`The manifest does not contribute the view ${id}`);
    if (this.#providers.has(id)) throw new Error(`The view ${id} has a provider already`);
    this.#providers.set(id, provider);
    return onDispose(() => {
      this.#providers.delete(id);
      this.hide(id);
    });
  }

  get contributed(): readonly ViewDescription[] {
    return [...this.#descriptions.values()];
  }

  get open(): readonly OpenView[] {
    return [...this.#tabs].flatMap(([id, tab]) => {
      const description = this.#descriptions.get(id);
      return description ? [{...description, element: tab.element, state: tab.state}] : [];
    });
  }

  get active(): string | null {
    return this.#active;
  }

  /** Opens the view, or brings it to the front; settles when it is filled. Rejects where there is no such view. */
  async show(id: string): Promise<void> {
    if (!this.#descriptions.has(id)) throw new Error(`No such view: ${id}`);
    this.#active = id;
    if (!this.#tabs.has(id)) this.#tabs.set(id, this.#openTab(id));
    this.#changed.fire(undefined);
    await this.#tabs.get(id)?.ready;
  }

  /** Closes the view's tab; the one to its left comes to the front. */
  hide(id: string): void {
    const tab = this.#tabs.get(id);
    if (!tab) return;
    const order = [...this.#tabs.keys()];
    const position = order.indexOf(id);
    this.#tabs.delete(id);
    if (this.#active === id) this.#active = order[position - 1] ?? order[position + 1] ?? null;
    tab.content?.dispose();
    tab.element.remove();
    this.#changed.fire(undefined);
  }

  byRoute(route: string): ViewDescription | undefined {
    return this.contributed.find(view => view.route === route);
  }

  onDidChange(listener: () => void): Disposable {
    return this.#changed.on(listener);
  }

  #openTab(id: string): Tab {
    const element = document.createElement('div');
    const tab: Tab = {
      element,
      state: {kind: 'opening'},
      content: null,
      // The map must hold the tab before the provider is asked: it may show or hide views itself.
      ready: Promise.resolve().then(() => this.#fill(id, tab)),
    };
    return tab;
  }

  async #fill(id: string, tab: Tab): Promise<void> {
    try {
      if (!this.#providers.has(id)) await this.activate(id);
      const provider = this.#providers.get(id);
      if (!provider) throw new Error(`The view ${id} has no provider`);
      const content = await provider.resolveView(tab.element);
      if (this.#tabs.get(id) !== tab) {
        content.dispose();
        return;
      }
      tab.content = content;
      tab.state = {kind: 'ready'};
    } catch (error) {
      tab.state = {kind: 'failed', detail: errorText(error)};
    }
    this.#changed.fire(undefined);
  }
}
