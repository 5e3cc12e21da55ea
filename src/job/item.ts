import type {InstanceHeader} from '../dicom/instance-header.js';
import type {FileContent, SourceFile} from './ports/source.js';

/** A file that is to be sent. */
export interface Item {
  readonly folder: string;
  readonly file: SourceFile;
  readonly content: FileContent;
  readonly header: InstanceHeader;
  /** How often the archive went down while this file was on its way. */
  readonly deaths: number;
  /** How often it came back without a verdict, and how often of these it had been sent by itself. */
  readonly tries: number;
  readonly triesAlone: number;
  /** How many files the archive had taken when this one first came back without a verdict. */
  readonly takenBefore: number;
}

/** The files of one request. */
export interface Batch {
  readonly items: readonly Item[];
  readonly bytes: number;
  /** Sent while nothing else is, so that a death can be put down to it. */
  readonly alone: boolean;
}

/** A file that went down with the archive goes alone. */
export function batchOf(items: readonly Item[]): Batch {
  return {
    items,
    bytes: items.reduce((sum, item) => sum + item.content.size, 0),
    alone: items.some(item => item.deaths > 0),
  };
}

/** How many of these files, from the first on, make one request of at most `files` and `bytes`; at least one. */
export function requestLength(items: readonly Item[], files: number, bytes: number): number {
  let sum = 0;
  for (const [i, item] of items.entries()) {
    sum += item.content.size;
    const mustGoAlone = item.deaths > 0;
    if (i > 0 && (mustGoAlone || i >= files || sum > bytes)) return i;
    if (mustGoAlone) return 1;
  }
  return items.length;
}
