import type {ConsoleApi} from '../../../src/console/console-api.js';
import type {Disposable} from '../../../src/console/disposable.js';
import type {ExtensionManifest} from '../../../src/console/manifest.js';
import {globalStateOf} from './global-state.js';
import type {HostServices} from './host-services.js';

/**
 * The console as one extension sees it. What the extension registers is handed to `track`, too, so that the host can
 * take back what the extension forgot.
 */
export function createApi(
  manifest: ExtensionManifest,
  services: HostServices,
  track: (disposable: Disposable) => void,
): ConsoleApi {
  const tracked = <T extends Disposable>(disposable: T): T => {
    track(disposable);
    return disposable;
  };
  const {commands, views, statusBar, messages, configuration, theme} = services;
  return {
    version: '1',
    language: services.language,
    server: services.server,
    commands: {
      registerCommand: (id, run) => tracked(commands.register(id, run)),
      executeCommand: (id, ...args) => commands.execute(id, ...args),
    },
    views: {
      registerView: (id, provider) => tracked(views.register(id, provider)),
      show: id => views.show(id),
      hide: id => views.hide(id),
    },
    window: {
      createStatusBarItem: id => tracked(statusBar.createItem(id, manifest.name)),
      showMessage: (kind, text, ...actions) => messages.show(kind, text, actions, manifest.displayName),
    },
    configuration: {
      get: key => configuration.get(key),
      update: (key, value) => configuration.update(key, value),
      onDidChange: listener => tracked(configuration.onDidChange(listener)),
    },
    globalState: globalStateOf(manifest.name),
    theme: {
      get kind() {
        return theme.kind;
      },
      onDidChange: listener => tracked(theme.onDidChange(listener)),
    },
  };
}
