/** Numbers and dates as the console writes them. English means British English: 18 Nov 2024 can only be read one way. */
const locale = (language: string) => (language.startsWith('en') ? 'en-GB' : language);

export const formatCount = (value: number, language: string) => value.toLocaleString(locale(language));

/** Decimal units, three digits: `1.18 TB`. */
export function formatBytes(bytes: number, language: string): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit === 0 ? 0 : value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  const number = value.toLocaleString(locale(language), {
    minimumFractionDigits: 0,
    maximumFractionDigits: digits,
  });
  return `${number} ${units[unit] ?? ''}`;
}

const DAY: Intl.DateTimeFormatOptions = {day: '2-digit', month: 'short', year: 'numeric'};

/** A DICOM date, `YYYYMMDD` (PS3.5 6.2, DA); what is no date comes back as it is. */
export function formatDicomDate(date: string, language: string): string {
  const parts = /^(\d{4})\.?(\d{2})\.?(\d{2})$/.exec(date.trim());
  if (!parts) return date;
  const [year = 0, month = 1, day = 1] = parts.slice(1).map(Number);
  const value = new Date(Date.UTC(year, month - 1, day));
  if (value.getUTCMonth() !== month - 1 || value.getUTCDate() !== day) return date;
  // The ICU of some browsers has “Sept” for British English.
  return value.toLocaleDateString(locale(language), {...DAY, timeZone: 'UTC'}).replace('Sept', 'Sep');
}

/** The time of a moment today, else its day and time. */
export function formatMoment(iso: string, language: string, now = new Date()): string {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return '';
  const time = moment.toLocaleTimeString(locale(language), {hour12: false});
  if (moment.toDateString() === now.toDateString()) return time;
  const day = moment
    .toLocaleDateString(locale(language), {day: '2-digit', month: 'short'})
    .replace('Sept', 'Sep');
  return `${day} ${time.slice(0, 5)}`;
}
