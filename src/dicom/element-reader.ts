import type {Layout} from './transfer-syntax.js';
import {isKnownVrAt, isReadAlikeAt, isVrAt, looksLikeFutureVr, vrFormAt} from './value-representation.js';

export const UNDEFINED_LENGTH = 0xffffffff;

const DELIMITER_GROUP = 0xfffe;
export const ITEM = 0xfffee000;
export const ITEM_DELIMITER = 0xfffee00d;
export const SEQUENCE_DELIMITER = 0xfffee0dd;

/**
 * What reading an element's head came to. `end`: the file ends exactly here. `more`: the bytes at hand end first;
 * `needed` says how far they should reach. `cut-short`: the file ends inside the head. `damaged`: no head of any form.
 */
export type HeadStatus = 'ok' | 'end' | 'more' | 'cut-short' | 'damaged';

type HeadForm = 'short' | 'long' | 'implicit';
type Plausibility = 'yes' | 'no' | 'more';

/**
 * Reads the heads of elements, one after the other, into its own fields: a header has a hundred elements and a folder
 * a hundred thousand headers, so nothing is allocated here. `bytes` is the beginning of something `size` bytes long.
 */
export class ElementReader {
  readonly bytes: Uint8Array;
  readonly size: number;
  explicit: boolean;
  readonly bigEndian: boolean;
  /** Group and element in one number, `0x00080016`. */
  tag = 0;
  dataOffset = 0;
  length = 0;
  /** True where dicom-parser would read the same head. */
  readAlike = true;
  /** UN and SQ matter where the length is undefined. */
  isUnknownVr = false;
  /** With `more`: the number of bytes that would do for this step. */
  needed = 0;

  constructor(bytes: Uint8Array, size: number, layout: Layout) {
    this.bytes = bytes;
    this.size = size;
    this.explicit = layout.explicit;
    this.bigEndian = layout.bigEndian;
  }

  uint16(at: number): number {
    const first = this.bytes[at] ?? 0;
    const second = this.bytes[at + 1] ?? 0;
    return this.bigEndian ? (first << 8) | second : (second << 8) | first;
  }

  uint32(at: number): number {
    return this.bigEndian
      ? this.uint16(at) * 0x10000 + this.uint16(at + 2)
      : this.uint16(at + 2) * 0x10000 + this.uint16(at);
  }

  tagAt(at: number): number {
    return this.uint16(at) * 0x10000 + this.uint16(at + 2);
  }

  /** Whether `until` bytes are at hand; where not, says whether the slice or the file ends first. */
  reach(until: number): 'ok' | 'more' | 'cut-short' {
    if (until <= this.bytes.length) return 'ok';
    if (until > this.size) return 'cut-short';
    this.needed = until;
    return 'more';
  }

  /** Reads the head at `at` into the fields. */
  read(at: number): HeadStatus {
    if (at === this.size) return 'end';
    const reached = this.reach(at + 8);
    if (reached !== 'ok') return reached;
    this.tag = this.tagAt(at);
    this.readAlike = true;
    this.isUnknownVr = false;
    if (!this.explicit || this.tag >>> 16 === DELIMITER_GROUP) {
      this.take(at, 'implicit');
      return 'ok';
    }
    const form = vrFormAt(this.bytes, at + 4);
    if (form === 'short') {
      this.take(at, 'short');
      return 'ok';
    }
    const longReach = this.reach(at + 12);
    if (form === 'long') {
      if (longReach !== 'ok') return longReach;
      this.isUnknownVr = isVrAt(this.bytes, at + 4, 'UN');
      if (this.uint16(at + 6) === 0) {
        this.take(at, 'long');
        this.readAlike = isReadAlikeAt(this.bytes, at + 4);
        return 'ok';
      }
    } else if (longReach === 'more') {
      return 'more';
    }
    return this.readOddHead(at, form, longReach === 'ok');
  }

  private take(at: number, form: HeadForm): void {
    this.dataOffset = at + (form === 'long' ? 12 : 8);
    if (form === 'short') this.length = this.uint16(at + 6);
    else this.length = this.uint32(at + (form === 'long' ? 8 : 4));
  }

  /**
   * A VR that is none, or reserved bytes that are in use: writers have left out the VR of single elements, invented
   * VRs, and written long VRs with a 16-bit length. The form is taken after which another element follows.
   */
  private readOddHead(at: number, vrForm: 'long' | 'unknown', longFits: boolean): HeadStatus {
    const future = vrForm === 'long' || (looksLikeFutureVr(this.bytes, at + 4) && this.uint16(at + 6) === 0);
    const forms: readonly HeadForm[] = future ? ['long', 'short', 'implicit'] : ['short', 'implicit'];
    this.readAlike = false;
    for (const form of forms) {
      if (form === 'long' && !longFits) continue;
      this.take(at, form);
      const verdict = this.nextIsPlausible(form);
      if (verdict === 'more') return 'more';
      if (verdict === 'yes') return 'ok';
    }
    return 'damaged';
  }

  private nextIsPlausible(form: HeadForm): Plausibility {
    const undefinedLength = form !== 'short' && this.length === UNDEFINED_LENGTH;
    const next = undefinedLength ? this.dataOffset : this.dataOffset + this.length;
    if (next === this.size) return undefinedLength ? 'no' : 'yes';
    if (next + 8 > this.size) return 'no';
    if (this.reach(next + 8) !== 'ok') return 'more';
    const tag = this.tagAt(next);
    if (undefinedLength) return tag === ITEM || tag === SEQUENCE_DELIMITER ? 'yes' : 'no';
    if (tag === ITEM_DELIMITER || tag === SEQUENCE_DELIMITER) return 'yes';
    return tag > this.tag && isKnownVrAt(this.bytes, next + 4) ? 'yes' : 'no';
  }

  /** Whether an element of this layout could begin at `at`, after `tag`. */
  couldFollow(at: number, tag: number): Plausibility {
    if (at === this.size) return 'yes';
    if (at + 8 > this.size) return 'no';
    if (this.reach(at + 8) !== 'ok') return 'more';
    const next = this.tagAt(at);
    if (next <= tag || next >>> 16 === DELIMITER_GROUP) return 'no';
    if (this.explicit) return isKnownVrAt(this.bytes, at + 4) ? 'yes' : 'no';
    const length = this.uint32(at + 4);
    return length === UNDEFINED_LENGTH || length <= this.size - at - 8 ? 'yes' : 'no';
  }
}
