import {createHash, randomUUID, type Hash} from 'node:crypto';
import {open, rm, type FileHandle} from 'node:fs/promises';
import path from 'node:path';
import {FileSource, MemorySource} from './byte-source.js';
import {openPart10, readInstance, type InstanceReading, type Refusal} from './part10.js';

/** A part that has arrived whole and lies on the disk under a name of its own. */
export interface SpooledPart {
  readonly temporary: string;
  readonly size: number;
  readonly sha256: string;
  readonly reading: InstanceReading | Refusal;
}

/** Up to this size a part is kept in memory until it is whole, and written at one go. */
const SMALL_BYTES = 262_144;

/**
 * Takes one part as it arrives. A large one goes to disk piece by piece; `write` waits for the disk, so that a
 * sender that is faster than the disk is held back by the network itself.
 */
export class PartSpool {
  readonly temporary: string;
  private readonly hash: Hash = createHash('sha256');
  private readonly pieces: Buffer[] = [];
  private handle: FileHandle | null = null;
  private head: Buffer | null = null;
  size = 0;

  /** With `sync`, the bytes have reached the disk when the part is reported as whole. */
  constructor(
    folder: string,
    private readonly sync: boolean,
  ) {
    this.temporary = path.join(folder, `${randomUUID()}.part`);
  }

  async write(bytes: Buffer): Promise<void> {
    this.size += bytes.length;
    this.hash.update(bytes);
    if (this.handle === null) {
      this.pieces.push(bytes);
      if (this.size > SMALL_BYTES) await this.spill();
    } else await writeAll(this.handle, bytes);
  }

  private async spill(): Promise<FileHandle> {
    const handle = await open(this.temporary, 'wx+');
    this.handle = handle;
    this.head = Buffer.concat(this.pieces);
    this.pieces.length = 0;
    await writeAll(handle, this.head);
    return handle;
  }

  /** Closes the file and reads what it is. An instance that is refused leaves no file behind. */
  async finish(): Promise<SpooledPart> {
    const small = this.handle === null;
    const handle = this.handle ?? (await this.spill());
    const head = this.head ?? Buffer.alloc(0);
    try {
      const source = small ? new MemorySource(head) : new FileSource(handle.fd, this.size, head);
      const opened = await openPart10(source);
      const reading = 'fault' in opened ? opened : readInstance(opened);
      if (this.sync && !('fault' in reading)) await handle.datasync();
      await handle.close();
      this.handle = null;
      if ('fault' in reading) await rm(this.temporary, {force: true});
      return {temporary: this.temporary, size: this.size, sha256: this.hash.digest('hex'), reading};
    } catch (error) {
      await this.discard();
      throw error;
    }
  }

  static remove(temporary: string): Promise<void> {
    return rm(temporary, {force: true});
  }

  async discard(): Promise<void> {
    await this.handle?.close();
    this.handle = null;
    await rm(this.temporary, {force: true});
  }
}

async function writeAll(handle: FileHandle, bytes: Buffer): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const {bytesWritten} = await handle.write(bytes, done, bytes.length - done);
    done += bytesWritten;
  }
}
