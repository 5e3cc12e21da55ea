import {Inflate} from 'fflate';

/** 1 KiB of deflated bytes can become 1 MiB: small bites keep one step's output small. */
const BITE = 1024;

/**
 * Inflates the beginning of a deflated data set (PS3.5 A.5), as far as asked and no further, so that a bomb costs what
 * a header costs. `ended`: the stream is inflated to its end; `damaged`: it is no deflate stream from here on.
 */
export class InflatedPrefix {
  readonly #deflated: Uint8Array;
  readonly #inflate: Inflate;
  #bytes = new Uint8Array(16 * 1024);
  #length = 0;
  #taken = 0;
  #damaged = false;

  constructor(deflated: Uint8Array) {
    this.#deflated = deflated;
    this.#inflate = new Inflate(chunk => this.#append(chunk));
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
      const bite = this.#deflated.subarray(this.#taken, this.#taken + BITE);
      this.#taken += bite.length;
      try {
        this.#inflate.push(bite);
      } catch {
        // fflate throws on the first bad block; what came before it is good and is kept.
        this.#damaged = true;
      }
    }
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
