import {
  ITEM,
  ITEM_DELIMITER,
  SEQUENCE_DELIMITER,
  UNDEFINED_LENGTH,
  type ElementReader,
} from './element-reader.js';
import {isKnownVrAt} from './value-representation.js';

export type Skipped = {readonly status: 'ok'; readonly end: number} | {readonly status: SkipFault};
export type SkipFault = 'more' | 'cut-short' | 'damaged';

const fault = (status: SkipFault): Skipped => ({status});

/**
 * Finds the end of a value of undefined length that begins at `start` (PS3.5 7.5): items, their elements, and what is
 * nested in them, in one loop with its own stack, so that no depth of nesting costs more than its bytes. Forgives
 * missing delimiters. `implicitContent`: the content of UN is implicit little-endian (PS3.5 6.2.2, note 2), unless it
 * looks otherwise. Leaves `reader` with the layout it had.
 */
export function skipUndefinedLength(
  reader: ElementReader,
  start: number,
  tag: number,
  implicitContent: boolean,
): Skipped {
  const layout = reader.explicit;
  const reached = reader.reach(start + 8);
  if (reached !== 'ok') return fault(reached);
  const first = reader.tagAt(start);
  if (first !== ITEM && first !== SEQUENCE_DELIMITER && first !== ITEM_DELIMITER) {
    return skipWithoutItems(reader, start, tag);
  }
  const skipped = skipItems(reader, start, implicitContent ? false : layout);
  reader.explicit = layout;
  return skipped.status === 'damaged' ? scanForDelimiter(reader, start) : skipped;
}

function skipItems(reader: ElementReader, start: number, explicit: boolean): Skipped {
  /** The layout of each open sequence, the innermost last. */
  const open: boolean[] = [explicit];
  let inItem = false;
  let at = start;
  for (;;) {
    reader.explicit = open[open.length - 1] ?? explicit;
    if (!inItem) {
      const reached = reader.reach(at + 8);
      if (reached !== 'ok') return fault(reached);
      const tag = reader.tagAt(at);
      const length = reader.uint32(at + 4);
      if (tag === ITEM) {
        at += 8;
        if (length !== UNDEFINED_LENGTH) at += length;
        else {
          inItem = true;
          if (at + 6 > reader.bytes.length && at + 6 <= reader.size) return needs(reader, at + 6);
          if (reader.uint16(at) !== 0xfffe) open[open.length - 1] = isKnownVrAt(reader.bytes, at + 4);
        }
      } else if (tag === ITEM_DELIMITER) {
        at += 8;
      } else {
        // Any other tag than the delimiter's means that the delimiter was left out.
        if (tag === SEQUENCE_DELIMITER) at += 8;
        open.pop();
        if (open.length === 0) return {status: 'ok', end: at};
        inItem = true;
      }
      if (at > reader.size) return fault('cut-short');
      continue;
    }
    const status = reader.read(at);
    if (status === 'end') return fault('cut-short');
    if (status !== 'ok') return fault(status);
    if (reader.tag === ITEM_DELIMITER) {
      at += 8;
      inItem = false;
    } else if (reader.tag === SEQUENCE_DELIMITER || reader.tag === ITEM) {
      inItem = false;
    } else if (reader.length === UNDEFINED_LENGTH) {
      open.push(reader.isUnknownVr ? false : reader.explicit);
      at = reader.dataOffset;
      inItem = false;
    } else {
      at = reader.dataOffset + reader.length;
      if (at > reader.size) return fault('cut-short');
    }
  }
}

function needs(reader: ElementReader, until: number): Skipped {
  reader.needed = until;
  return fault('more');
}

/** Undefined length, but no item follows: either the value is empty, or it is a heap of bytes up to a delimiter. */
function skipWithoutItems(reader: ElementReader, start: number, tag: number): Skipped {
  const verdict = reader.couldFollow(start, tag);
  if (verdict === 'more') return fault('more');
  return verdict === 'yes' ? {status: 'ok', end: start} : scanForDelimiter(reader, start);
}

/** The last resort: the eight bytes of a sequence delimiter, wherever they stand. */
function scanForDelimiter(reader: ElementReader, start: number): Skipped {
  const {bytes, bigEndian} = reader;
  const lead = bigEndian ? 0xff : 0xfe;
  for (
    let at = bytes.indexOf(lead, start);
    at >= 0 && at + 8 <= bytes.length;
    at = bytes.indexOf(lead, at + 1)
  ) {
    if (reader.tagAt(at) === SEQUENCE_DELIMITER && reader.uint32(at + 4) === 0)
      return {status: 'ok', end: at + 8};
  }
  return bytes.length < reader.size
    ? needs(reader, Math.min(reader.size, bytes.length * 2))
    : fault('damaged');
}
