import {msg} from '@lit/localize';
import {themeCommand} from '../console-commands.js';
import {THEME_CHOICES} from '../model/theme.js';
import type {Services} from '../services.js';
import {joinGroups, type Menu, type MenuCommand, type MenuEntry} from './menu-entry.js';

function line({commands, keybindings}: Services, command: string, checked?: boolean): MenuCommand {
  return {
    kind: 'command',
    title: commands.find(command)?.title ?? command,
    command,
    shortcut: keybindings.labelFor(command),
    ...(checked === undefined ? {} : {checked}),
  };
}

const viewLine = (id: string, name: string, icon: string, active: boolean): MenuCommand => ({
  kind: 'command',
  title: name,
  command: 'console.showView',
  args: [id],
  ...(active ? {checked: true} : {icon}),
});

export function themeEntries(services: Services): readonly MenuEntry[] {
  return THEME_CHOICES.map(choice => line(services, themeCommand(choice), choice === services.theme.choice));
}

export function viewEntries({views}: Services): readonly MenuEntry[] {
  return views.contributed.map(({id, name, icon}) => viewLine(id, name, icon, id === views.active));
}

export function accountEntries(services: Services): readonly MenuEntry[] {
  return [
    {kind: 'note', text: services.connection.info?.name ?? msg('Archive')},
    line(services, 'console.signIn'),
  ];
}

/** File, View, Utilities and Help, with what extensions put into the last two. */
export function consoleMenus(services: Services): readonly Menu[] {
  const {menus, layout} = services;
  const contributed = (menu: 'utilities' | 'help') =>
    menus.groups(menu).map(group => group.map(command => line(services, command)));
  const utilities = contributed('utilities');
  const nothingThere: MenuEntry = {kind: 'note', text: msg('No extension adds a utility.')};
  return [
    {
      id: 'file',
      title: msg('File'),
      entries: joinGroups([
        [line(services, 'console.openSettings'), line(services, 'console.openExtensions')],
        [line(services, 'console.closeView')],
      ]),
    },
    {
      id: 'view',
      title: msg('View'),
      entries: joinGroups([
        [line(services, 'console.showCommands')],
        viewEntries(services),
        [line(services, 'console.showMessages'), line(services, 'console.toggleOutput', layout.outputOpen)],
        themeEntries(services),
      ]),
    },
    {
      id: 'utilities',
      title: msg('Utilities'),
      entries: utilities.length > 0 ? joinGroups(utilities) : [nothingThere],
    },
    {
      id: 'help',
      title: msg('Help'),
      entries: joinGroups([...contributed('help'), [line(services, 'console.about')]]),
    },
  ];
}

/** All menus in one, for windows too narrow for a menu bar. */
export function burgerEntries(services: Services): readonly MenuEntry[] {
  const [file, , utilities, help] = consoleMenus(services);
  return joinGroups([
    viewEntries(services),
    utilities?.entries ?? [],
    [line(services, 'console.showCommands'), ...(file?.entries.slice(-1) ?? [])],
    help?.entries ?? [],
  ]);
}
