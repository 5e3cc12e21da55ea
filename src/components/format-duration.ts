import {msg, str} from '@lit/localize';
import {formatNumber} from './format-number.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time in one unit, two above a day: `12 s`, `20 min`, `22 h`, `2 days 8 h`. */
export function formatDuration(ms: number): string {
  if (ms < 59.5 * SECOND) return seconds(Math.max(0, Math.round(ms / SECOND)));
  if (ms < 59.5 * MINUTE) return minutes(Math.round(ms / MINUTE));
  const allHours = Math.round(ms / HOUR);
  if (allHours < 24) return hours(allHours);
  if (ms >= 10 * DAY) return days(Math.round(ms / DAY));
  const rest = allHours % 24;
  const whole = days(Math.floor(allHours / 24));
  return rest === 0 ? whole : `${whole} ${hours(rest)}`;
}

/** Whole seconds until `at`, never below zero: `12 s`. */
export function formatCountdown(at: number, now: number): string {
  const left = Math.max(0, Math.ceil((at - now) / SECOND));
  return left < 100 ? seconds(left) : formatDuration(left * SECOND);
}

const seconds = (n: number): string => msg(str`${formatNumber(n)} s`);
const minutes = (n: number): string => msg(str`${formatNumber(n)} min`);
const hours = (n: number): string => msg(str`${formatNumber(n)} h`);
const days = (n: number): string => (n === 1 ? msg('1 day') : msg(str`${formatNumber(n)} days`));
