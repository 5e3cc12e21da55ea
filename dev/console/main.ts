import {PacsConsole} from './components/pacs-console.js';
import {registerConsoleCommands} from './console-commands.js';
import {registerConsoleViews} from './console-views.js';
import {syncRoute} from './route-sync.js';
import {createServices} from './services.js';

// Extensions bring their own copy of the control elements; whoever defines them first serves both.
Object.assign(window, {__vscodeElements_disableRegistryWarning__: true});

const language = document.documentElement.lang || navigator.language;
const services = createServices(location.origin, language);
registerConsoleCommands(services);
registerConsoleViews(services);
services.theme.start();
services.connection.start();

const shell = new PacsConsole();
shell.services = services;
document.body.append(shell);

await services.host.load(new URL('extensions.json', document.baseURI));
syncRoute(services);
window.addEventListener('pagehide', event => {
  if (!event.persisted) void services.host.deactivateAll();
});
