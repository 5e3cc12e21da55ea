import {Inflate} from 'fflate';

/** 1 KiB of deflated bytes can become 1 MiB: small bites keep one step's output small. */
const BITE = 1024;

/**
 * Inflates the beginning of a deflated data set (PS3.5 A.5), as far as asked and no further, so that a bomb costs what
 * a header costs. `ended`: the stream is inflated to its end; `damaged`: it is no deflate stream from here on.
 */
export class InflatedPrefix {
  readonly #deflated: Uint8Array;
  #inflate = this.#newInflate();
  #bytes = new Uint8Array(16 * 1024);
  #length = 0;
  #taken = 0;
  #damaged = false;

  constructor(deflated: Uint8Array) {
    this.#deflated = deflated;
  }

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  get exhausted(): boolean {
    return this.#taken === this.#deflated.length;
  }

  get damaged(): boolean {
    return this.#damaged;
  }

  /** Inflates until `wanted` bytes are there, or the input is used up or damaged. */
  grow(wanted: number): void {
    while (this.#length < wanted && !this.#damaged && !this.exhausted) {
      const taken = this.#taken;
      if (!this.#push(BITE)) this.#approachDamage(taken);
    }
  }

  /** fflate throws at the first bad code, and what the same bite held before it is lost. False where it threw. */
  #push(length: number): boolean {
    const bite = this.#deflated.subarray(this.#taken, this.#taken + length);
    this.#taken += bite.length;
    try {
      this.#inflate.push(bite);
      return true;
    } catch {
      return false;
    }
  }

  /** Inflates once more, byte by byte from the last good bite, so that what stands before the damage is the same in every slice. */
  #approachDamage(lastGood: number): void {
    this.#inflate = this.#newInflate();
    this.#length = 0;
    this.#taken = 0;
    while (this.#taken < lastGood) this.#push(BITE);
    while (!this.exhausted) {
      if (!this.#push(1)) {
        this.#damaged = true;
        return;
      }
    }
  }

  #newInflate(): Inflate {
    return new Inflate(chunk => this.#append(chunk));
  }

  #append(chunk: Uint8Array): void {
    const length = this.#length + chunk.length;
    if (length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(length, this.#bytes.length * 2));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
    this.#bytes.set(chunk, this.#length);
    this.#length = length;
  }
}
