import {LOCALE_STATUS_EVENT, type LocaleStatusEventDetail} from '@lit/localize';

let current = 'en';

// Follows the language that the texts are in; in Node, where tests run, there is no page to hear it from.
if (typeof window !== 'undefined') {
  window.addEventListener(LOCALE_STATUS_EVENT, ({detail}: CustomEvent<LocaleStatusEventDetail>) => {
    if (detail.status === 'ready') current = detail.readyLocale;
  });
}

/** The locale for Intl. English is the British one: day before month, 24 hours. */
export function formatLocale(): string {
  return current === 'en' ? 'en-GB' : current;
}
