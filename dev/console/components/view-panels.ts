import {msg, str} from '@lit/localize';
import type {OpenView} from '../model/view-registry.js';

/**
 * The tab panels, kept by hand instead of by a template: a view's element must never be taken out of the document and
 * put back while its tab is open, or what lives in it starts anew.
 */
export class ViewPanels {
  readonly #parent: HTMLElement;
  readonly #panels = new Map<HTMLElement, HTMLElement>();

  constructor(parent: HTMLElement) {
    this.#parent = parent;
  }

  show(open: readonly OpenView[], active: string | null): void {
    const elements = new Set(open.map(({element}) => element));
    for (const [element, panel] of this.#panels) {
      if (elements.has(element)) continue;
      panel.remove();
      this.#panels.delete(element);
    }
    for (const view of open) {
      const panel = this.#panels.get(view.element) ?? this.#add(view);
      panel.hidden = view.id !== active;
      panel.ariaBusy = String(view.state.kind === 'opening');
      this.#showFailure(panel, view);
    }
  }

  #add({element, name}: OpenView): HTMLElement {
    const panel = document.createElement('div');
    panel.className = 'view-panel';
    panel.role = 'tabpanel';
    panel.ariaLabel = name;
    element.className = 'view';
    panel.append(element);
    this.#panels.set(element, panel);
    this.#parent.append(panel);
    return panel;
  }

  #showFailure(panel: HTMLElement, {name, state}: OpenView): void {
    const shown = panel.querySelector(':scope > .view-failure');
    if (state.kind !== 'failed') {
      shown?.remove();
      return;
    }
    if (shown) return;
    const text = document.createElement('p');
    text.className = 'view-failure';
    text.role = 'alert';
    text.textContent = msg(str`${name} could not be opened: ${state.detail}`);
    panel.append(text);
  }
}
