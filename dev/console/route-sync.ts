import {msg, str} from '@lit/localize';
import type {Disposable} from '../../src/console/disposable.js';
import {CONSOLE_VIEWS} from './console-commands.js';
import type {Services} from './services.js';

const HOME = '#/';

/** Keeps the address and the view in front the same: a fragment opens its view, a view sets its fragment. */
export function syncRoute({views, messages}: Services): Disposable {
  const follow = () => {
    const route = location.hash === '' || location.hash === '#' ? HOME : location.hash;
    const view = views.byRoute(route);
    if (!view) void messages.show('warning', msg(str`There is no view at ${route}.`));
    const id = view?.id ?? CONSOLE_VIEWS.home;
    if (views.active !== id) void views.show(id);
  };
  const write = () => {
    const active = views.contributed.find(view => view.id === views.active);
    const route = active?.route ?? HOME;
    const current = location.hash === '' ? HOME : location.hash;
    if (route !== current)
      history.pushState(null, '', route === HOME ? location.pathname + location.search : route);
  };
  window.addEventListener('hashchange', follow);
  follow();
  const change = views.onDidChange(write);
  return {
    dispose() {
      window.removeEventListener('hashchange', follow);
      change.dispose();
    },
  };
}
