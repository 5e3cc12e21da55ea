import type {ConsoleApi} from '../../../src/console/console-api.js';
import type {Disposable} from '../../../src/console/disposable.js';
import {darkModern} from '../themes/dark-modern.js';
import {highContrast} from '../themes/high-contrast.js';
import {highContrastLight} from '../themes/high-contrast-light.js';
import {lightModern} from '../themes/light-modern.js';
import {themeSheet, type ThemeTokens} from '../themes/tokens.js';
import type {Configuration} from './configuration.js';
import {Emitter} from './emitter.js';

export type ThemeKind = ConsoleApi['theme']['kind'];
export const THEME_SETTING = 'console.theme';
export const THEME_CHOICES = ['system', 'light', 'dark', 'high-contrast', 'high-contrast-light'] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];

const TOKENS: Readonly<Record<ThemeKind, ThemeTokens>> = {
  'light': lightModern,
  'dark': darkModern,
  'high-contrast': highContrast,
  'high-contrast-light': highContrastLight,
};
/** Class names that views know from VS Code's webviews. */
const BODY_CLASS: Readonly<Record<ThemeKind, readonly string[]>> = {
  'light': ['vscode-light'],
  'dark': ['vscode-dark'],
  'high-contrast': ['vscode-high-contrast'],
  'high-contrast-light': ['vscode-high-contrast', 'vscode-high-contrast-light'],
};

const isChoice = (value: unknown): value is ThemeChoice => THEME_CHOICES.some(choice => choice === value);

/** The colours of the console: the chosen theme, or what the system prefers until one is chosen. */
export class Theme {
  readonly #configuration: Configuration;
  readonly #changed = new Emitter();
  readonly #light = matchMedia('(prefers-color-scheme: light)');
  readonly #contrast = matchMedia('(prefers-contrast: more), (forced-colors: active)');
  #sheet: CSSStyleSheet | null = null;
  #kind: ThemeKind;

  constructor(configuration: Configuration) {
    this.#configuration = configuration;
    this.#kind = this.#resolve();
  }

  get kind(): ThemeKind {
    return this.#kind;
  }

  get choice(): ThemeChoice {
    const value = this.#configuration.get(THEME_SETTING);
    return isChoice(value) ? value : 'system';
  }

  choose(choice: ThemeChoice): Promise<void> {
    return this.#configuration.update(THEME_SETTING, choice === 'system' ? undefined : choice);
  }

  /** Puts the tokens on the document and keeps them up to date. */
  start(): Disposable {
    const follow = () => {
      const kind = this.#resolve();
      if (kind === this.#kind) return;
      this.#kind = kind;
      this.#apply();
      this.#changed.fire(undefined);
    };
    this.#apply();
    this.#light.addEventListener('change', follow);
    this.#contrast.addEventListener('change', follow);
    const setting = this.#configuration.onDidChange(key => {
      if (key === THEME_SETTING) follow();
    });
    return {
      dispose: () => {
        this.#light.removeEventListener('change', follow);
        this.#contrast.removeEventListener('change', follow);
        setting.dispose();
        if (this.#sheet) {
          document.adoptedStyleSheets = document.adoptedStyleSheets.filter(sheet => sheet !== this.#sheet);
        }
      },
    };
  }

  onDidChange(listener: () => void): Disposable {
    return this.#changed.on(listener);
  }

  #resolve(): ThemeKind {
    const {choice} = this;
    if (choice !== 'system') return choice;
    if (this.#contrast.matches) return this.#light.matches ? 'high-contrast-light' : 'high-contrast';
    return this.#light.matches ? 'light' : 'dark';
  }

  #apply(): void {
    const sheet = themeSheet(TOKENS[this.#kind], this.#kind.endsWith('light') ? 'light' : 'dark');
    document.adoptedStyleSheets = [...document.adoptedStyleSheets.filter(old => old !== this.#sheet), sheet];
    this.#sheet = sheet;
    document.body.classList.remove(...Object.values(BODY_CLASS).flat());
    document.body.classList.add(...BODY_CLASS[this.#kind]);
    document.body.dataset.vscodeThemeKind = BODY_CLASS[this.#kind].at(-1);
  }
}
