import {aTimeout, waitUntil as waitUntilWithin} from '@open-wc/testing';
import {PacsConsole} from '../../../dev/console/components/pacs-console.js';
import {registerConsoleCommands} from '../../../dev/console/console-commands.js';
import {registerConsoleViews} from '../../../dev/console/console-views.js';
import {THEME_SETTING, type ThemeChoice} from '../../../dev/console/model/theme.js';
import {syncRoute} from '../../../dev/console/route-sync.js';
import {createServices, type Services} from '../../../dev/console/services.js';
import {FakeArchive} from './fake-archive.js';

export const EXTENSIONS = new URL('/test/dev/console/extensions/', location.href);

export interface OpenConsole {
  readonly services: Services;
  readonly element: PacsConsole;
  readonly archive: FakeArchive;
  /** The first element inside, through all shadow roots, that the selector finds. */
  find(selector: string): HTMLElement | null;
  all(selector: string): HTMLElement[];
  /** Waits until the selector finds something. */
  get(selector: string): Promise<HTMLElement>;
  close(): void;
}

function* deep(root: ParentNode, selector: string): Generator<HTMLElement> {
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    if (element.matches(selector)) yield element;
    if (element.shadowRoot) yield* deep(element.shadowRoot, selector);
  }
}

/** All that a selector finds, through all shadow roots; ` >> ` goes into the shadow roots below what stands before it. */
export function deepAll(root: ParentNode, selector: string): HTMLElement[] {
  const [first = '', ...rest] = selector.split(' >> ');
  const found = [...deep(root, first)];
  if (rest.length === 0) return found;
  return found.flatMap(element =>
    [element, ...(element.shadowRoot ? [element.shadowRoot] : [])].flatMap(part =>
      deepAll(part, rest.join(' >> ')),
    ),
  );
}

/** The element that has the focus, through all shadow roots. */
export function focused(): HTMLElement | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element instanceof HTMLElement ? element : null;
}

function linkStyles(id: string, href: string): Promise<void> {
  if (document.getElementById(id)) return Promise.resolve();
  const link = document.createElement('link');
  link.id = id;
  link.rel = 'stylesheet';
  link.href = href;
  document.head.append(link);
  return new Promise(resolve => link.addEventListener('load', () => resolve()));
}

/** Waits for what is sure to come; how long that takes is the machine's affair. */
export const waitUntil = (predicate: () => boolean, message?: string) =>
  waitUntilWithin(predicate, message, {timeout: 50_000, interval: 20});

/** For a whole test: many waits, on a busy machine. */
export const PATIENCE_MS = 60_000;

let quiet = false;

/** The browser tells of it when the list of studies is laid out over two frames: that is how virtual lists work. */
function ignoreResizeNotices(): void {
  if (quiet) return;
  quiet = true;
  const before = window.onerror;
  window.onerror = (message, ...rest) =>
    typeof message === 'string' && message.includes('ResizeObserver loop')
      ? true
      : (before?.call(window, message, ...rest) as unknown);
}

/** A whole console with the test extensions; `list` names a file in `extensions/`. */
export async function openConsole({
  list = 'only-good.json',
  theme = 'dark',
  route = '#/',
}: {list?: string; theme?: ThemeChoice; route?: string} = {}): Promise<OpenConsole> {
  await linkStyles('console-stylesheet', '/dev/console/console.css');
  // The icons themselves are not needed here, only the element that names their sheet.
  await linkStyles('vscode-codicon-stylesheet', 'data:text/css,');
  ignoreResizeNotices();
  localStorage.clear();
  localStorage.setItem(`console.setting.${THEME_SETTING}`, JSON.stringify(theme));
  history.replaceState(null, '', location.pathname + location.search + (route === '#/' ? '' : route));
  const archive = new FakeArchive();
  const services = createServices(location.origin, 'en');
  registerConsoleCommands(services);
  registerConsoleViews(services);
  const started = [services.theme.start(), services.connection.start()];
  const element = new PacsConsole();
  element.services = services;
  document.body.append(element);
  await services.host.load(new URL(list, EXTENSIONS));
  started.push(syncRoute(services));
  await waitUntil(() => services.views.open.every(({state}) => state.kind !== 'opening'));
  await settle(element);
  const all = (selector: string) => [...deepAll(element, selector), ...fromShadow(element, selector)];
  return {
    services,
    element,
    archive,
    find: selector => all(selector)[0] ?? null,
    all,
    async get(selector) {
      await waitUntil(() => deepAll(document, selector).length > 0, `nothing matches ${selector}`);
      return deepAll(document, selector)[0]!;
    },
    close() {
      for (const part of started) part.dispose();
      element.remove();
      archive.dispose();
      history.replaceState(null, '', location.pathname + location.search);
    },
  };
}

const fromShadow = (element: HTMLElement, selector: string) =>
  element.shadowRoot ? deepAll(element.shadowRoot, selector) : [];

/** Waits until all elements have been drawn. */
export async function settle(element: PacsConsole): Promise<void> {
  await element.updateComplete;
  await aTimeout(0);
  await element.updateComplete;
}

export function press(key: string, init: KeyboardEventInit = {}): void {
  const target = focused() ?? document.body;
  target.dispatchEvent(
    new KeyboardEvent('keydown', {key, bubbles: true, composed: true, cancelable: true, ...init}),
  );
}
