import {msg, str} from '@lit/localize';
import {numberFormat} from './intl-formats.js';

export function formatNumber(value: number, digits = 0): string {
  return numberFormat({maximumFractionDigits: digits}).format(value);
}

/** An estimate: rounded to two or three significant digits where it is large, and called one. */
export function formatAbout(value: number, significant = 3): string {
  const number = numberFormat(
    value >= 1000 ? {maximumSignificantDigits: significant} : {maximumFractionDigits: 0},
  ).format(value);
  return msg(str`about ${number}`);
}

/** `part` of `whole` in per cent: `61.1 %`. 100 % is said only of the whole. */
export function formatPercent(part: number, whole: number): string {
  const share = percentOf(part, whole);
  const text = numberFormat({
    minimumFractionDigits: share === 100 ? 0 : 1,
    maximumFractionDigits: share === 100 ? 0 : 1,
  }).format(share);
  return `${text}\u00a0%`;
}

/** 0 to 100 in tenths; what is not the whole is at most 99.9. */
export function percentOf(part: number, whole: number): number {
  if (whole <= 0) return 0;
  const tenths = Math.round((part / whole) * 1000) / 10;
  return part >= whole ? 100 : Math.min(99.9, tenths);
}
