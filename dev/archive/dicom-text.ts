import {convertBytes} from 'dicom-character-set';

/** VRs whose text follows Specific Character Set (PS3.5 6.1.2.3). */
const BY_CHARACTER_SET = new Set(['LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UT']);

/** Terms as they are met in the field, in the spelling of the standard. */
function standardTerm(term: string): string {
  const trimmed = term.trim().toUpperCase();
  const iso2022 = /^ISO[-_ ]?2022[-_ ]?IR[-_ ]?(\d+)$/.exec(trimmed);
  if (iso2022) return `ISO 2022 IR ${iso2022[1] ?? ''}`;
  const iso = /^ISO[-_ ]?IR[-_ ]?(\d+)$/.exec(trimmed);
  if (iso) return `ISO_IR ${iso[1] ?? ''}`;
  if (trimmed === 'UTF-8' || trimmed === 'UTF8') return 'ISO_IR 192';
  if (/^ISO[-_ ]?8859[-_ ]1$/.test(trimmed)) return 'ISO_IR 100';
  return trimmed;
}

const latin1 = (bytes: Uint8Array) => new TextDecoder('windows-1252').decode(bytes);

/**
 * Decodes the value of a text element, padding removed. `characterSet` is the raw value of (0008,0005), empty where
 * it is absent. A term that nobody knows is read as Latin 1: a text that looks odd is worth more than none.
 */
export function decodeText(bytes: Uint8Array, vr: string, characterSet: string): string {
  let text: string;
  if (BY_CHARACTER_SET.has(vr) && characterSet.trim() !== '') {
    const terms = characterSet.split('\\').map(standardTerm).join('\\');
    try {
      text = convertBytes(terms, bytes, {vr});
    } catch {
      text = latin1(bytes);
    }
  } else text = latin1(bytes);
  const padding = vr === 'UI' ? /[\0 ]+/g : /[\0 ]+$/;
  const unpadded = text.replace(padding, '');
  return vr === 'LT' || vr === 'ST' || vr === 'UT' ? unpadded : unpadded.replace(/^ +/, '');
}
