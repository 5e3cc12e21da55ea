import {msg, str} from '@lit/localize';
import {THEME_CHOICES, type ThemeChoice} from './model/theme.js';
import type {Services} from './services.js';

/** The console's own views, in the order of the activity bar. */
export const CONSOLE_VIEWS = {
  home: 'console.home',
  archive: 'console.archive',
  settings: 'console.settings',
  extensions: 'console.extensions',
} as const;

const THEME_TITLES: Readonly<Record<ThemeChoice, () => string>> = {
  'system': () => msg('Theme of the System'),
  'light': () => msg('Light'),
  'dark': () => msg('Dark'),
  'high-contrast': () => msg('High Contrast Dark'),
  'high-contrast-light': () => msg('High Contrast Light'),
};

/** The command that chooses a theme. */
export const themeCommand = (choice: ThemeChoice) => `console.theme.${choice}`;

interface Entry {
  readonly id: string;
  readonly title: string;
  readonly category?: string;
  readonly icon?: string;
  readonly key?: string;
  readonly run: () => unknown;
}

function entries(services: Services): readonly Entry[] {
  const {views, layout, theme, messages, connection, host} = services;
  const view = msg('View');
  return [
    {
      id: 'console.showCommands',
      title: msg('Command Palette...'),
      category: view,
      key: 'ctrl+shift+p',
      run: () => layout.setOverlay('palette'),
    },
    {id: 'console.openHome', title: msg('Home'), category: view, run: () => views.show(CONSOLE_VIEWS.home)},
    {
      id: 'console.openArchive',
      title: msg('Archive'),
      category: view,
      run: () => views.show(CONSOLE_VIEWS.archive),
    },
    {
      id: 'console.openSettings',
      title: msg('Settings'),
      category: msg('Preferences'),
      key: 'ctrl+,',
      run: () => views.show(CONSOLE_VIEWS.settings),
    },
    {
      id: 'console.openExtensions',
      title: msg('Extensions'),
      category: msg('Preferences'),
      run: () => views.show(CONSOLE_VIEWS.extensions),
    },
    {
      id: 'console.toggleOutput',
      title: msg('Output'),
      category: view,
      key: 'ctrl+j',
      run: () => layout.toggleOutput(),
    },
    {
      id: 'console.closeView',
      title: msg('Close Tab'),
      category: view,
      key: 'alt+w',
      run: () => views.active !== null && views.hide(views.active),
    },
    {
      id: 'console.showMessages',
      title: msg('Messages'),
      category: view,
      run: () => layout.setOverlay(layout.overlay === 'messages' ? null : 'messages'),
    },
    {
      id: 'console.signIn',
      title: msg('Sign In to the Archive'),
      run: async () => {
        const done = await services.server.signIn();
        await connection.ask();
        void messages.show(
          done ? 'information' : 'error',
          done ? msg('The archive accepts this session.') : msg('The archive did not accept the sign-in.'),
        );
      },
    },
    {
      id: 'console.about',
      title: msg('About'),
      category: msg('Help'),
      run: () => {
        const running = host.extensions.filter(({state}) => state === 'active').length;
        void messages.show(
          'information',
          msg(
            str`PACS Admin Console, extension contract 1.0. Extensions: ${host.extensions.length}, of these active: ${running}.`,
          ),
        );
      },
    },
    ...THEME_CHOICES.map(choice => ({
      id: themeCommand(choice),
      title: THEME_TITLES[choice](),
      category: msg('Theme'),
      run: () => theme.choose(choice),
    })),
  ];
}

/** Contributes and registers what the console itself can do. */
export function registerConsoleCommands(services: Services): void {
  for (const {id, title, category, key, run} of entries(services)) {
    services.commands.contribute({command: id, title, ...(category === undefined ? {} : {category})});
    services.commands.register(id, run);
    if (key) services.keybindings.add(key, id);
  }
  services.keybindings.add('f1', 'console.showCommands');
  // Not in the palette: it needs an argument.
  services.commands.register('console.showView', id => services.views.show(String(id)));
}
