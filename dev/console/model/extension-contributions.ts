import type {Disposable} from '../../../src/console/disposable.js';
import type {ExtensionManifest} from '../../../src/console/manifest.js';
import {disposeAll} from './dispose.js';
import {errorText} from './error-text.js';
import type {HostServices} from './host-services.js';

type Contributed = {readonly ok: true} | {readonly ok: false; readonly detail: string};

/** What the console already has must not be taken over by an extension. */
function clash(manifest: ExtensionManifest, {commands, views, configuration}: HostServices): string | null {
  const {contributes} = manifest;
  const command = contributes.commands?.find(entry => commands.find(entry.command));
  if (command) return command.command;
  const view = contributes.views?.main?.find(
    entry =>
      views.contributed.some(other => other.id === entry.id) || (entry.route && views.byRoute(entry.route)),
  );
  if (view) return view.id;
  const keys = Object.keys(contributes.configuration?.properties ?? {});
  return (
    keys.find(key => configuration.sections.some(section => Object.hasOwn(section.properties, key))) ?? null
  );
}

/** Adds what a manifest contributes: all of it, or nothing. Views outside of `main` have no place here. */
export function contribute(manifest: ExtensionManifest, services: HostServices): Contributed {
  const taken = clash(manifest, services);
  if (taken !== null) return {ok: false, detail: `${taken} is there already`};
  const done: Disposable[] = [];
  const {contributes} = manifest;
  try {
    for (const command of contributes.commands ?? []) done.push(services.commands.contribute(command));
    for (const [menu, items] of Object.entries(contributes.menus ?? {})) {
      for (const item of items) done.push(services.menus.contribute(menu, item));
    }
    for (const view of contributes.views?.main ?? []) {
      done.push(
        services.views.contribute({
          id: view.id,
          name: view.name,
          icon: view.icon ?? 'extensions',
          route: view.route ?? `#/view/${view.id}`,
          owner: manifest.name,
        }),
      );
    }
    if (contributes.configuration) done.push(services.configuration.contribute(contributes.configuration));
    for (const {key, command} of contributes.keybindings ?? [])
      done.push(services.keybindings.add(key, command));
    return {ok: true};
  } catch (error) {
    disposeAll(done);
    return {ok: false, detail: errorText(error)};
  }
}
