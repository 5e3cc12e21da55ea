/** The door of the panel on a page of its own, served by the archive itself or by any web server beside it. */
import {openMigration} from './panel.js';
import {readPageConfig} from './standalone/page-config.js';
import {SameOriginServer} from './standalone/same-origin-server.js';

const config = await readPageConfig(document.baseURI);
const migration = openMigration(new SameOriginServer(config), new URL('./', import.meta.url).href);
const panel = migration.createPanel(location.hash.startsWith('#/report') ? 'report' : 'panel');
document.body.append(panel);

const title = document.title;
migration.controller.subscribe(() => {
  const status = migration.status();
  document.title = status?.isActive === true ? `${status.text} · ${title}` : title;
});
addEventListener('beforeunload', event => {
  if (migration.status()?.isActive === true) event.preventDefault();
});
