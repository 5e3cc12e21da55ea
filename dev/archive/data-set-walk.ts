import type {ByteSource} from './byte-source.js';

/** How a data set is encoded (PS3.5 7). */
export interface DataSetEncoding {
  readonly explicit: boolean;
  readonly bigEndian: boolean;
}

export interface WalkedElement {
  /** Group and element in one number: 0x0020000D. */
  readonly tag: number;
  /** As it stands in the data; empty where the encoding has none. */
  readonly vr: string;
  readonly valueOffset: number;
  /** In bytes; null where it is undefined. */
  readonly length: number | null;
}

/** What a walk tells on its way. Items and fragments are told only where the walk enters them. */
export interface WalkVisitor {
  /** Answer `enter` to walk into a sequence of defined length, `stop` to end the walk, else anything. */
  element(element: WalkedElement, depth: number): 'enter' | 'stop' | undefined;
  itemStart?(depth: number): void;
  itemEnd?(depth: number): void;
  sequenceEnd?(depth: number): void;
}

export type WalkFault =
  /** An element, an item or a sequence is longer than the file. */
  | 'cut-short'
  /** The bytes are no data set. */
  | 'damaged';

export type WalkResult =
  {readonly ok: true; readonly end: number} | {readonly ok: false; readonly fault: WalkFault};

/** VRs with two reserved bytes and a length of four (PS3.5 Table 7.1-1). */
const LONG_VRS = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);
const SHORT_VRS = new Set('AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST TM UI UL US'.split(' '));
const ITEM = 0xfffee000;
const ITEM_END = 0xfffee00d;
const SEQUENCE_END = 0xfffee0dd;
const DELIMITER_GROUP = 0xfffe;
const PIXEL_DATA = new Set([0x7fe00008, 0x7fe00009, 0x7fe00010]);
const UNDEFINED = 0xffffffff;

export const isVr = (vr: string) => LONG_VRS.has(vr) || SHORT_VRS.has(vr);

interface Frame {
  readonly kind: 'data-set' | 'sequence' | 'fragments';
  /** Where it ends; null where a delimiter says so. */
  readonly end: number | null;
  readonly encoding: DataSetEncoding;
}

interface Header extends WalkedElement {
  readonly encodingInside: DataSetEncoding;
}

const IMPLICIT: DataSetEncoding = {explicit: false, bigEndian: false};

/** Reads tag, VR and length at `at`; null where the file ends before. */
function readHeader(source: ByteSource, at: number, encoding: DataSetEncoding): Header | null {
  const bytes = source.read(at, 12);
  if (bytes.length < 8) return null;
  const {bigEndian} = encoding;
  const u16 = (i: number) => (bigEndian ? bytes.readUInt16BE(i) : bytes.readUInt16LE(i));
  const u32 = (i: number) => (bigEndian ? bytes.readUInt32BE(i) : bytes.readUInt32LE(i));
  const tag = u16(0) * 0x10000 + u16(2);
  const length = (value: number) => (value === UNDEFINED ? null : value);
  if (u16(0) === DELIMITER_GROUP || !encoding.explicit) {
    return {tag, vr: '', valueOffset: at + 8, length: length(u32(4)), encodingInside: encoding};
  }
  const vr = bytes.toString('latin1', 4, 6);
  // A VR of a later edition has the long form (PS3.5 7.1.2); what is no VR at all is written with the short one.
  const long = LONG_VRS.has(vr) || (!SHORT_VRS.has(vr) && /^[A-Z]{2}$/.test(vr));
  if (!long) return {tag, vr, valueOffset: at + 8, length: u16(6), encodingInside: encoding};
  if (bytes.length < 12) return null;
  // UN of undefined length holds a sequence in implicit VR little endian (PS3.5 6.2.2).
  const encodingInside = vr === 'UN' ? IMPLICIT : encoding;
  return {tag, vr, valueOffset: at + 12, length: length(u32(8)), encodingInside};
}

function onlyZeros(source: ByteSource, from: number): boolean {
  for (let at = from; at < source.size; at += 4096) {
    if (source.read(at, 4096).some(byte => byte !== 0)) return false;
  }
  return true;
}

/** Encapsulated pixel data is a sequence of fragments (PS3.5 A.4), all else of undefined length one of items. */
function insideOf(header: Header): Frame['kind'] {
  if (header.length !== null || header.vr === 'SQ') return 'sequence';
  if (header.tag === 0x7fe00010) return 'fragments';
  return header.vr === '' || header.vr === 'UN' ? 'sequence' : 'fragments';
}

/**
 * Walks a data set from element to element to the end of `source`, reading the headers of elements and never their
 * values: so a file of any size is checked for completeness at the cost of its headers. Depth costs no stack.
 *
 * Bytes behind Pixel Data that cannot be a further element, and padding with zeros, are let pass: readers ignore them.
 */
export function walkDataSet(
  source: ByteSource,
  start: number,
  encoding: DataSetEncoding,
  visitor: WalkVisitor,
): WalkResult {
  const stack: Frame[] = [{kind: 'data-set', end: source.size, encoding}];
  let at = start;
  let depth = 0;
  let pixelDataSeen = false;
  let lastRootTag = -1;
  const cutShort: WalkResult = {ok: false, fault: 'cut-short'};
  const damaged: WalkResult = {ok: false, fault: 'damaged'};

  const leave = () => {
    const frame = stack.pop();
    if (frame?.kind === 'data-set') visitor.itemEnd?.(depth);
    else {
      depth--;
      visitor.sequenceEnd?.(depth);
    }
  };

  for (;;) {
    const frame = stack.at(-1);
    if (!frame) return damaged;
    const root = stack.length === 1;
    if (frame.end !== null && at >= frame.end) {
      if (at > frame.end) return root ? cutShort : damaged;
      if (root) return {ok: true, end: at};
      leave();
      continue;
    }
    const header = readHeader(source, at, frame.encoding);
    if (root && lastRootTag >= 0 && (header === null || header.tag <= lastRootTag)) {
      if (pixelDataSeen || onlyZeros(source, at)) return {ok: true, end: at};
    }
    if (header === null) return cutShort;
    const {tag, length, valueOffset} = header;

    if (frame.kind !== 'data-set') {
      if (tag === SEQUENCE_END && frame.end === null) {
        at = valueOffset;
        leave();
      } else if (tag !== ITEM) return damaged;
      else if (length !== null && valueOffset + length > (frame.end ?? source.size)) return cutShort;
      else if (frame.kind === 'fragments') {
        if (length === null) return damaged;
        at = valueOffset + length;
      } else {
        at = valueOffset;
        stack.push({kind: 'data-set', end: length === null ? null : at + length, encoding: frame.encoding});
        visitor.itemStart?.(depth);
      }
      continue;
    }

    if (tag === ITEM_END && frame.end === null) {
      at = valueOffset;
      leave();
      continue;
    }
    if (tag >>> 16 === DELIMITER_GROUP) return damaged;
    if (length !== null && valueOffset + length > (frame.end ?? source.size)) {
      return valueOffset + length > source.size ? cutShort : damaged;
    }
    const wish = visitor.element(header, depth);
    if (wish === 'stop') return {ok: true, end: valueOffset + (length ?? 0)};
    if (root) {
      lastRootTag = tag;
      pixelDataSeen ||= PIXEL_DATA.has(tag);
    }
    at = valueOffset;
    if (length !== null && wish !== 'enter') at += length;
    else {
      depth++;
      stack.push({
        kind: insideOf(header),
        end: length === null ? null : at + length,
        encoding: length === null ? header.encodingInside : frame.encoding,
      });
    }
  }
}
