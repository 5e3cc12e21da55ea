import {ElementReader, ITEM, UNDEFINED_LENGTH} from './element-reader.js';
import type {Layout} from './transfer-syntax.js';
import {skipUndefinedLength} from './undefined-length.js';

const PIXEL_DATA = 0x7fe00010;

/** A pixel value of odd length whose padding byte was left out: one byte short is not cut short. */
const FORGIVEN = 1;

/**
 * Whether an element behind the identifying attributes, at the top level and within `bytes`, declares to end behind
 * the end of the file: then the file was cut. A cheap look at what is at hand: in doubt, false.
 */
export function declaresMoreThanFile(
  bytes: Uint8Array,
  size: number,
  start: number,
  layout: Layout,
): boolean {
  const reader = new ElementReader(bytes, size, layout);
  let at = start;
  let lastTag = 0;
  while (reader.read(at) === 'ok') {
    const {tag, dataOffset, length, readAlike} = reader;
    if (tag <= lastTag || tag > PIXEL_DATA || !readAlike) return false;
    lastTag = tag;
    if (length === UNDEFINED_LENGTH) {
      if (tag === PIXEL_DATA) return fragmentsOverrun(reader, dataOffset);
      const skipped = skipUndefinedLength(reader, dataOffset, tag, reader.isUnknownVr);
      if (skipped.status !== 'ok') return skipped.status === 'cut-short';
      at = skipped.end;
    } else {
      at = dataOffset + length;
      if (at > size + FORGIVEN) return true;
      if (tag === PIXEL_DATA) return false;
    }
  }
  return false;
}

/** Encapsulated pixel data: items of defined length (PS3.5 A.4). */
function fragmentsOverrun(reader: ElementReader, start: number): boolean {
  for (let at = start; at + 8 <= reader.bytes.length && reader.tagAt(at) === ITEM;) {
    at += 8 + reader.uint32(at + 4);
    if (at > reader.size + FORGIVEN) return true;
  }
  return false;
}
