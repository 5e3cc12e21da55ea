import type {Disposable} from '../../../src/console/disposable.js';
import type {ConfigurationContribution, ConfigurationProperty} from '../../../src/console/manifest.js';
import {onDispose} from './dispose.js';
import {Emitter} from './emitter.js';
import type {JsonStorage} from './json-storage.js';

export type SettingProblem =
  | {readonly code: 'unknown-setting'}
  | {readonly code: 'wrong-type'; readonly expected: ConfigurationProperty['type']}
  | {readonly code: 'out-of-range'; readonly minimum: number | null; readonly maximum: number | null}
  | {readonly code: 'not-a-choice'; readonly choices: readonly string[]};

/** Rejected by `update`: the value is not what the setting's schema allows. */
export class SettingError extends Error {
  override readonly name = 'SettingError';

  constructor(
    readonly key: string,
    readonly problem: SettingProblem,
  ) {
    super(`${key}: ${problem.code}`);
  }
}

/** What is wrong with `value`, by the setting's schema; null: nothing. */
export function checkSetting(property: ConfigurationProperty, value: unknown): SettingProblem | null {
  switch (property.type) {
    case 'boolean':
      return typeof value === 'boolean' ? null : {code: 'wrong-type', expected: 'boolean'};
    case 'string':
      if (typeof value !== 'string') return {code: 'wrong-type', expected: 'string'};
      return property.enum && !property.enum.includes(value)
        ? {code: 'not-a-choice', choices: property.enum}
        : null;
    case 'integer': {
      if (!Number.isSafeInteger(value)) return {code: 'wrong-type', expected: 'integer'};
      const {minimum = -Infinity, maximum = Infinity} = property;
      const inRange = Number(value) >= minimum && Number(value) <= maximum;
      return inRange
        ? null
        : {code: 'out-of-range', minimum: property.minimum ?? null, maximum: property.maximum ?? null};
    }
  }
}

/** Settings by their full key, `extension.setting`: the default unless another value is stored. */
export class Configuration {
  readonly #storage: JsonStorage;
  readonly #changed = new Emitter<string>();
  readonly #sections = new Set<ConfigurationContribution>();

  constructor(storage: JsonStorage) {
    this.#storage = storage;
    storage.onOtherTab(key => this.#changed.fire(key));
  }

  contribute(section: ConfigurationContribution): Disposable {
    this.#sections.add(section);
    return onDispose(() => this.#sections.delete(section));
  }

  get sections(): readonly ConfigurationContribution[] {
    return [...this.#sections];
  }

  /** The stored value where it fits the schema, else the default; undefined where there is no such setting. */
  get(key: string): unknown {
    const property = this.#property(key);
    if (!property) return undefined;
    const stored = this.#storage.read(key);
    return stored !== undefined && checkSetting(property, stored) === null ? stored : property.default;
  }

  /** Stores the value; `undefined` goes back to the default. Rejects with `SettingError` and keeps the old value. */
  update(key: string, value: unknown): Promise<void> {
    return new Promise(resolve => {
      const property = this.#property(key);
      const problem: SettingProblem | null = !property
        ? {code: 'unknown-setting'}
        : value === undefined
          ? null
          : checkSetting(property, value);
      if (problem) throw new SettingError(key, problem);
      this.#storage.write(key, value);
      this.#changed.fire(key);
      resolve();
    });
  }

  onDidChange(listener: (key: string) => void): Disposable {
    return this.#changed.on(listener);
  }

  #property(key: string): ConfigurationProperty | undefined {
    for (const section of this.#sections) {
      if (Object.hasOwn(section.properties, key)) return section.properties[key];
    }
    return undefined;
  }
}
