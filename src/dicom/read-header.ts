import {InflatedPrefix} from './deflated.js';
import {declaresMoreThanFile} from './declared-end.js';
import {parseRuns, type Elements} from './dicom-parser-adapter.js';
import {DATA_SET_TAGS, FILE_META_TAGS, TAG} from './header-tags.js';
import {readAttributes, uidOf} from './instance-attributes.js';
import type {Encoding, HeaderReading, InstanceHeader, Preamble, Unusable} from './instance-header.js';
import {classifyPreamble} from './preamble.js';
import {observedLayout, sniff} from './sniff.js';
import {walkDataSet, walkFileMeta, type Walk} from './top-level-walk.js';
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

/** Identifying attributes behind the first 16 MiB are not looked for. */
export const LARGEST_HEADER = 16 * 1024 * 1024;

const MEDIA_STORAGE_DIRECTORY_UID = '1.2.840.10008.1.3.10';
const UNKNOWN_SIZE = Number.MAX_SAFE_INTEGER;
const FIRST_INFLATED = 8 * 1024;

const more = (needed: number): More => ({kind: 'more', needed});
const unusable = (why: Unusable, header?: Partial<InstanceHeader>): HeaderReading =>
  header ? {kind: 'unusable', why, header} : {kind: 'unusable', why};

/** What is known of a file before its data set is read. */
interface Frame {
  readonly encoding: Encoding;
  readonly preamble: Preamble;
  /** As it stands in the file header; null where that has none. */
  readonly transferSyntaxUid: string | null;
}

/**
 * Reads the identifying attributes from `bytes`, the beginning of a file of `size` bytes. Never throws. A slice that
 * is too short gives `more`, never another answer than the whole file would; with the whole file it always decides.
 *
 * One answer can be sharper with more bytes: where the element that runs beyond the end of the file lies behind the
 * slice, the file is an `instance`, and `cut-short` once that element is seen.
 */
export function readHeader(bytes: Uint8Array, size: number): HeaderReading | More {
  if (size === 0) return unusable('empty');
  const sniffed = sniff(bytes, size);
  switch (sniffed.kind) {
    case 'more':
      return more(sniffed.needed);
    case 'not-dicom':
      return unusable('not-dicom');
    case 'raw':
      return readRaw(bytes, size, sniffed.layout);
    case 'part10':
      return readWithMeta(bytes, size, sniffed.metaStart, 'part10', classifyPreamble(bytes));
    case 'file-meta':
      return readWithMeta(bytes, size, sniffed.metaStart, 'no-preamble', 'none');
  }
}

function readRaw(bytes: Uint8Array, size: number, layout: Layout): HeaderReading | More {
  const encoding: Encoding = !layout.explicit
    ? 'raw-implicit-le'
    : layout.bigEndian
      ? 'raw-explicit-be'
      : 'raw-explicit-le';
  return readDataSet(bytes, size, 0, layout, {
    encoding,
    preamble: 'none',
    transferSyntaxUid: syntaxOfLayout(layout),
  });
}

/** The file header is explicit little-endian (PS3.10 7.1); some writers have used the layout of their data set. */
function metaLayout(bytes: Uint8Array, start: number): Layout {
  if (bytes[start] === 0 && bytes[start + 1] === 2) return EXPLICIT_BE;
  return isKnownVrAt(bytes, start + 4) ? EXPLICIT_LE : IMPLICIT_LE;
}

function readWithMeta(
  bytes: Uint8Array,
  size: number,
  metaStart: number,
  encoding: Encoding,
  preamble: Preamble,
): HeaderReading | More {
  if (bytes.length < Math.min(size, metaStart + 8)) return more(metaStart + 8);
  const layout = metaLayout(bytes, metaStart);
  const walk = walkFileMeta(bytes, size, metaStart, layout, FILE_META_TAGS);
  if (walk.stop === 'more') return more(walk.needed);
  const parsed = parseRuns(bytes, layout, walk.runs, walk.odd);
  if (!parsed.ok) return unusable('damaged-header', {encoding, preamble});
  const declared = uidOf(parsed.elements, bytes, TAG.transferSyntaxUid);
  const frame: Frame = {encoding, preamble, transferSyntaxUid: declared === '' ? null : declared};
  if (uidOf(parsed.elements, bytes, TAG.mediaStorageSopClassUid) === MEDIA_STORAGE_DIRECTORY_UID) {
    return unusable('dicomdir', legibleOf(frame));
  }
  if (walk.stop === 'damaged') return unusable('damaged-header', legibleOf(frame));
  if (walk.stop !== 'complete') return unusable('cut-short', legibleOf(frame));
  if (declared !== '' && isDeflated(declared)) return readDeflated(bytes, size, walk.at, frame);
  const observed = observedLayout(bytes, size, walk.at, declared === '' ? IMPLICIT_LE : layoutOf(declared));
  if ('needed' in observed) return more(observed.needed);
  return readDataSet(bytes, size, walk.at, observed, frame);
}

const legibleOf = ({encoding, preamble, transferSyntaxUid}: Frame): Partial<InstanceHeader> =>
  transferSyntaxUid === null ? {encoding, preamble} : {encoding, preamble, transferSyntaxUid};

/** Inflates as much as the header takes. A stream that is none is damage; one that ends early, a file cut short. */
function readDeflated(bytes: Uint8Array, size: number, start: number, frame: Frame): HeaderReading | More {
  const isWhole = bytes.length === size;
  const inflated = new InflatedPrefix(bytes.subarray(start));
  for (let wanted = FIRST_INFLATED; ;) {
    inflated.grow(wanted);
    const isAll = isWhole && (inflated.exhausted || inflated.damaged);
    const innerSize = isAll ? inflated.bytes.length : UNKNOWN_SIZE;
    const observed = observedLayout(inflated.bytes, innerSize, 0, EXPLICIT_LE);
    const reading =
      'needed' in observed
        ? more(observed.needed)
        : readDataSet(inflated.bytes, innerSize, 0, observed, frame);
    if (reading.kind !== 'more') {
      return inflated.damaged && reading.kind === 'unusable'
        ? unusable('damaged-header', reading.header)
        : reading;
    }
    // What looks like damage at the very end of a slice may be nothing but the end of the slice.
    if (inflated.exhausted && !isWhole) return more(bytes.length + 1);
    if (inflated.damaged) return unusable('damaged-header', legibleOf(frame));
    if (inflated.bytes.length >= LARGEST_HEADER || reading.needed > LARGEST_HEADER) {
      return unusable('header-too-large', legibleOf(frame));
    }
    wanted = Math.max(reading.needed, inflated.bytes.length * 2);
  }
}

function readDataSet(
  bytes: Uint8Array,
  size: number,
  start: number,
  layout: Layout,
  frame: Frame,
): HeaderReading | More {
  const walk = walkDataSet(bytes, size, start, layout, DATA_SET_TAGS);
  if (walk.stop === 'more') return more(walk.needed);
  const parsed = parseRuns(bytes, layout, walk.runs, walk.odd);
  if (!parsed.ok) return unusable('damaged-header', legibleOf(frame));
  const {elements} = parsed;
  const header = readAttributes(
    elements,
    bytes,
    frame.encoding,
    frame.transferSyntaxUid ?? '',
    frame.preamble,
  );
  const why = faultOf(walk, elements, header, frame);
  if (why !== null) return unusable(why, header);
  if (declaresMoreThanFile(bytes, size, walk.at, layout)) return unusable('cut-short', header);
  return {kind: 'instance', header};
}

function faultOf(walk: Walk, elements: Elements, header: InstanceHeader, frame: Frame): Unusable | null {
  if (walk.sawDirectory && header.sopInstanceUid === '') return 'dicomdir';
  const hasAll =
    header.studyInstanceUid !== '' &&
    header.seriesInstanceUid !== '' &&
    header.sopInstanceUid !== '' &&
    header.sopClassUid !== '';
  if (!hasAll) {
    const isRaw = frame.encoding.startsWith('raw');
    if (walk.stop === 'damaged') return isRaw && elements.size === 0 ? 'not-dicom' : 'damaged-header';
    if (walk.stop === 'cut-short' || walk.passed === 0) return 'cut-short';
    if (header.studyInstanceUid === '') return 'no-study-uid';
    return header.seriesInstanceUid === '' ? 'no-series-uid' : 'no-sop-uid';
  }
  // Without a transfer syntax nobody can read the data set for certain (PS3.10 7.1 requires it).
  return frame.transferSyntaxUid === null ? 'damaged-header' : null;
}
