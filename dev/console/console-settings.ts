import {msg} from '@lit/localize';
import type {Configuration} from './model/configuration.js';
import {THEME_CHOICES, THEME_SETTING} from './model/theme.js';

/** The console's own settings, drawn by the same page as those of extensions. */
export function contributeConsoleSettings(configuration: Configuration): void {
  configuration.contribute({
    title: msg('Console'),
    properties: {
      [THEME_SETTING]: {
        type: 'string',
        enum: THEME_CHOICES,
        default: 'system',
        description: msg('The colours of the console. “system” follows the operating system.'),
      },
    },
  });
}
