import type {HeaderReading} from '../dicom/instance-header.js';

/** What a header worker does. Blobs cross by reference; bytes are read in the worker alone. */
export interface HeaderWorkerApi {
  scan(contents: readonly Blob[]): Promise<HeaderReading[]>;
  /** Reads a content to its end and forgets it. */
  isReadable(content: Blob): Promise<boolean>;
}
