import {msg, str} from '@lit/localize';
import {dateTimeFormat, relativeTimeFormat} from './intl-formats.js';

const DAY = 24 * 60 * 60 * 1000;

const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** `today`, `yesterday` or `tomorrow`, else null. */
function nearDay(at: number, now: number): string | null {
  const days = Math.round((startOfDay(at) - startOfDay(now)) / DAY);
  if (Math.abs(days) > 1) return null;
  return relativeTimeFormat({numeric: 'auto'}).format(days, 'day');
}

/** Two digits each: `08:12`. */
export function formatTime(at: number): string {
  return dateTimeFormat({hour: '2-digit', minute: '2-digit'}).format(at);
}

/** `18:21:07` */
export function formatTimeWithSeconds(at: number): string {
  return dateTimeFormat({
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(at);
}

/** `today` or `Mon 23 Nov`, with the year where it is another one. */
export function formatDay(at: number, now: number): string {
  return nearDay(at, now) ?? date(at, now, {weekday: 'short'});
}

/** Without the weekday: `19 Nov`. */
export function formatShortDay(at: number, now: number): string {
  return nearDay(at, now) ?? date(at, now, {});
}

/** `today at 02:14`, `Mon 23 Nov at 08:12`. */
export function formatDayAndTime(at: number, now: number): string {
  return msg(str`${formatDay(at, now)} at ${formatTime(at)}`);
}

/** Never relative, with the year where it is another one: `Mon 23 Nov, 08:12`. */
export function formatDateAndTime(at: number, now: number): string {
  return `${date(at, now, {weekday: 'short'})}, ${formatTime(at)}`;
}

/** Never relative, for what is kept or printed: `Mon 23 Nov 2026, 08:12`. */
export function formatDateTime(at: number): string {
  const day = dateTimeFormat({
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
  return `${day.format(at).replace(/,/g, '')}, ${formatTime(at)}`;
}

/** A DICOM date, `YYYYMMDD` (PS3.5 6.2, VR DA), as `18 Nov 2024`; as it stands where it is no date. */
export function formatDicomDate(value: string): string {
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(value);
  if (!match) return value;
  const parsed = new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3]), 12);
  return dateTimeFormat({day: '2-digit', month: 'short', year: 'numeric'}).format(parsed);
}

function date(at: number, now: number, options: Intl.DateTimeFormatOptions): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return dateTimeFormat({
    ...options,
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : {year: 'numeric'}),
  })
    .format(at)
    .replace(/,/g, '');
}
