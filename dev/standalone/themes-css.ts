import {darkModern} from '../console/themes/dark-modern.js';
import {highContrast} from '../console/themes/high-contrast.js';
import {highContrastLight} from '../console/themes/high-contrast-light.js';
import {lightModern} from '../console/themes/light-modern.js';
import {FONTS, type ThemeTokens} from '../console/themes/tokens.js';

function rule(tokens: ThemeTokens, scheme: 'light' | 'dark'): string {
  const lines = Object.entries({...FONTS, ...tokens}).map(([name, value]) => `--vscode-${name}: ${value};`);
  return `:root {color-scheme: ${scheme}; ${lines.join(' ')}}`;
}

/** The console's themes as one style sheet: the standalone page has no host, so it follows the system. */
export function themesCss(): string {
  return [
    rule(darkModern, 'dark'),
    `@media (prefers-color-scheme: light) {${rule(lightModern, 'light')}}`,
    `@media (prefers-contrast: more) {${rule(highContrast, 'dark')}}`,
    `@media (prefers-contrast: more) and (prefers-color-scheme: light) {${rule(highContrastLight, 'light')}}`,
  ].join('\n');
}
