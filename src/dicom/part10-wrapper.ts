import type {InstanceHeader} from './instance-header.js';
import {PREAMBLE_LENGTH} from './preamble.js';

/** Names this software as the writer of a file header (PS3.7 D.3.3.2); a UID made from a UUID (PS3.5 B.2). */
export const IMPLEMENTATION_CLASS_UID = '2.25.144184190279143604996332735239383157262';
export const IMPLEMENTATION_VERSION_NAME = 'PACSMIGRATION_1';

const MAGIC = [0x44, 0x49, 0x43, 0x4d];

/** One element of the file header: explicit little-endian, padded to an even length (PS3.5 7.1.2, 9.1). */
function element(elementNumber: number, vr: 'UI' | 'SH', text: string): number[] {
  const value = Array.from(text, letter => letter.charCodeAt(0) & 0xff);
  if (value.length % 2 === 1) value.push(vr === 'UI' ? 0 : 0x20);
  const head = [0x02, 0x00, elementNumber & 0xff, elementNumber >> 8, vr.charCodeAt(0), vr.charCodeAt(1)];
  return [...head, value.length & 0xff, value.length >> 8, ...value];
}

/** File Meta Information Version 1: the only one there is. */
const VERSION = [0x02, 0x00, 0x01, 0x00, 0x4f, 0x42, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00, 0x00, 0x01];

function groupLength(length: number): number[] {
  const head = [0x02, 0x00, 0x00, 0x00, 0x55, 0x4c, 0x04, 0x00];
  return [...head, length & 0xff, (length >> 8) & 0xff, (length >> 16) & 0xff, length >>> 24];
}

/**
 * The bytes that make a Part 10 file of `header`'s file when they are put before its content, which stays as it is
 * (PS3.10 7.1). None for a file that is one already; preamble and `DICM` alone where only they are missing.
 */
export function part10Prefix(
  header: Pick<InstanceHeader, 'encoding' | 'transferSyntaxUid' | 'sopClassUid' | 'sopInstanceUid'>,
): Uint8Array<ArrayBuffer> {
  if (header.encoding === 'part10') return new Uint8Array(0);
  const start = [...new Uint8Array(PREAMBLE_LENGTH), ...MAGIC];
  if (header.encoding === 'no-preamble') return Uint8Array.from(start);
  const meta = [
    ...VERSION,
    ...element(0x0002, 'UI', header.sopClassUid),
    ...element(0x0003, 'UI', header.sopInstanceUid),
    ...element(0x0010, 'UI', header.transferSyntaxUid),
    ...element(0x0012, 'UI', IMPLEMENTATION_CLASS_UID),
    ...element(0x0013, 'SH', IMPLEMENTATION_VERSION_NAME),
  ];
  return Uint8Array.from([...start, ...groupLength(meta.length), ...meta]);
}
