import {aTimeout, waitUntil} from '@open-wc/testing';
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

export const deepAll = (root: ParentNode, selector: string) => [...deep(root, selector)];

/** The element that has the focus, through all shadow roots. */
export function focused(): HTMLElement | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element instanceof HTMLElement ? element : null;
}

/** The style sheet of the icons is not needed here, only the element that names it. */
function linkIcons(): void {
  if (document.getElementById('vscode-codicon-stylesheet')) return;
  const link = document.createElement('link');
  link.id = 'vscode-codicon-stylesheet';
  link.rel = 'stylesheet';
  link.href = 'data:text/css,';
  document.head.append(link);
}

let quiet = false;

/** The browser tells of it when the list of studies is laid out over two frames: that is how virtual lists work. */
function ignoreResizeNotices(): void {
  if (quiet) return;
  quiet = true;
  const before = window.onerror;
  window.onerror = (message, ...rest) =>
    typeof message === 'string' && message.startsWith('ResizeObserver loop')
      ? true
      : (before?.call(window, message, ...rest) as unknown);
}

/** A whole console with the test extensions; `list` names a file in `extensions/`. */
export async function openConsole({
  list = 'only-good.json',
  theme = 'dark',
  route = '#/',
}: {list?: string; theme?: ThemeChoice; route?: string} = {}): Promise<OpenConsole> {
  linkIcons();
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
  const all = (selector: string) => [...deep(element, selector), ...fromShadow(element, selector)];
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
