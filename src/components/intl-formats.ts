import {formatLocale} from './locale.js';

/**
 * Making a formatter of Intl costs a thousand times what using it costs; a list of folders needs hundreds of them at
 * each change. So each one is made once a language.
 */
function kept<O extends object, F>(make: (locale: string, options: O) => F): (options: O) => F {
  const made = new Map<string, F>();
  return options => {
    const locale = formatLocale();
    const key = locale + JSON.stringify(options);
    const found = made.get(key);
    if (found !== undefined) return found;
    const format = make(locale, options);
    made.set(key, format);
    return format;
  };
}

export const numberFormat = kept(
  (locale, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options),
);

export const dateTimeFormat = kept(
  (locale, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options),
);

export const relativeTimeFormat = kept(
  (locale, options: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(locale, options),
);
