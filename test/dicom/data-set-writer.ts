/**
 * A writer of data sets that shares nothing with the reader under test: what the one writes the other must read. It
 * writes what the standard allows, and, where a test asks for it, what it forbids.
 */
export type Syntax = 'implicit-le' | 'explicit-le' | 'explicit-be';

export interface Sequence {
  readonly items: readonly (readonly WrittenElement[])[];
  /** Delimiters in place of lengths, for the sequence and for its items. */
  readonly undefinedLength: boolean;
  readonly undefinedItems: boolean;
}

/** Fragments as in encapsulated pixel data: undefined length, items that hold bytes. */
export interface Fragments {
  readonly fragments: readonly Uint8Array[];
}

export interface WrittenElement {
  readonly tag: number;
  readonly vr: string;
  readonly value: Uint8Array | Sequence | Fragments;
}

const LONG_VRS = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);
const UNDEFINED = 0xffffffff;

export function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export function ascii(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, letter => letter.charCodeAt(0));
}

/** Pads to an even length: UIDs by NUL, other texts by a space. */
export function padded(bytes: Uint8Array, vr: string): Uint8Array {
  return bytes.length % 2 === 0 ? bytes : concat([bytes, Uint8Array.of(vr === 'UI' ? 0 : 0x20)]);
}

/** An element with a text in ASCII. */
export function text(tag: number, vr: string, value: string): WrittenElement {
  return {tag, vr, value: padded(ascii(value), vr)};
}

function uint16(value: number, big: boolean): Uint8Array {
  return big ? Uint8Array.of(value >>> 8, value & 0xff) : Uint8Array.of(value & 0xff, value >>> 8);
}

export function uint32(value: number, big = false): Uint8Array {
  const high = uint16(Math.floor(value / 0x10000), big);
  const low = uint16(value % 0x10000, big);
  return big ? concat([high, low]) : concat([low, high]);
}

export function tagBytes(tag: number, big = false): Uint8Array {
  return concat([uint16(Math.floor(tag / 0x10000), big), uint16(tag % 0x10000, big)]);
}

/** The head of an element; `length` may lie. */
export function elementHead(tag: number, vr: string, length: number, syntax: Syntax): Uint8Array {
  const big = syntax === 'explicit-be';
  if (syntax === 'implicit-le') return concat([tagBytes(tag), uint32(length)]);
  if (LONG_VRS.has(vr))
    return concat([tagBytes(tag, big), ascii(vr), new Uint8Array(2), uint32(length, big)]);
  return concat([tagBytes(tag, big), ascii(vr), uint16(length, big)]);
}

function mark(tag: number, length: number, big: boolean): Uint8Array {
  return concat([tagBytes(tag, big), uint32(length, big)]);
}

function writeSequence(element: WrittenElement, sequence: Sequence, syntax: Syntax): Uint8Array {
  const big = syntax === 'explicit-be';
  // The content of UN is implicit little-endian, whatever surrounds it (PS3.5 6.2.2, note 2).
  const inner: Syntax = element.vr === 'UN' ? 'implicit-le' : syntax;
  const items = sequence.items.map(item => {
    const content = writeDataSet(item, inner);
    return sequence.undefinedItems
      ? concat([mark(0xfffee000, UNDEFINED, big), content, mark(0xfffee00d, 0, big)])
      : concat([mark(0xfffee000, content.length, big), content]);
  });
  const value = concat(items);
  return sequence.undefinedLength
    ? concat([elementHead(element.tag, element.vr, UNDEFINED, syntax), value, mark(0xfffee0dd, 0, big)])
    : concat([elementHead(element.tag, element.vr, value.length, syntax), value]);
}

export function writeElement(element: WrittenElement, syntax: Syntax): Uint8Array {
  const {tag, vr, value} = element;
  if (value instanceof Uint8Array) return concat([elementHead(tag, vr, value.length, syntax), value]);
  if ('items' in value) return writeSequence(element, value, syntax);
  const big = syntax === 'explicit-be';
  return concat([
    elementHead(tag, vr, UNDEFINED, syntax),
    ...value.fragments.flatMap(fragment => [mark(0xfffee000, fragment.length, big), fragment]),
    mark(0xfffee0dd, 0, big),
  ]);
}

export function writeDataSet(elements: readonly WrittenElement[], syntax: Syntax): Uint8Array<ArrayBuffer> {
  return concat(elements.map(element => writeElement(element, syntax)));
}

export const UID_OF: Readonly<Record<Syntax, string>> = {
  'implicit-le': '1.2.840.10008.1.2',
  'explicit-le': '1.2.840.10008.1.2.1',
  'explicit-be': '1.2.840.10008.1.2.2',
};
export const DEFLATED_UID = '1.2.840.10008.1.2.1.99';

/** The file header (PS3.10 7.1) with its group length. */
export function writeFileMeta(
  transferSyntaxUid: string,
  sopClassUid = '1.2.840.10008.5.1.4.1.1.7',
): Uint8Array {
  const rest = writeDataSet(
    [
      {tag: 0x00020001, vr: 'OB', value: Uint8Array.of(0, 1)},
      text(0x00020002, 'UI', sopClassUid),
      text(0x00020003, 'UI', '1.2.3.4'),
      text(0x00020010, 'UI', transferSyntaxUid),
      text(0x00020012, 'UI', '1.2.3.99'),
    ],
    'explicit-le',
  );
  return concat([writeElement({tag: 0x00020000, vr: 'UL', value: uint32(rest.length)}, 'explicit-le'), rest]);
}

/** A Part 10 file around the bytes of a data set. */
export function part10(
  dataSet: Uint8Array,
  transferSyntaxUid: string,
  {
    preamble = new Uint8Array(128),
    meta = writeFileMeta(transferSyntaxUid),
  }: {preamble?: Uint8Array; meta?: Uint8Array} = {},
): Uint8Array<ArrayBuffer> {
  return concat([preamble, ascii('DICM'), meta, dataSet]);
}

/** The identifying attributes of an ordinary instance, in order. */
export const IDENTITY: readonly WrittenElement[] = [
  text(0x00080005, 'CS', 'ISO_IR 100'),
  text(0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.2'),
  text(0x00080018, 'UI', '1.2.3.4.5.6'),
  text(0x00080020, 'DA', '20240229'),
  text(0x00080030, 'TM', '101112.5'),
  text(0x00080050, 'SH', 'A-17'),
  text(0x00080060, 'CS', 'CT'),
  text(0x00081030, 'LO', 'Head'),
  text(0x00100010, 'PN', 'Doe^Jane'),
  text(0x00100020, 'LO', 'P-1'),
  text(0x00100030, 'DA', '19700101'),
  text(0x0020000d, 'UI', '1.2.3.4'),
  text(0x0020000e, 'UI', '1.2.3.4.5'),
];

export const SORTED = (elements: readonly WrittenElement[]): readonly WrittenElement[] =>
  [...elements].sort((left, right) => left.tag - right.tag);

/** Elements in order, `more` among those of an ordinary instance. */
export const withIdentity = (...extra: readonly WrittenElement[]): readonly WrittenElement[] =>
  SORTED([...IDENTITY, ...extra]);

export const sequence = (
  tag: number,
  items: readonly (readonly WrittenElement[])[],
  {undefinedLength = true, undefinedItems = true, vr = 'SQ'} = {},
): WrittenElement => ({tag, vr, value: {items, undefinedLength, undefinedItems}});
