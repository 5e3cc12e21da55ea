import {InflatedPrefix} from './deflated.js';
import {declaresMoreThanFile} from './declared-end.js';
import {parseRuns, type Elements} from './dicom-parser-adapter.js';
import {legibleOf, more, openFrame, unusable, type Frame, type More} from './file-frame.js';
import {DATA_SET_TAGS} from './header-tags.js';
import {readAttributes} from './instance-attributes.js';
import type {HeaderReading, InstanceHeader, Unusable} from './instance-header.js';
import {observedLayout} from './sniff.js';
import {walkDataSet, type Walk} from './top-level-walk.js';
import {EXPLICIT_LE, type Layout} from './transfer-syntax.js';

export type {More} from './file-frame.js';

/** Identifying attributes behind the first 16 MiB are not looked for. */
export const LARGEST_HEADER = 16 * 1024 * 1024;

const UNKNOWN_SIZE = Number.MAX_SAFE_INTEGER;
const FIRST_INFLATED = 8 * 1024;

/**
 * Reads the identifying attributes from `bytes`, the beginning of a file of `size` bytes. Never throws. A slice that
 * is too short gives `more`, never another answer than the whole file would; with the whole file it always decides.
 *
 * One answer can be sharper with more bytes: where the element that runs beyond the end of the file, or the damage in
 * a deflated stream, lies behind the slice, the file is an `instance`; once that is seen, it is unusable.
 */
export function readHeader(bytes: Uint8Array, size: number): HeaderReading | More {
  const opened = openFrame(bytes, size);
  if (opened.kind !== 'data-set') return opened;
  if (opened.isDirectory) return unusable('dicomdir', legibleOf(opened.frame));
  return opened.deflated
    ? readDeflated(bytes, size, opened.start, opened.frame)
    : readDataSet(bytes, size, opened.start, opened.layout, opened.frame);
}

/** Inflates as much as the header takes. A stream that is none is damage; one that ends early, a file cut short. */
function readDeflated(bytes: Uint8Array, size: number, start: number, frame: Frame): HeaderReading | More {
  const isWhole = bytes.length === size;
  const inflated = new InflatedPrefix(bytes.subarray(start));
  for (let wanted = FIRST_INFLATED; ;) {
    inflated.grow(wanted);
    // What looks like damage at the very end of a slice may be nothing but the end of the slice.
    const isAll = inflated.exhausted ? isWhole : inflated.damaged;
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

/** Why no archive would take the instance; null where nothing is missing. */
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
