import {fixture, html} from '@open-wc/testing';
import '../../src/components/pacs-migration-panel.js';
import type {PacsMigrationPanel} from '../../src/components/pacs-migration-panel.js';
import type {GuideTokens} from '../../src/components/guide-tokens.js';
import type {MigrationView} from '../../src/controller/migration-controller.js';
import {FakeController} from './fake-controller.js';

export const GUIDE: GuideTokens = [
  {kind: 'heading', level: 1, id: 'guide', children: [{kind: 'text', text: 'User guide'}]},
  {kind: 'heading', level: 2, id: 'states', children: [{kind: 'text', text: 'States'}]},
  {kind: 'paragraph', children: [{kind: 'text', text: 'Waiting <img src=x onerror=alert(1)>'}]},
  {kind: 'heading', level: 2, id: 'report', children: [{kind: 'text', text: 'The report'}]},
  {
    kind: 'list',
    ordered: false,
    items: [[{kind: 'paragraph', children: [{kind: 'strong', children: [{kind: 'text', text: 'Sums'}]}]}]],
  },
];

export interface Shown {
  readonly panel: PacsMigrationPanel;
  readonly controller: FakeController;
}

/** The panel on a page, `width` pixels wide, showing `view`. */
export async function showPanel(view: MigrationView, width = 1232): Promise<Shown> {
  const controller = new FakeController(view);
  const box: HTMLElement = await fixture(html`<div></div>`);
  box.style.width = `${width}px`;
  box.style.height = '712px';
  const panel = document.createElement('pacs-migration-panel');
  panel.controller = controller;
  panel.loadGuide = () => Promise.resolve(GUIDE);
  box.append(panel);
  await settle(panel);
  return {panel, controller};
}

/** Waits until the panel and all that is in it has been drawn, promises of the controller included. */
export async function settle(panel: PacsMigrationPanel): Promise<void> {
  for (let i = 0; i < 5; i++) {
    await panel.updateComplete;
    await nextTask();
  }
}

/** Not by frames or timers: a page that runs behind another one gets few of them. */
async function nextTask(): Promise<void> {
  const {port1, port2} = new MessageChannel();
  await new Promise(resolve => {
    port1.onmessage = resolve;
    port2.postMessage(null);
  });
  port1.close();
}

/** All elements below `root` that match, through open shadow roots, in document order. */
export function deepAll(root: Element | ShadowRoot, selector: string): HTMLElement[] {
  const found: HTMLElement[] = [];
  const walk = (node: Element | ShadowRoot): void => {
    for (const child of node.children) {
      if (child.matches(selector)) found.push(child as HTMLElement);
      walk(child);
      if (child.shadowRoot) walk(child.shadowRoot);
    }
  };
  walk(root instanceof Element && root.shadowRoot ? root.shadowRoot : root);
  return found;
}

export function deepOne(root: Element, selector: string): HTMLElement {
  const [first] = deepAll(root, selector);
  if (!first) throw new Error(`nothing matches ${selector}`);
  return first;
}

export const visible = (element: HTMLElement): boolean => element.getClientRects().length > 0;

const tidy = (text: string | null): string => (text ?? '').replace(/\s+/g, ' ').trim();

export function textOf(element: Element): string {
  return tidy(element.textContent);
}

/** Visible buttons by their accessible name. */
export function buttons(root: Element, name?: string): HTMLButtonElement[] {
  return (deepAll(root, 'button') as HTMLButtonElement[])
    .filter(visible)
    .filter(button => name === undefined || nameOf(button) === name);
}

export function nameOf(button: HTMLElement): string {
  return button.getAttribute('aria-label') ?? textOf(button);
}

export function button(root: Element, name: string): HTMLButtonElement {
  const found = buttons(root, name);
  if (found.length !== 1) throw new Error(`${found.length} buttons are called ${name}`);
  return found[0]!;
}

export const statusOf = (panel: PacsMigrationPanel): HTMLElement => deepOne(panel, '[role=status]');
