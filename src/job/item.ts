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
  /** How often it has been sent without a verdict. */
  readonly tries: number;
}

/** The files of one request. */
export interface Batch {
  readonly items: readonly Item[];
  readonly bytes: number;
  /** Sent while nothing else is, so that a death can be put down to it. */
  readonly alone: boolean;
}

export function batchOf(items: readonly Item[], alone = false): Batch {
  return {items, bytes: items.reduce((sum, item) => sum + item.content.size, 0), alone};
}
