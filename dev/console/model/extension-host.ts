import {msg, str} from '@lit/localize';
import type {ConsoleApi, ExtensionContext, ExtensionModule} from '../../../src/console/console-api.js';
import type {Disposable} from '../../../src/console/disposable.js';
import type {ExtensionManifest} from '../../../src/console/manifest.js';
import {disposeAll} from './dispose.js';
import {Emitter} from './emitter.js';
import {errorText} from './error-text.js';
import {createApi} from './extension-api.js';
import {contribute} from './extension-contributions.js';
import {readExtensionList, readManifest} from './extension-files.js';
import {problemSentence, type ExtensionProblem} from './extension-problem.js';
import type {HostServices} from './host-services.js';

/** An extension as the Extensions page shows it. `folder` ends with a slash. */
export type ExtensionRecord = {readonly folder: string} & (
  | {
      readonly state: 'broken';
      readonly manifest: ExtensionManifest | null;
      readonly problem: ExtensionProblem;
    }
  | {readonly state: 'inactive' | 'activating' | 'active'; readonly manifest: ExtensionManifest}
  | {readonly state: 'failed'; readonly manifest: ExtensionManifest; readonly problem: ExtensionProblem}
);

interface Running {
  readonly module: ExtensionModule;
  readonly subscriptions: Disposable[];
  /** All that the extension registered, whether it put it into `subscriptions` or not. */
  readonly registered: Disposable[];
}

type ImportModule = (url: string) => Promise<unknown>;

function isExtensionModule(module: unknown): module is ExtensionModule {
  return (
    typeof module === 'object' &&
    module !== null &&
    'activate' in module &&
    typeof module.activate === 'function'
  );
}

/**
 * Reads extensions and runs them. No extension can stop the console: what goes wrong in one is told in a message,
 * stays readable on the Extensions page, and the rest goes on.
 */
export class ExtensionHost {
  readonly #services: HostServices;
  readonly #importModule: ImportModule;
  readonly #changed = new Emitter();
  readonly #records = new Map<string, ExtensionRecord>();
  readonly #running = new Map<string, Running>();
  readonly #activations = new Map<string, Promise<boolean>>();

  constructor(services: HostServices, importModule: ImportModule = url => import(url)) {
    this.#services = services;
    this.#importModule = importModule;
    services.commands.activate = command => this.#activateFor('command', command);
    services.views.activate = view => this.#activateFor('view', view);
  }

  get extensions(): readonly ExtensionRecord[] {
    return [...this.#records.values()];
  }

  onDidChange(listener: () => void): Disposable {
    return this.#changed.on(listener);
  }

  /** Reads the list and all manifests, adds what they contribute, and activates those that ask for it. */
  async load(list: URL): Promise<void> {
    const answer = await readExtensionList(list);
    if (!answer.ok) {
      this.#tell(msg(str`The list of extensions could not be read: ${answer.detail}`));
      return;
    }
    const {language} = this.#services;
    const results = await Promise.all(
      answer.folders.map(async folder => ({
        folder: folder.href,
        result: await readManifest(folder, language),
      })),
    );
    for (const {folder, result} of results) {
      if (result.ok) this.#add(folder, result.manifest);
      else this.#setBroken(folder, null, result.problem);
    }
    await Promise.all(
      this.extensions
        .filter(({manifest}) => manifest?.activationEvents.includes('onStartup'))
        .map(({folder}) => this.activate(folder)),
    );
  }

  /** Resolves to whether the extension is active. Tries again where it failed before. */
  activate(folder: string): Promise<boolean> {
    const record = this.#records.get(folder);
    if (!record || record.state === 'broken') return Promise.resolve(false);
    if (record.state === 'active') return Promise.resolve(true);
    const underWay = this.#activations.get(folder);
    if (underWay) return underWay;
    const activation = this.#start(folder, record.manifest).finally(() => this.#activations.delete(folder));
    this.#activations.set(folder, activation);
    return activation;
  }

  /** Calls `deactivate`, then disposes of the subscriptions, last first, and of what the extension forgot. */
  async deactivate(folder: string): Promise<void> {
    const record = this.#records.get(folder);
    const running = this.#running.get(folder);
    if (!running || record?.state !== 'active') return;
    this.#running.delete(folder);
    try {
      await running.module.deactivate?.();
    } catch (error) {
      this.#services.log.error(`${record.manifest.name}: deactivate: ${errorText(error)}`);
    }
    this.#takeBack(record.manifest, running);
    this.#set({folder, state: 'inactive', manifest: record.manifest});
    this.#services.log.info(`${record.manifest.name}: deactivated`);
  }

  async deactivateAll(): Promise<void> {
    await Promise.all([...this.#running.keys()].map(folder => this.deactivate(folder)));
  }

  async #start(folder: string, manifest: ExtensionManifest): Promise<boolean> {
    this.#set({folder, state: 'activating', manifest});
    let module: unknown;
    try {
      module = await this.#importModule(new URL(manifest.browser, folder).href);
    } catch (error) {
      return this.#fail(folder, manifest, {code: 'module-not-loaded', detail: errorText(error)});
    }
    if (!isExtensionModule(module)) return this.#fail(folder, manifest, {code: 'module-without-activate'});
    const running: Running = {module, subscriptions: [], registered: []};
    const api: ConsoleApi = createApi(manifest, this.#services, disposable =>
      running.registered.push(disposable),
    );
    const context: ExtensionContext = {
      subscriptions: running.subscriptions,
      extensionUri: folder,
      console: api,
    };
    try {
      await module.activate(context);
    } catch (error) {
      this.#takeBack(manifest, running);
      return this.#fail(folder, manifest, {code: 'activation-failed', detail: errorText(error)});
    }
    this.#running.set(folder, running);
    this.#set({folder, state: 'active', manifest});
    this.#services.log.info(`${manifest.name}: activated`);
    return true;
  }

  #takeBack(manifest: ExtensionManifest, running: Running): void {
    const errors = [...disposeAll(running.subscriptions), ...disposeAll(running.registered)];
    for (const error of errors) this.#services.log.error(`${manifest.name}: dispose: ${errorText(error)}`);
  }

  #add(folder: string, manifest: ExtensionManifest): void {
    const taken = this.extensions.some(other => other.manifest?.name === manifest.name);
    if (taken) {
      this.#setBroken(folder, manifest, {code: 'name-taken', name: manifest.name});
      return;
    }
    const contributed = contribute(manifest, this.#services);
    if (!contributed.ok) {
      this.#setBroken(folder, manifest, {code: 'contribution-refused', detail: contributed.detail});
      return;
    }
    this.#set({folder, state: 'inactive', manifest});
    this.#services.log.info(`${manifest.name} ${manifest.version}: found`);
  }

  async #activateFor(kind: 'command' | 'view', id: string): Promise<void> {
    const owner = this.extensions.find(({state, manifest}) => {
      if (state === 'broken') return false;
      const {commands = [], views = {}} = manifest.contributes;
      const contributes =
        kind === 'command'
          ? commands.some(({command}) => command === id)
          : Object.values(views).some(list => list.some(view => view.id === id));
      return (
        contributes ||
        manifest.activationEvents.includes(`on${kind === 'command' ? 'Command' : 'View'}:${id}`)
      );
    });
    if (owner) await this.activate(owner.folder);
  }

  #setBroken(folder: string, manifest: ExtensionManifest | null, problem: ExtensionProblem): void {
    this.#set({folder, state: 'broken', manifest, problem});
    this.#tell(msg(str`The extension in ${folder} cannot be used. ${problemSentence(problem)}`));
  }

  #fail(folder: string, manifest: ExtensionManifest, problem: ExtensionProblem): false {
    this.#set({folder, state: 'failed', manifest, problem});
    this.#tell(msg(str`${manifest.displayName} does not work. ${problemSentence(problem)}`));
    return false;
  }

  #tell(text: string): void {
    this.#services.log.error(text);
    void this.#services.messages.show('error', text);
  }

  #set(record: ExtensionRecord): void {
    this.#records.set(record.folder, record);
    this.#changed.fire(undefined);
  }
}
