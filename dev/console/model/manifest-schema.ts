import * as v from 'valibot';
import type {ExtensionManifest} from '../../../src/console/manifest.js';
import {checkSetting} from './configuration.js';
import {parseChord} from './keybindings.js';

/** Text of the manifest: not empty, and of a length that fits into a menu. */
const text = v.pipe(v.string(), v.trim(), v.nonEmpty('is empty'), v.maxLength(500, 'is too long'));
const id = v.pipe(v.string(), v.regex(/^[A-Za-z][\w.-]*$/, 'is no identifier (letters, digits, . _ -)'));
const icon = v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/, 'is no name of a codicon'));
const version = v.pipe(v.string(), v.regex(/^\d+\.\d+\.\d+(?:[-+][\w.-]+)?$/, 'is no version (1.2.3)'));
const engine = v.pipe(
  v.string(),
  v.regex(/^(?:\*|\^?1(?:\.(?:0|x)){0,2})$/, 'does not include 1.0, the version of this console'),
);
/** Below the extension's folder: no scheme, no root, no way up. */
const relativeFile = v.pipe(
  v.string(),
  v.regex(/^(?:\.\/)?(?!.*\.\.)[\w-][\w./-]*\.js$/, 'is no script inside the extension’s folder'),
);
const route = v.pipe(v.string(), v.regex(/^#\/[\w-]+(?:\/[\w-]+)*$/, 'is no route (#/name)'));
const event = v.pipe(
  v.string(),
  v.regex(/^(?:onStartup|on(?:View|Command):[\w.-]+)$/, 'is no activation event of this console'),
);

const described = {description: text, order: v.exactOptional(v.number())};
const property = v.pipe(
  v.variant('type', [
    v.object({...described, type: v.literal('boolean'), default: v.boolean()}),
    v.object({
      ...described,
      type: v.literal('string'),
      default: v.string(),
      enum: v.exactOptional(v.array(v.string())),
    }),
    v.object({
      ...described,
      type: v.literal('integer'),
      default: v.pipe(v.number(), v.integer('is no integer')),
      minimum: v.exactOptional(v.number()),
      maximum: v.exactOptional(v.number()),
    }),
  ]),
  v.check(setting => checkSetting(setting, setting.default) === null, 'has a default that it does not allow'),
);

const Contributes = v.object({
  commands: v.exactOptional(
    v.array(
      v.object({
        command: id,
        title: text,
        category: v.exactOptional(text),
        icon: v.exactOptional(icon),
      }),
    ),
  ),
  menus: v.exactOptional(
    v.record(v.string(), v.array(v.object({command: id, group: v.exactOptional(v.string())}))),
  ),
  views: v.exactOptional(
    v.record(
      v.string(),
      v.array(v.object({id, name: text, icon: v.exactOptional(icon), route: v.exactOptional(route)})),
    ),
  ),
  configuration: v.exactOptional(v.object({title: text, properties: v.record(id, property)})),
  keybindings: v.exactOptional(
    v.array(
      v.object({
        command: id,
        key: v.pipe(
          v.string(),
          v.check(key => parseChord(key) !== null, 'is no key'),
        ),
      }),
    ),
  ),
});

const Manifest = v.pipe(
  v.object({
    name: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]*$/, 'is no name (small letters, digits, -)')),
    displayName: text,
    version,
    publisher: text,
    description: v.exactOptional(text),
    engines: v.object({console: engine}),
    browser: relativeFile,
    activationEvents: v.optional(v.array(event), []),
    contributes: v.optional(Contributes, {}),
    l10n: v.exactOptional(v.string()),
  }),
  v.forward(
    v.check(manifest => {
      const {commands = [], menus = {}, keybindings = []} = manifest.contributes;
      const known = new Set(commands.map(({command}) => command));
      return [...Object.values(menus).flat(), ...keybindings].every(({command}) => known.has(command));
    }, 'has a menu or a key for a command that it does not contribute'),
    ['contributes'],
  ),
);

export type ManifestCheck =
  | {readonly ok: true; readonly manifest: ExtensionManifest}
  | {readonly ok: false; readonly issues: readonly string[]};

/** Checks a manifest whose `%key%` texts are resolved. Issues name the place: `contributes.views.main.0.id is …`. */
export function checkManifest(json: unknown): ManifestCheck {
  const result = v.safeParse(Manifest, json);
  if (result.success) return {ok: true, manifest: result.output};
  return {
    ok: false,
    issues: result.issues.map(issue => `${v.getDotPath(issue) ?? 'manifest.json'}: ${issue.message}`),
  };
}
