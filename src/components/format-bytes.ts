import {numberFormat} from './intl-formats.js';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const;

/** The power of 1000 in whose unit `bytes` is written. */
export function unitOf(bytes: number): number {
  let power = 0;
  while (power < UNITS.length - 1 && bytes >= 1000 ** (power + 1)) power++;
  return power;
}

/** Decimal units, three significant digits at most: `1.17 TB`. */
export function formatBytes(bytes: number, power = unitOf(bytes), significant = 3): string {
  return withUnit(bytes / 1000 ** power, UNITS[power] ?? 'byte', significant);
}

/** `9.4 MB/s`. */
export function formatByteRate(bytesPerSecond: number): string {
  const power = Math.max(1, unitOf(bytesPerSecond));
  return withUnit(bytesPerSecond / 1000 ** power, `${UNITS[power] ?? 'byte'}-per-second`, 2);
}

/** The name alone of the unit that a rate of this power has: `MB/s`. */
export function rateUnitName(power: number): string {
  const parts = numberFormat({
    style: 'unit',
    unit: `${UNITS[power] ?? 'byte'}-per-second`,
    unitDisplay: 'short',
  }).formatToParts(2);
  return parts
    .filter(part => part.type === 'unit')
    .map(part => part.value)
    .join('');
}

function withUnit(value: number, unit: string, significant: number): string {
  const large = value >= 10 ** significant;
  return numberFormat({
    style: 'unit',
    unit,
    unitDisplay: 'short',
    ...(large ? {maximumFractionDigits: 0} : {maximumSignificantDigits: significant}),
  }).format(value);
}
