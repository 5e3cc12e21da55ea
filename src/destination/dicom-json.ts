import {isRecord} from './json.js';

/** A data set in the DICOM JSON model (PS3.18 F.2), as it came from a server: nothing about it is certain. */
export type JsonDataSet = Readonly<Record<string, unknown>>;

/**
 * The values of one attribute: an empty list where it is missing, empty, or not as the model wants it.
 * Some servers write tags in lower case, some a single value without the list around it.
 */
function values(dataSet: JsonDataSet, tag: string): readonly unknown[] {
  const attribute = dataSet[tag] ?? dataSet[tag.toLowerCase()];
  if (!isRecord(attribute)) return [];
  const value = attribute['Value'] ?? [];
  return Array.isArray(value) ? value : [value];
}

/** `tag` as eight upper-case hex digits. */
export function hasAttribute(dataSet: JsonDataSet, tag: string): boolean {
  return Object.hasOwn(dataSet, tag) || Object.hasOwn(dataSet, tag.toLowerCase());
}

export function itemsOf(dataSet: JsonDataSet, tag: string): readonly JsonDataSet[] {
  return values(dataSet, tag).filter(isRecord);
}

/** The first value of a UID attribute without padding; null where there is none. */
export function uidOf(dataSet: JsonDataSet, tag: string): string | null {
  const value = values(dataSet, tag)[0];
  if (typeof value !== 'string') return null;
  // UIDs are padded with NUL (PS3.5 9.1), by some with spaces.
  const uid = value.replace(/[\0\s]+$/, '').trimStart();
  return uid === '' ? null : uid;
}

/** The first value of a number attribute, be it written as a number or as a string of decimal digits. */
export function numberOf(dataSet: JsonDataSet, tag: string): number | null {
  const value = values(dataSet, tag)[0];
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  return typeof value === 'string' && /^\s*\d{1,9}\s*$/.test(value) ? Number(value) : null;
}
