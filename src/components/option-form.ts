import {msg} from '@lit/localize';
import type {Capabilities} from '../job/ports/destination.js';
import {DEFAULT_OPTIONS, type JobOptions} from '../job/job-options.js';

/** The options as they stand in the form. Dates as `<input type=date>` has them: `YYYY-MM-DD` or empty. */
export interface OptionForm {
  readonly transfer: JobOptions['transfer'];
  readonly useDates: boolean;
  readonly from: string;
  readonly to: string;
  /** A date was begun and not finished: the browser gives no value for it. */
  readonly unfinished: {readonly from: boolean; readonly to: boolean};
  readonly skipExisting: boolean;
  readonly verify: boolean;
  readonly maxInFlight: number;
}

export const EMPTY_FORM: OptionForm = {
  transfer: DEFAULT_OPTIONS.transfer,
  useDates: false,
  from: '',
  to: '',
  unfinished: {from: false, to: false},
  skipExisting: DEFAULT_OPTIONS.skipExisting,
  verify: DEFAULT_OPTIONS.verify,
  maxInFlight: DEFAULT_OPTIONS.maxInFlight,
};

export type DateField = 'from' | 'to';

export interface DateFault {
  readonly fields: readonly DateField[];
  readonly sentence: string;
}

/** What keeps the dates from being used, or null. An open end is no fault. */
export function dateFault(form: OptionForm): DateFault | null {
  if (!form.useDates) return null;
  const unfinished = (['from', 'to'] as const).filter(field => form.unfinished[field]);
  if (unfinished.length > 0)
    return {fields: unfinished, sentence: msg('Complete the date, or empty the field.')};
  if (form.from !== '' && form.to !== '' && form.from > form.to) {
    return {fields: ['from', 'to'], sentence: msg('Date from lies after Date to.')};
  }
  return null;
}

/** Both ends open is no range at all: studies without a date are then taken too. */
export function toOptions(form: OptionForm, capabilities: Capabilities): JobOptions {
  const dicomDate = (value: string): string | null => (value === '' ? null : value.replaceAll('-', ''));
  const range = {from: dicomDate(form.from), to: dicomDate(form.to)};
  const open = range.from === null && range.to === null;
  return {
    transfer: transferOf(form, capabilities),
    dates: form.useDates && !open ? range : null,
    skipExisting: form.skipExisting,
    verify: form.verify,
    maxInFlight: form.maxInFlight,
  };
}

/** The choice that is in force: what the archive cannot do is not chosen. */
export function transferOf(form: OptionForm, capabilities: Capabilities): JobOptions['transfer'] {
  if (form.transfer === 'link' && !capabilities.link && capabilities.copy) return 'copy';
  if (form.transfer === 'copy' && !capabilities.copy && capabilities.link) return 'link';
  return form.transfer;
}

export function hasDefaultAdvanced(form: OptionForm): boolean {
  return (
    form.skipExisting === DEFAULT_OPTIONS.skipExisting &&
    form.verify === DEFAULT_OPTIONS.verify &&
    form.maxInFlight === DEFAULT_OPTIONS.maxInFlight
  );
}
