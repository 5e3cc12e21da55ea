/**
 * Writes `src/components/icon-paths.ts` from the SVG files of @vscode/codicons: `node dev/icon-paths.mjs`. Only the
 * icons named here are taken. Inline paths need no font and no style sheet at the level of the document, so the panel
 * looks the same inside a console and on a page of its own.
 */
import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {inRoot} from './paths.mjs';

export const ICONS = [
  'arrow-left',
  'book',
  'check-all',
  'checklist',
  'chevron-right',
  'circle-slash',
  'clockface',
  'close',
  'debug-disconnect',
  'debug-pause',
  'debug-step-over',
  'error',
  'folder-opened',
  'info',
  'link',
  'lock',
  'pass',
  'pass-filled',
  'remove',
  'search',
  'shield',
  'sync',
  'verified',
  'warning',
];

/** The text of `src/components/icon-paths.ts`, from the SVG files in `folder`. */
export function iconPathsSource(folder) {
  const entries = ICONS.map(name => {
    const file = readFileSync(path.join(folder, `${name}.svg`), 'utf8');
    const paths = [...file.matchAll(/<path\b[^>]*?\sd="([^"]+)"/g)].map(match => match[1]);
    if (paths.length === 0 || /<(?!\/?(svg|path)\b)/.test(file)) throw new Error(`${name}: not only paths`);
    return `  '${name}': [\n${paths.map(d => `    '${d}',\n`).join('')}  ],\n`;
  });
  return [
    '// Written by dev/icon-paths.mjs from @vscode/codicons (Microsoft, CC BY 4.0). Do not edit.\n',
    '// prettier-ignore\n',
    'export const ICON_PATHS = {\n',
    ...entries,
    '} as const;\n',
  ].join('');
}

if (path.basename(process.argv[1] ?? '') === 'icon-paths.mjs') {
  const folder = inRoot('node_modules/@vscode/codicons/src/icons');
  writeFileSync(inRoot('src/components/icon-paths.ts'), iconPathsSource(folder));
}
