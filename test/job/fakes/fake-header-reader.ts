import type {HeaderReading} from '../../../src/dicom/instance-header.js';
import type {Clock} from '../../../src/job/ports/clock.js';
import type {HeaderReader} from '../../../src/job/ports/header-reader.js';
import type {FileContent} from '../../../src/job/ports/source.js';
import {FakeContent} from './fake-content.js';

/** Knows what stands in a `FakeContent`. Takes up to `msPerFile` of the clock's time for each. */
export class FakeHeaderReader implements HeaderReader {
  constructor(
    readonly clock: Clock,
    public msPerFile = 1,
    public before: (contents: readonly FileContent[]) => void | Promise<void> = () => undefined,
  ) {}

  async read(contents: readonly FileContent[], signal: AbortSignal): Promise<readonly HeaderReading[]> {
    signal.throwIfAborted();
    await this.before(contents);
    await this.clock.sleep(this.clock.random() * this.msPerFile * contents.length, signal);
    signal.throwIfAborted();
    return contents.map(content =>
      content instanceof FakeContent ? content.reading() : {kind: 'unusable', why: 'unreadable'},
    );
  }

  async isReadable(content: FileContent, signal: AbortSignal): Promise<boolean> {
    await this.clock.sleep(this.msPerFile, signal);
    return content instanceof FakeContent && content.readable();
  }
}
