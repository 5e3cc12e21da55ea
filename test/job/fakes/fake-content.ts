import type {HeaderReading} from '../../../src/dicom/instance-header.js';

/** A file of the fake medium. Another object in its place is another content. */
export interface MemoryFile {
  readonly name: string;
  readonly size: number;
  readonly lastModified: number;
  /** What reading its header shows. */
  readonly what: HeaderReading;
}

/** A content without bytes: it knows its size and what a reader would find. */
export class FakeContent extends Blob {
  constructor(
    readonly file: MemoryFile,
    /** False once the file was removed, replaced, or its medium pulled: a browser then refuses to read. */
    readonly readable: () => boolean,
  ) {
    super();
  }

  override get size(): number {
    return this.file.size;
  }

  get lastModified(): number {
    return this.file.lastModified;
  }

  reading(): HeaderReading {
    return this.readable() ? this.file.what : {kind: 'unusable', why: 'unreadable'};
  }
}
