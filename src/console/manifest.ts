/**
 * `manifest.json` as the console reads it (contract v1). The names follow VS Code's package manifest; texts may be
 * `%key%`, resolved from `manifest.nls.json` and `manifest.nls.<language>.json` beside it.
 */
export interface ExtensionManifest {
  readonly name: string;
  readonly displayName: string;
  readonly version: string;
  readonly publisher: string;
  readonly description?: string;
  readonly engines: {readonly console: string};
  /** The module with `activate`, relative to the manifest: one ES module without static imports. */
  readonly browser: string;
  /** `onView:<id>`, `onCommand:<id>` or `onStartup`. Commands and views activate their extension by themselves, too. */
  readonly activationEvents: readonly string[];
  readonly contributes: Contributions;
  readonly l10n?: string;
}

export interface Contributions {
  readonly commands?: readonly CommandContribution[];
  /** By menu: `utilities`, `commandPalette`. */
  readonly menus?: Readonly<Record<string, readonly MenuItemContribution[]>>;
  /** By place: `main` is the area of tabs. */
  readonly views?: Readonly<Record<string, readonly ViewContribution[]>>;
  readonly configuration?: ConfigurationContribution;
  readonly keybindings?: readonly KeybindingContribution[];
}

export interface CommandContribution {
  readonly command: string;
  readonly title: string;
  readonly category?: string;
  /** A codicon's name. */
  readonly icon?: string;
}

export interface MenuItemContribution {
  readonly command: string;
  readonly group?: string;
}

export interface ViewContribution {
  readonly id: string;
  readonly name: string;
  readonly icon?: string;
  /** The fragment that opens the view: `#/migration`. */
  readonly route?: string;
}

export interface ConfigurationContribution {
  readonly title: string;
  readonly properties: Readonly<Record<string, ConfigurationProperty>>;
}

/** The part of JSON Schema that the console's settings page draws. */
export type ConfigurationProperty = {readonly description: string; readonly order?: number} & (
  | {readonly type: 'boolean'; readonly default: boolean}
  | {readonly type: 'string'; readonly default: string; readonly enum?: readonly string[]}
  | {readonly type: 'integer'; readonly default: number; readonly minimum?: number; readonly maximum?: number}
);

export interface KeybindingContribution {
  readonly command: string;
  readonly key: string;
}
