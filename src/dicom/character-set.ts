import {convertBytes} from 'dicom-character-set';

/** The character sets of a data set, as `dicom-character-set` wants them; null is "none declared". */
export type CharacterSets = string | null;

const LATIN_1 = 'ISO_IR 100';

/** ISO 8859 by part number: what some writers declare in place of the registration number. */
const REGISTRATION_OF_8859: Readonly<Record<string, string>> = {
  '1': '100',
  '2': '101',
  '3': '109',
  '4': '110',
  '5': '144',
  '6': '127',
  '7': '126',
  '8': '138',
  '9': '148',
  '11': '166',
};

/** Registration numbers of ISO IR that DICOM knows (PS3.3 C.12.1.1.2). */
const SINGLE_BYTE = new Set([
  '6',
  '13',
  '100',
  '101',
  '109',
  '110',
  '126',
  '127',
  '138',
  '144',
  '148',
  '166',
  '192',
]);
const EXTENSIONS = new Set([
  '6',
  '13',
  '58',
  '87',
  '100',
  '101',
  '109',
  '110',
  '126',
  '127',
  '138',
  '144',
  '148',
  '149',
  '159',
  '166',
]);

/** One term, as the standard writes it; null where it means nothing that we know. The empty term stands for ASCII. */
function standardTerm(written: string): string | null {
  const term = written.trim().toUpperCase();
  if (term === '') return '';
  const extension = /^ISO[\s_-]*2022[\s_-]*IR[\s_-]*(\d+)$/.exec(term)?.[1];
  if (extension !== undefined) return EXTENSIONS.has(extension) ? `ISO 2022 IR ${extension}` : null;
  const single = /^ISO[\s_-]*IR[\s_-]*(\d+)$/.exec(term)?.[1];
  if (single !== undefined) {
    if (SINGLE_BYTE.has(single)) return `ISO_IR ${single}`;
    // A set that exists with code extensions only, declared without them.
    return EXTENSIONS.has(single) ? `ISO 2022 IR ${single}` : null;
  }
  const part = /^(?:ISO[\s_-]*)?8859[\s_-]*(\d+)$/.exec(term)?.[1];
  if (part !== undefined) {
    const registration = REGISTRATION_OF_8859[part];
    return registration === undefined ? null : `ISO_IR ${registration}`;
  }
  if (/^UTF[\s_-]*8$/.test(term)) return 'ISO_IR 192';
  if (/^GB[\s_-]*18030/.test(term)) return 'GB18030';
  if (/^(GBK|GB[\s_-]*2312)$/.test(term)) return 'GBK';
  if (/^LATIN[\s_-]*1$/.test(term)) return LATIN_1;
  if (/^(US[\s_-]*)?ASCII$/.test(term)) return 'ISO_IR 6';
  return null;
}

/**
 * Reads the value of Specific Character Set. Terms written wrongly are read as what they mean; unknown ones are left
 * out, and a set of nothing but unknown ones is Latin 1, the one that such files most often hold.
 */
export function characterSetsOf(value: string): CharacterSets {
  const written = value.split('\\');
  const terms = written.map(standardTerm);
  const known = terms.filter((term, index) => term !== null && (term !== '' || index === 0));
  if (known.length === 0) return LATIN_1;
  if (known.every(term => term === '' || term === 'ISO_IR 6')) return null;
  // The place of the first term matters: it is what a value begins with.
  return terms[0] === null ? ['ISO 2022 IR 6', ...known].join('\\') : known.join('\\');
}

const ESCAPE = 0x1b;
const BACKSLASH = 0x5c;
const TILDE = 0x7e;

/** Seven-bit text without escape sequences reads the same in every set, but for two characters of Japan's ISO 646. */
function isPlain(bytes: Uint8Array, sets: CharacterSets): boolean {
  const japanese = sets?.includes('IR 13') ?? false;
  for (const byte of bytes) {
    if (byte >= 0x80 || byte === ESCAPE) return false;
    if (japanese && (byte === BACKSLASH || byte === TILDE)) return false;
  }
  return true;
}

const STRICT_UTF8 = new TextDecoder('utf-8', {fatal: true});
const WINDOWS_1252 = new TextDecoder('windows-1252');

/** Bytes of which nothing is known: UTF-8 where they are valid as such, which chance hardly brings about. */
function decodeUndeclared(bytes: Uint8Array): string {
  try {
    return STRICT_UTF8.decode(bytes);
  } catch {
    return WINDOWS_1252.decode(bytes);
  }
}

/** One byte, one character: for UIDs, dates and codes, which are ASCII by definition. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** Decodes the raw bytes of a value. Never throws: bytes that do not fit the declared sets are read without them. */
export function decodeText(bytes: Uint8Array, sets: CharacterSets, vr: 'PN' | 'LO' | 'SH'): string {
  if (isPlain(bytes, sets)) return latin1(bytes);
  if (sets === null) return bytes.includes(ESCAPE) ? withAnyEscape(bytes, vr) : decodeUndeclared(bytes);
  try {
    return convertBytes(sets, bytes, {vr});
  } catch {
    return withAnyEscape(bytes, vr);
  }
}

/** Every set that is reached by an escape sequence, for values that use one which is not declared. */
const ALL_EXTENSIONS = [...EXTENSIONS].map(number => `ISO 2022 IR ${number}`).join('\\');

function withAnyEscape(bytes: Uint8Array, vr: 'PN' | 'LO' | 'SH'): string {
  try {
    return convertBytes(ALL_EXTENSIONS, bytes, {vr});
  } catch {
    return decodeUndeclared(bytes);
  }
}
