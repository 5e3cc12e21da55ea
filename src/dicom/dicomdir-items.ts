import {DIRECTORY_TAG} from './dicomdir-tags.js';
import {parseRuns, type ElementPlace, type ElementRun, type Elements} from './dicom-parser-adapter.js';
import {ElementReader, ITEM, ITEM_DELIMITER, SEQUENCE_DELIMITER, UNDEFINED_LENGTH} from './element-reader.js';
import {DATA_SET_TAGS} from './header-tags.js';
import {openFrame} from './file-frame.js';
import {skipUndefinedLength} from './undefined-length.js';

/** One item of the Directory Record Sequence. Offsets count from the beginning of the file; 0 is none. */
export interface DirectoryItem {
  readonly offset: number;
  readonly next: number;
  readonly firstChild: number;
  readonly inUse: boolean;
  readonly bytes: Uint8Array;
  readonly elements: Elements;
}

export type DirectoryItems =
  | {readonly ok: true; readonly items: readonly DirectoryItem[]; readonly incomplete: boolean}
  | {readonly ok: false; readonly why: 'not-dicomdir' | 'damaged-header'};

const WANTED: ReadonlySet<number> = new Set([
  ...Object.values(DIRECTORY_TAG).filter(tag => tag !== DIRECTORY_TAG.records),
  ...DATA_SET_TAGS,
]);

/** Finds the records of a DICOMDIR, one after the other, as they lie. Items whose length lies are borne. */
export function directoryItems(bytes: Uint8Array): DirectoryItems {
  const size = bytes.length;
  const opened = openFrame(bytes, size);
  if (opened.kind !== 'data-set') {
    const why = opened.kind === 'unusable' && opened.why === 'not-dicom' ? 'not-dicomdir' : 'damaged-header';
    return {ok: false, why};
  }
  if (opened.deflated) return {ok: false, why: 'damaged-header'};
  const reader = new ElementReader(bytes, size, opened.layout);
  const sequence = findSequence(reader, opened.start);
  if (sequence === 'damaged') return {ok: false, why: 'damaged-header'};
  if (sequence === null) {
    return opened.isDirectory ? {ok: true, items: [], incomplete: true} : {ok: false, why: 'not-dicomdir'};
  }
  return readItems(reader, sequence.start, sequence.end);
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** The value of the Directory Record Sequence; null where the data set ends without one. */
function findSequence(reader: ElementReader, start: number): Range | null | 'damaged' {
  for (let at = start; ;) {
    const status = reader.read(at);
    if (status === 'end') return null;
    if (status !== 'ok') return 'damaged';
    const {tag, dataOffset, length} = reader;
    const isUndefined = length === UNDEFINED_LENGTH;
    if (tag === DIRECTORY_TAG.records) {
      return {start: dataOffset, end: isUndefined ? reader.size : Math.min(reader.size, dataOffset + length)};
    }
    if (isUndefined) {
      const skipped = skipUndefinedLength(reader, dataOffset, tag, reader.isUnknownVr);
      if (skipped.status !== 'ok') return 'damaged';
      at = skipped.end;
    } else {
      at = dataOffset + length;
      if (at > reader.size) return 'damaged';
    }
  }
}

function readItems(reader: ElementReader, start: number, end: number): DirectoryItems {
  const items: DirectoryItem[] = [];
  let at = start;
  while (at + 8 <= end) {
    const tag = reader.tagAt(at);
    if (tag === SEQUENCE_DELIMITER) break;
    if (tag === ITEM_DELIMITER) {
      at += 8;
      continue;
    }
    if (tag !== ITEM) return {ok: true, items, incomplete: true};
    const length = reader.uint32(at + 4);
    const itemEnd = length === UNDEFINED_LENGTH ? end : Math.min(end, at + 8 + length);
    const read = readItem(reader, at, itemEnd);
    if (read === null) return {ok: true, items, incomplete: true};
    items.push(read.item);
    at = read.end;
  }
  return {ok: true, items, incomplete: at > reader.size};
}

/** Reads the item at `offset` up to `end`, or to the next item where that comes first. Null where it is damaged. */
function readItem(
  reader: ElementReader,
  offset: number,
  end: number,
): {readonly item: DirectoryItem; readonly end: number} | null {
  const runs: ElementRun[] = [];
  const odd: ElementPlace[] = [];
  let at = offset + 8;
  while (at < end) {
    if (reader.read(at) !== 'ok') return null;
    const {tag, dataOffset, length} = reader;
    if (tag === ITEM_DELIMITER) {
      at += 8;
      break;
    }
    if (tag === ITEM || tag === SEQUENCE_DELIMITER) break;
    if (length === UNDEFINED_LENGTH) {
      const skipped = skipUndefinedLength(reader, dataOffset, tag, reader.isUnknownVr);
      if (skipped.status !== 'ok') return null;
      at = skipped.end;
      continue;
    }
    const next = dataOffset + length;
    if (next > reader.size) return null;
    if (WANTED.has(tag)) {
      if (reader.readAlike) runs.push({start: at, end: next});
      else odd.push({tag, dataOffset, length});
    }
    at = next;
  }
  const parsed = parseRuns(reader.bytes, {explicit: reader.explicit, bigEndian: reader.bigEndian}, runs, odd);
  if (!parsed.ok) return null;
  const {elements} = parsed;
  const offsetOf = (tag: number) => {
    const place = elements.get(tag);
    return place?.length === 4 ? reader.uint32(place.dataOffset) : 0;
  };
  const use = elements.get(DIRECTORY_TAG.inUse);
  const item: DirectoryItem = {
    offset,
    next: offsetOf(DIRECTORY_TAG.next),
    firstChild: offsetOf(DIRECTORY_TAG.firstChild),
    // 0000 marks a record that was deleted (PS3.3 F.3.2.2).
    inUse: use?.length !== 2 || reader.uint16(use.dataOffset) !== 0,
    bytes: reader.bytes,
    elements,
  };
  return {item, end: at};
}
