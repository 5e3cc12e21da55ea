import {ElementReader, ITEM, UNDEFINED_LENGTH} from './element-reader.js';
import type {ElementPlace, ElementRun} from './dicom-parser-adapter.js';
import {TAG} from './header-tags.js';
import type {Layout} from './transfer-syntax.js';
import {skipUndefinedLength} from './undefined-length.js';

/** Where the group of pixel data begins. Identifying attributes stand before it. */
const PIXEL_GROUP = 0x7fe0;
const FILE_META_GROUP = 0x0002;
const DIRECTORY_RECORDS = 0x00041220;
const DELIMITER_GROUP = 0xfffe;

/** No identifying text is longer; a length beyond it is damage, not a file that was cut short. */
const LONGEST_TEXT = 0x10000;
const ABSURD_LENGTH = 0x7fffffff;

/**
 * Why a walk stopped. `complete`: all four UIDs are known and the place of the last in order is passed. `pixels`,
 * `end`: there are no more. `more`: the slice ends first, `needed` bytes would do for the next step. `cut-short`: the
 * file ends inside an element. `damaged`: what stands at `at` is no element.
 */
export type WalkStop = 'complete' | 'pixels' | 'end' | 'more' | 'cut-short' | 'damaged';

export interface Walk {
  readonly stop: WalkStop;
  readonly at: number;
  readonly needed: number;
  /** How many elements were passed. */
  readonly passed: number;
  /** True where the records of a DICOMDIR were met (0004,1220). */
  readonly sawDirectory: boolean;
  readonly runs: readonly ElementRun[];
  readonly odd: readonly ElementPlace[];
}

/** The four UIDs without which no archive takes an instance. */
const UID_BITS: ReadonlyMap<number, number> = new Map([
  [TAG.sopClassUid, 1],
  [TAG.sopInstanceUid, 2],
  [TAG.studyInstanceUid, 4],
  [TAG.seriesInstanceUid, 8],
]);
const ALL_UIDS = 15;

/**
 * Walks the top level of a data set from `start` until its identifying attributes are known, and notes where those of
 * `wanted` stand. What it says of a prefix of a file it says of the whole file too, or it says `more`.
 */
export function walkDataSet(
  bytes: Uint8Array,
  size: number,
  start: number,
  layout: Layout,
  wanted: ReadonlySet<number>,
): Walk {
  const notes = new Notes();
  const reader = new ElementReader(bytes, size, layout);
  let at = start;
  let lastTag = 0;
  let uids = 0;
  const stop = (why: WalkStop): Walk => notes.walk(why, at, reader.needed);
  for (;;) {
    if (uids === ALL_UIDS && lastTag >= TAG.seriesInstanceUid) return stop('complete');
    const status = reader.read(at);
    if (status !== 'ok') return stop(status);
    const {tag, dataOffset, length} = reader;
    const group = tag >>> 16;
    if (group === DELIMITER_GROUP) {
      // The rest of a sequence that ended too early: an item is passed over whole, a delimiter is eight bytes.
      const skipped = tag === ITEM ? skipUndefinedLength(reader, at, tag, false) : null;
      if (skipped !== null && skipped.status !== 'ok') return stop(skipped.status);
      at = skipped === null ? at + 8 : skipped.end;
      continue;
    }
    if (group >= PIXEL_GROUP) return stop('pixels');
    if (tag === DIRECTORY_RECORDS) notes.sawDirectory = true;
    const isWanted = wanted.has(tag);
    if (length === UNDEFINED_LENGTH) {
      const skipped = skipUndefinedLength(reader, dataOffset, tag, reader.isUnknownVr);
      if (skipped.status !== 'ok') return stop(skipped.status);
      at = skipped.end;
    } else {
      const end = dataOffset + length;
      if (end > size) {
        const absurd = length >= ABSURD_LENGTH || tag <= lastTag || (isWanted && length > LONGEST_TEXT);
        return stop(absurd ? 'damaged' : 'cut-short');
      }
      if (isWanted) {
        if (reader.reach(end) !== 'ok') return stop('more');
        if (length <= LONGEST_TEXT) {
          notes.note(reader, at, end);
          uids |= UID_BITS.get(tag) ?? 0;
        }
      }
      at = end;
    }
    lastTag = tag;
    notes.passed++;
  }
}

/** Walks group 0002 from `start`. It stops as `complete` at the first element of another group (PS3.10 7.1). */
export function walkFileMeta(
  bytes: Uint8Array,
  size: number,
  start: number,
  layout: Layout,
  wanted: ReadonlySet<number>,
): Walk {
  const notes = new Notes();
  const reader = new ElementReader(bytes, size, layout);
  let at = start;
  const stop = (why: WalkStop): Walk => notes.walk(why, at, reader.needed);
  for (;;) {
    if (at === size) return stop('end');
    const reached = reader.reach(at + 2);
    if (reached !== 'ok') return stop(reached);
    if (reader.uint16(at) !== FILE_META_GROUP) return stop('complete');
    const status = reader.read(at);
    if (status !== 'ok') return stop(status);
    const {tag, dataOffset, length} = reader;
    const end = dataOffset + length;
    if (end > size) return stop(length > LONGEST_TEXT ? 'damaged' : 'cut-short');
    if (wanted.has(tag)) {
      if (reader.reach(end) !== 'ok') return stop('more');
      if (length <= LONGEST_TEXT) notes.note(reader, at, end);
    }
    at = end;
    notes.passed++;
  }
}

/** Collects the places of wanted elements; neighbours that dicom-parser reads alike grow one run. */
class Notes {
  passed = 0;
  sawDirectory = false;
  readonly #runs: ElementRun[] = [];
  readonly #odd: ElementPlace[] = [];

  note(reader: ElementReader, at: number, end: number): void {
    if (!reader.readAlike) {
      this.#odd.push({tag: reader.tag, dataOffset: reader.dataOffset, length: reader.length});
      return;
    }
    const last = this.#runs[this.#runs.length - 1];
    if (last?.end === at) last.end = end;
    else this.#runs.push({start: at, end});
  }

  walk(stop: WalkStop, at: number, needed: number): Walk {
    return {
      stop,
      at,
      needed,
      passed: this.passed,
      sawDirectory: this.sawDirectory,
      runs: this.#runs,
      odd: this.#odd,
    };
  }
}
