import {msg} from '@lit/localize';
import {CONSOLE_VIEWS} from './console-commands.js';
import type {Services} from './services.js';

interface PageElement extends HTMLElement {
  services: Services | null;
}

interface Page {
  readonly id: string;
  readonly name: string;
  readonly icon: string;
  readonly route: string;
  readonly load: () => Promise<{readonly tag: string}>;
}

const pages = (): readonly Page[] => [
  {
    id: CONSOLE_VIEWS.home,
    name: msg('Home'),
    icon: 'dashboard',
    route: '#/',
    load: async () => ({tag: (await import('./pages/home-page.js')).HomePage.tag}),
  },
  {
    id: CONSOLE_VIEWS.archive,
    name: msg('Archive'),
    icon: 'database',
    route: '#/archive',
    load: async () => ({tag: (await import('./pages/archive-page.js')).ArchivePage.tag}),
  },
  {
    id: CONSOLE_VIEWS.extensions,
    name: msg('Extensions'),
    icon: 'extensions',
    route: '#/extensions',
    load: async () => ({tag: (await import('./pages/extensions-page.js')).ExtensionsPage.tag}),
  },
  {
    id: CONSOLE_VIEWS.settings,
    name: msg('Settings'),
    icon: 'settings-gear',
    route: '#/settings',
    load: async () => ({tag: (await import('./pages/settings-page.js')).SettingsPage.tag}),
  },
];

/** The console's pages are views like those of extensions: contributed at once, loaded when they are opened. */
export function registerConsoleViews(services: Services): void {
  for (const {id, name, icon, route, load} of pages()) {
    services.views.contribute({id, name, icon, route, owner: null});
    services.views.register(id, {
      async resolveView(element) {
        const {tag} = await load();
        const page = document.createElement(tag) as PageElement;
        page.services = services;
        element.append(page);
        return {dispose: () => page.remove()};
      },
    });
  }
}
