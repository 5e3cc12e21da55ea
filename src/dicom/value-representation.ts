/** How long the head of an element in explicit VR is: 8 bytes, 12 bytes, or no VR at all (PS3.5 7.1.2). */
export type VrForm = 'short' | 'long' | 'unknown';

const SHORT = 'AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST TM UI UL US';
const LONG = 'OB OD OF OL OV OW SQ SV UC UN UR UT UV';

/** dicom-parser reads these three as if their length had 16 bits, and derails (its issue 284). */
const MISREAD_BY_DICOM_PARSER = 'OV SV UV';

const NONE = 0;
const IS_SHORT = 1;
const IS_LONG = 2;
const IS_MISREAD = 3;

/** By the two letters of the VR: 26 × 26 forms. A table, since this is asked for every element of every file. */
const FORMS = new Uint8Array(26 * 26);
for (const [names, form] of [
  [SHORT, IS_SHORT],
  [LONG, IS_LONG],
  [MISREAD_BY_DICOM_PARSER, IS_MISREAD],
] as const) {
  for (const vr of names.split(' ')) FORMS[(vr.charCodeAt(0) - 65) * 26 + vr.charCodeAt(1) - 65] = form;
}

function formCode(bytes: Uint8Array, at: number): number {
  const first = (bytes[at] ?? 0) - 65;
  const second = (bytes[at + 1] ?? 0) - 65;
  if (first < 0 || first > 25 || second < 0 || second > 25) return NONE;
  return FORMS[first * 26 + second] ?? NONE;
}

/** The form of the VR whose two letters stand at `at`. */
export function vrFormAt(bytes: Uint8Array, at: number): VrForm {
  const code = formCode(bytes, at);
  return code === NONE ? 'unknown' : code === IS_SHORT ? 'short' : 'long';
}

export function isKnownVrAt(bytes: Uint8Array, at: number): boolean {
  return formCode(bytes, at) !== NONE;
}

/** True where dicom-parser reads an element of this VR with the same head as we do. */
export function isReadAlikeAt(bytes: Uint8Array, at: number): boolean {
  const code = formCode(bytes, at);
  return code === IS_SHORT || code === IS_LONG;
}

/** Two capital letters that are no VR yet. PS3.5 6.2.2 promises that a VR to come has the long head. */
export function looksLikeFutureVr(bytes: Uint8Array, at: number): boolean {
  const first = bytes[at] ?? 0;
  const second = bytes[at + 1] ?? 0;
  return first >= 65 && first <= 90 && second >= 65 && second <= 90;
}

export function isVrAt(bytes: Uint8Array, at: number, vr: string): boolean {
  return bytes[at] === vr.charCodeAt(0) && bytes[at + 1] === vr.charCodeAt(1);
}
