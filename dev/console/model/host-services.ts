import type {Server} from '../../../src/console/console-api.js';
import type {CommandRegistry} from './command-registry.js';
import type {Configuration} from './configuration.js';
import type {Keybindings} from './keybindings.js';
import type {Log} from './log.js';
import type {MenuRegistry} from './menu-registry.js';
import type {Messages} from './messages.js';
import type {StatusBarModel} from './status-bar-model.js';
import type {Theme} from './theme.js';
import type {ViewRegistry} from './view-registry.js';

/** What the extension host needs of the console. */
export interface HostServices {
  readonly commands: CommandRegistry;
  readonly views: ViewRegistry;
  readonly menus: MenuRegistry;
  readonly statusBar: StatusBarModel;
  readonly configuration: Configuration;
  readonly messages: Messages;
  readonly keybindings: Keybindings;
  readonly theme: Theme;
  readonly server: Server;
  readonly log: Log;
  /** BCP 47. */
  readonly language: string;
}
