import {ArchiveContents} from './model/archive-contents.js';
import {CommandRegistry} from './model/command-registry.js';
import {Configuration} from './model/configuration.js';
import {Connection} from './model/connection.js';
import {ExtensionHost} from './model/extension-host.js';
import type {HostServices} from './model/host-services.js';
import {JsonStorage} from './model/json-storage.js';
import {Keybindings} from './model/keybindings.js';
import {Layout} from './model/layout.js';
import {Log} from './model/log.js';
import {MenuRegistry} from './model/menu-registry.js';
import {Messages} from './model/messages.js';
import {SameOriginServer} from './model/server.js';
import {StatusBarModel} from './model/status-bar-model.js';
import {Theme} from './model/theme.js';
import {ViewRegistry} from './model/view-registry.js';
import {contributeConsoleSettings} from './console-settings.js';

/** All that the console is made of, without its elements. */
export interface Services extends HostServices {
  readonly connection: Connection;
  readonly archive: ArchiveContents;
  readonly host: ExtensionHost;
  readonly layout: Layout;
}

/** Composes the console for an archive at `origin`. `importModule` loads an extension's script. */
export function createServices(
  origin: string,
  language: string,
  importModule?: (url: string) => Promise<unknown>,
): Services {
  const configuration = new Configuration(new JsonStorage('console.setting.'));
  contributeConsoleSettings(configuration);
  const server = new SameOriginServer(origin);
  const hostServices: HostServices = {
    commands: new CommandRegistry(),
    views: new ViewRegistry(),
    menus: new MenuRegistry(),
    statusBar: new StatusBarModel(),
    configuration,
    messages: new Messages(),
    keybindings: new Keybindings(),
    theme: new Theme(configuration),
    server,
    log: new Log(),
    language,
  };
  return {
    ...hostServices,
    connection: new Connection(server),
    archive: new ArchiveContents(origin, server.dicomWebUrl),
    host: new ExtensionHost(hostServices, importModule),
    layout: new Layout(),
  };
}
