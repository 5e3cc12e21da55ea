import {attributeOfTag} from './attributes.js';
import {walkDataSet, type WalkedElement} from './data-set-walk.js';
import {jsonOfText, type JsonDataSet, type JsonElement} from './dicom-json.js';
import {decodeText} from './dicom-text.js';
import {vrOfTag} from './implicit-vr.js';
import type {Part10} from './part10.js';

/** Values longer than this, in bytes, are bulk data and left out, as are all of pixel data's kind. */
const MAX_TEXT = 65_536;
const MAX_BINARY = 1024;
const MAX_DEPTH = 64;

const TEXT_VRS = new Set('AE AS CS DA DS DT IS LO LT PN SH ST TM UC UI UR UT'.split(' '));
const BINARY_VRS = new Set('OB OD OF OL OV OW UN'.split(' '));

type ReadNumber = (bytes: DataView, at: number, littleEndian: boolean) => number | string;
const NUMBERS: Readonly<Record<string, readonly [size: number, read: ReadNumber]>> = {
  US: [2, (b, at, le) => b.getUint16(at, le)],
  SS: [2, (b, at, le) => b.getInt16(at, le)],
  UL: [4, (b, at, le) => b.getUint32(at, le)],
  SL: [4, (b, at, le) => b.getInt32(at, le)],
  FL: [4, (b, at, le) => b.getFloat32(at, le)],
  FD: [8, (b, at, le) => b.getFloat64(at, le)],
  SV: [8, (b, at, le) => b.getBigInt64(at, le).toString()],
  UV: [8, (b, at, le) => b.getBigUint64(at, le).toString()],
};

const hexOf = (digits: number) => (n: number) => n.toString(16).toUpperCase().padStart(digits, '0');
const hex4 = hexOf(4);
const hex8 = hexOf(8);

function jsonOfNumbers(vr: string, bytes: Buffer, littleEndian: boolean): JsonElement {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (vr === 'AT') {
    const Value: string[] = [];
    for (let at = 0; at + 4 <= bytes.length; at += 4) {
      Value.push(hex4(view.getUint16(at, littleEndian)) + hex4(view.getUint16(at + 2, littleEndian)));
    }
    return {vr, Value};
  }
  const [size, read] = NUMBERS[vr] ?? [0, () => 0];
  const Value: (number | string)[] = [];
  for (let at = 0; size > 0 && at + size <= bytes.length; at += size) {
    const number = read(view, at, littleEndian);
    // JSON knows neither infinity nor NaN; PS3.18 F.2.3.1 has them as text.
    Value.push(typeof number === 'number' && !Number.isFinite(number) ? String(number) : number);
  }
  return {vr, Value};
}

interface OpenSet {
  readonly json: JsonDataSet;
  readonly characterSet: string;
}

/** The whole data set as DICOM JSON (PS3.18 10.4.1.1.2): text in UTF-8, bulk data left out. */
export function metadataOf({source, dataSetStart, encoding}: Part10): JsonDataSet {
  const root: JsonDataSet = {};
  const open: OpenSet[] = [{json: root, characterSet: ''}];
  const sequences: JsonDataSet[][] = [];

  const valueOf = (vr: string, {valueOffset, length}: WalkedElement): JsonElement | null => {
    if (length === null) return null;
    if (length === 0) return {vr};
    const bytes = () => Buffer.from(source.read(valueOffset, length));
    if (TEXT_VRS.has(vr)) {
      if (length > MAX_TEXT) return null;
      return jsonOfText(vr, decodeText(bytes(), vr, open.at(-1)?.characterSet ?? ''));
    }
    if (vr === 'AT' || vr in NUMBERS) {
      return length > MAX_TEXT ? null : jsonOfNumbers(vr, bytes(), !encoding.bigEndian);
    }
    if (!BINARY_VRS.has(vr) || length > MAX_BINARY) return null;
    return {vr, InlineBinary: bytes().toString('base64')};
  };

  walkDataSet(source, dataSetStart, encoding, {
    element(element, depth) {
      const {length} = element;
      const tag = hex8(element.tag);
      const set = open.at(-1);
      if (!set || depth > MAX_DEPTH || tag.endsWith('0000')) return undefined;
      const vr = element.vr === '' ? (attributeOfTag(element.tag)?.vr ?? vrOfTag(tag)) : element.vr;
      if (tag === '00080005') {
        const terms = decodeText(Buffer.from(source.read(element.valueOffset, length ?? 0)), 'CS', '');
        open[open.length - 1] = {...set, characterSet: terms};
        set.json[tag] = {vr: 'CS', Value: ['ISO_IR 192']};
        return undefined;
      }
      const isSequence = vr === 'SQ' || (length === null && tag !== '7FE00010' && (vr === '' || vr === 'UN'));
      if (isSequence) {
        const items: JsonDataSet[] = [];
        set.json[tag] = {vr: 'SQ', ...(length === 0 ? {} : {Value: items})};
        if (length === 0) return undefined;
        sequences.push(items);
        return 'enter';
      }
      // Encapsulated data are walked through as well: their fragments hold nothing that is shown.
      if (length === null) sequences.push([]);
      const json = valueOf(vr, element);
      if (json) set.json[tag] = json;
      return undefined;
    },
    itemStart(depth) {
      const item: JsonDataSet = {};
      const parent = open.at(-1);
      if (depth <= MAX_DEPTH) sequences.at(-1)?.push(item);
      open.push({json: item, characterSet: parent?.characterSet ?? ''});
    },
    itemEnd() {
      open.pop();
    },
    sequenceEnd(depth) {
      if (depth <= MAX_DEPTH) sequences.pop();
    },
  });
  return root;
}
