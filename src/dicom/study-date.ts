import type {DateSource} from './instance-header.js';

const EIGHT_DIGITS = /^(\d{4})(\d{2})(\d{2})$/;
/** The form of ACR-NEMA and DICOM of 1993 (PS3.5 6.2), and what sloppy writers make of it. */
const WITH_SEPARATORS = /^(\d{4})([.\-/])(\d{2})\2(\d{2})$/;
/** A date and time in a place for a date: the date counts. */
const DATE_TIME = /^(\d{4})(\d{2})(\d{2})\d{2,6}(?:\.\d{1,6})?(?:[+-]\d{4})?$/;

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/**
 * A DICOM date as `YYYYMMDD`. Null where the text is none, or no day of the calendar: 00000000, 31 February, and years
 * before 1850, when nothing could have been imaged and nobody who was imaged was born.
 */
export function parseDicomDate(text: string): string | null {
  const trimmed = text.trim();
  const plain = EIGHT_DIGITS.exec(trimmed) ?? DATE_TIME.exec(trimmed);
  const parts = plain ? [plain[1], plain[2], plain[3]] : partsOf(WITH_SEPARATORS.exec(trimmed));
  if (!parts) return null;
  const [year = '', month = '', day = ''] = parts;
  const monthNumber = Number(month);
  if (Number(year) < 1850 || monthNumber < 1 || monthNumber > 12) return null;
  if (Number(day) < 1 || Number(day) > daysInMonth(Number(year), monthNumber)) return null;
  return year + month + day;
}

function partsOf(match: RegExpExecArray | null) {
  return match ? [match[1], match[3], match[4]] : null;
}

/** `HHMMSS`; hours alone, hours and minutes, and the colons of ACR-NEMA are read too (PS3.5 6.2, TM). */
const TIME = /^(\d{2})(?::?(\d{2})(?::?(\d{2})(?:\.\d*)?)?)?$/;

/** A DICOM time as `HHMMSS`, or null. A leap second stays 60. */
export function parseDicomTime(text: string): string | null {
  const match = TIME.exec(text.trim());
  if (!match) return null;
  const [, hours = '', minutes = '00', seconds = '00'] = match;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 60) return null;
  return hours + minutes + seconds;
}

/** The first date there is, in the order study, series, acquisition, content; null where there is none. */
export function bestDate(dates: Readonly<Record<DateSource, string | null>>): {
  readonly date: string;
  readonly source: DateSource;
} | null {
  for (const source of ['study', 'series', 'acquisition', 'content'] as const) {
    const date = dates[source];
    if (date !== null) return {date, source};
  }
  return null;
}
