import {ElementReader, UNDEFINED_LENGTH} from './element-reader.js';
import {PREAMBLE_LENGTH} from './preamble.js';
import {EXPLICIT_BE, EXPLICIT_LE, IMPLICIT_LE, type Layout} from './transfer-syntax.js';
import {isKnownVrAt} from './value-representation.js';

/**
 * What the first bytes of a file show. `part10`: preamble and `DICM`; `file-meta`: the file header without them; `raw`:
 * a data set from the first byte. `more`: not to be told from so few bytes.
 */
export type Sniffed =
  | {readonly kind: 'part10' | 'file-meta'; readonly metaStart: number}
  | {readonly kind: 'raw'; readonly layout: Layout}
  | {readonly kind: 'not-dicom'}
  | {readonly kind: 'more'; readonly needed: number};

const MAGIC_END = PREAMBLE_LENGTH + 4;

/** `DICM` as one number. */
function isMagicAt(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x44 && bytes[at + 1] === 0x49 && bytes[at + 2] === 0x43 && bytes[at + 3] === 0x4d;
}

/** Group 0002 follows, in either byte order: without it, `DICM` at 128 stands there by chance. */
function isMetaGroupAt(bytes: Uint8Array, at: number): boolean {
  return (bytes[at] === 2 && bytes[at + 1] === 0) || (bytes[at] === 0 && bytes[at + 1] === 2);
}

/** Tells what a file is from its beginning; `size` is the length of the whole file. */
export function sniff(bytes: Uint8Array, size: number): Sniffed {
  if (size >= MAGIC_END) {
    const needed = Math.min(size, MAGIC_END + 2);
    if (bytes.length < needed) return {kind: 'more', needed};
    if (isMagicAt(bytes, PREAMBLE_LENGTH)) {
      if (size < MAGIC_END + 2 || isMetaGroupAt(bytes, MAGIC_END))
        return {kind: 'part10', metaStart: MAGIC_END};
      const raw = sniffRaw(bytes, size, 0);
      return raw.kind === 'not-dicom' ? {kind: 'part10', metaStart: MAGIC_END} : raw;
    }
  }
  return sniffRaw(bytes, size, 0);
}

/** How many elements in a row must make sense before bytes without any mark are taken for a data set. */
const ELEMENTS_IN_A_ROW = 3;

/** Groups that a data set can begin with: 0002 and 0008, and 0004 for a DICOMDIR. */
const FIRST_GROUPS: ReadonlySet<number> = new Set([0x0002, 0x0004, 0x0008]);
const FILE_META_GROUP = 0x0002;

/** The first element of a data set is a group length, a code, a date or a UID: never long. */
const LONGEST_FIRST_VALUE = 1024;

function sniffRaw(bytes: Uint8Array, size: number, start: number): Sniffed {
  if (size - start < 8) return {kind: 'not-dicom'};
  if (bytes.length < start + 8) return {kind: 'more', needed: start + 8};
  for (const layout of candidateLayouts(bytes, start)) {
    const verdict = elementsInARow(new ElementReader(bytes, size, layout), start);
    if (verdict === 'no') continue;
    if (verdict !== 'yes') return {kind: 'more', needed: verdict.needed};
    const group = new ElementReader(bytes, size, layout).uint16(start);
    return group === FILE_META_GROUP ? {kind: 'file-meta', metaStart: start} : {kind: 'raw', layout};
  }
  return {kind: 'not-dicom'};
}

function candidateLayouts(bytes: Uint8Array, at: number): readonly Layout[] {
  const explicit = isKnownVrAt(bytes, at + 4);
  const little = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
  const big = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  if (FIRST_GROUPS.has(little)) return explicit ? [EXPLICIT_LE, IMPLICIT_LE] : [IMPLICIT_LE];
  return explicit && FIRST_GROUPS.has(big) ? [EXPLICIT_BE] : [];
}

function elementsInARow(reader: ElementReader, start: number): 'yes' | 'no' | {readonly needed: number} {
  let at = start;
  let lastTag = -1;
  for (let count = 0; count < ELEMENTS_IN_A_ROW; count++) {
    const status = reader.read(at);
    if (status === 'end') return count > 1 ? 'yes' : 'no';
    if (status === 'more') return {needed: reader.needed};
    // A file that ends inside its second or third element is told by those before.
    if (status === 'cut-short') return count > 1 ? 'yes' : 'no';
    if (status !== 'ok' || reader.tag <= lastTag) return 'no';
    if (reader.explicit && !isKnownVrAt(reader.bytes, at + 4)) return 'no';
    // A sequence this early: what was seen before it must do.
    if (reader.length === UNDEFINED_LENGTH) return count > 0 ? 'yes' : 'no';
    if (count === 0 && reader.length > LONGEST_FIRST_VALUE) return 'no';
    at = reader.dataOffset + reader.length;
    if (at > reader.size) return count > 1 ? 'yes' : 'no';
    lastTag = reader.tag;
  }
  return 'yes';
}

/**
 * The layout of the data set at `start`, told from its first element, since a file header can be wrong about it
 * (implicit declared and explicit written, and the reverse). Where nothing speaks against it, the declared one.
 */
export function observedLayout(
  bytes: Uint8Array,
  size: number,
  start: number,
  declared: Layout,
): Layout | {readonly needed: number} {
  if (size - start < 8) return declared;
  if (bytes.length < start + 8) return {needed: start + 8};
  const little = (bytes[start] ?? 0) | ((bytes[start + 1] ?? 0) << 8);
  const big = ((bytes[start] ?? 0) << 8) | (bytes[start + 1] ?? 0);
  if (isKnownVrAt(bytes, start + 4)) {
    const bigEndian = little === big ? declared.bigEndian : big < little;
    return declared.explicit && declared.bigEndian === bigEndian
      ? declared
      : bigEndian
        ? EXPLICIT_BE
        : EXPLICIT_LE;
  }
  if (!declared.explicit) return declared;
  // No VR where one is declared: either none are written at all, or only this element is odd.
  const implicit = new ElementReader(bytes, size, IMPLICIT_LE);
  const status = implicit.read(start);
  if (status !== 'ok' || implicit.length > size - implicit.dataOffset) return declared;
  const verdict = implicit.couldFollow(implicit.dataOffset + implicit.length, implicit.tag);
  if (verdict === 'more') return {needed: implicit.needed};
  if (verdict === 'no') return declared;
  return isKnownVrAt(bytes, implicit.dataOffset + implicit.length + 4) ? declared : IMPLICIT_LE;
}
