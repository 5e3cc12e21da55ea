import {parseRuns} from './dicom-parser-adapter.js';
import {FILE_META_TAGS, TAG} from './header-tags.js';
import {uidOf} from './instance-attributes.js';
import type {Encoding, HeaderReading, InstanceHeader, Preamble, Unusable} from './instance-header.js';
import {classifyPreamble} from './preamble.js';
import {observedLayout, sniff} from './sniff.js';
import {walkFileMeta} from './top-level-walk.js';
import {
  EXPLICIT_BE,
  EXPLICIT_LE,
  IMPLICIT_LE,
  isDeflated,
  layoutOf,
  syntaxOfLayout,
  type Layout,
} from './transfer-syntax.js';
import {isKnownVrAt} from './value-representation.js';

/** The slice is too short to tell; with `needed` bytes the next step can be taken. */
export interface More {
  readonly kind: 'more';
  readonly needed: number;
}

/** What surrounds the data set of a file. */
export interface Frame {
  readonly encoding: Encoding;
  readonly preamble: Preamble;
  /** As it stands in the file header; null where that has none. */
  readonly transferSyntaxUid: string | null;
}

/** The data set that begins at `start`. `deflated`: the layout is that of the inflated bytes. */
export interface DataSetFrame {
  readonly kind: 'data-set';
  readonly frame: Frame;
  readonly start: number;
  readonly layout: Layout;
  readonly deflated: boolean;
  /** The file header says that this is a DICOMDIR (0002,0002). */
  readonly isDirectory: boolean;
}

const MEDIA_STORAGE_DIRECTORY_UID = '1.2.840.10008.1.3.10';

export const more = (needed: number): More => ({kind: 'more', needed});

export const unusable = (why: Unusable, header?: Partial<InstanceHeader>): HeaderReading =>
  header ? {kind: 'unusable', why, header} : {kind: 'unusable', why};

/** The part of a frame that stands in a header of which nothing else is legible. */
export const legibleOf = ({encoding, preamble, transferSyntaxUid}: Frame): Partial<InstanceHeader> =>
  transferSyntaxUid === null ? {encoding, preamble} : {encoding, preamble, transferSyntaxUid};

/** Finds the data set of a file from its beginning: past preamble and file header, where it has them. */
export function openFrame(bytes: Uint8Array, size: number): DataSetFrame | HeaderReading | More {
  if (size === 0) return unusable('empty');
  const sniffed = sniff(bytes, size);
  switch (sniffed.kind) {
    case 'more':
      return more(sniffed.needed);
    case 'not-dicom':
      return unusable('not-dicom');
    case 'raw':
      return rawFrame(sniffed.layout);
    case 'part10':
      return frameWithMeta(bytes, size, sniffed.metaStart, 'part10', classifyPreamble(bytes));
    case 'file-meta':
      return frameWithMeta(bytes, size, sniffed.metaStart, 'no-preamble', 'none');
  }
}

function rawFrame(layout: Layout): DataSetFrame {
  const encoding: Encoding = !layout.explicit
    ? 'raw-implicit-le'
    : layout.bigEndian
      ? 'raw-explicit-be'
      : 'raw-explicit-le';
  const frame: Frame = {encoding, preamble: 'none', transferSyntaxUid: syntaxOfLayout(layout)};
  return {kind: 'data-set', frame, start: 0, layout, deflated: false, isDirectory: false};
}

/** The file header is explicit little-endian (PS3.10 7.1); some writers have used the layout of their data set. */
function metaLayout(bytes: Uint8Array, start: number): Layout {
  if (bytes[start] === 0 && bytes[start + 1] === 2) return EXPLICIT_BE;
  return isKnownVrAt(bytes, start + 4) ? EXPLICIT_LE : IMPLICIT_LE;
}

function frameWithMeta(
  bytes: Uint8Array,
  size: number,
  metaStart: number,
  encoding: Encoding,
  preamble: Preamble,
): DataSetFrame | HeaderReading | More {
  if (bytes.length < Math.min(size, metaStart + 8)) return more(metaStart + 8);
  const meta = metaLayout(bytes, metaStart);
  const walk = walkFileMeta(bytes, size, metaStart, meta, FILE_META_TAGS);
  if (walk.stop === 'more') return more(walk.needed);
  const parsed = parseRuns(bytes, meta, walk.runs, walk.odd);
  if (!parsed.ok) return unusable('damaged-header', {encoding, preamble});
  const declared = uidOf(parsed.elements, bytes, TAG.transferSyntaxUid);
  const frame: Frame = {encoding, preamble, transferSyntaxUid: declared === '' ? null : declared};
  const isDirectory =
    uidOf(parsed.elements, bytes, TAG.mediaStorageSopClassUid) === MEDIA_STORAGE_DIRECTORY_UID;
  if (walk.stop !== 'complete') {
    if (isDirectory) return unusable('dicomdir', legibleOf(frame));
    return unusable(walk.stop === 'damaged' ? 'damaged-header' : 'cut-short', legibleOf(frame));
  }
  const deflated = declared !== '' && isDeflated(declared);
  const layout = deflated
    ? EXPLICIT_LE
    : observedLayout(bytes, size, walk.at, declared === '' ? IMPLICIT_LE : layoutOf(declared));
  if ('needed' in layout) return more(layout.needed);
  return {kind: 'data-set', frame, start: walk.at, layout, deflated, isDirectory};
}
