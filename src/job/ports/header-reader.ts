import type {HeaderReading} from '../../dicom/instance-header.js';
import type {FileContent} from './source.js';

/** Reads headers away from the engine's thread. Answers in the order of `contents`; never rejects but on abort. */
export interface HeaderReader {
  read(contents: readonly FileContent[], signal: AbortSignal): Promise<readonly HeaderReading[]>;
  /** Whether the whole content can be read; for a file that cannot be sent although the archive is well. */
  isReadable(content: FileContent, signal: AbortSignal): Promise<boolean>;
}
