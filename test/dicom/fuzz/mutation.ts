/** Random numbers that are the same for the same seed: a fuzzing run can be had again. */
export type Random = () => number;

/** Mulberry32: small, fast, and good enough to damage files with. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x100000000;
  };
}

export const below = (random: Random, limit: number): number => Math.floor(random() * limit);

/** What lengths are damaged to: nothing, odd, the edges of 16 and 32 bits, undefined. */
const EXTREMES = [
  0, 1, 2, 3, 8, 0x7f, 0xff, 0x7fff, 0x8000, 0xfffe, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff,
];
const DELIMITERS = [0x00, 0x0d, 0xdd];

/** A place where a mutation hurts: mostly in the header, where the heads of elements are. */
const placeIn = (random: Random, length: number) =>
  below(random, random() < 0.7 ? Math.min(length, 2048) : length);

type Mutation = (bytes: Uint8Array<ArrayBuffer>, random: Random) => Uint8Array<ArrayBuffer>;

const flipBits: Mutation = (bytes, random) => {
  for (let count = 1 + below(random, 8); count > 0; count--) {
    const at = placeIn(random, bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << below(random, 8));
  }
  return bytes;
};

const truncate: Mutation = (bytes, random) => bytes.slice(0, placeIn(random, bytes.length));

const editLength: Mutation = (bytes, random) => {
  const at = placeIn(random, bytes.length) & ~1;
  const value = EXTREMES[below(random, EXTREMES.length)] ?? 0;
  const width = random() < 0.5 ? 2 : 4;
  for (let index = 0; index < width && at + index < bytes.length; index++) {
    bytes[at + index] = (value >>> (8 * index)) & 0xff;
  }
  return bytes;
};

const plantDelimiter: Mutation = (bytes, random) => {
  const at = placeIn(random, bytes.length) & ~1;
  bytes.set(
    [0xfe, 0xff, DELIMITERS[below(random, 3)] ?? 0, 0xe0].slice(0, Math.max(0, bytes.length - at)),
    at,
  );
  return bytes;
};

const cutOut: Mutation = (bytes, random) => {
  const at = placeIn(random, bytes.length);
  const behind = bytes.slice(at + 1 + below(random, 64));
  const result = new Uint8Array(at + behind.length);
  result.set(bytes.subarray(0, at));
  result.set(behind, at);
  return result;
};

const repeat: Mutation = (bytes, random) => {
  const at = placeIn(random, bytes.length);
  const piece = bytes.slice(at, at + 1 + below(random, 256));
  const result = new Uint8Array(bytes.length + piece.length);
  result.set(bytes.subarray(0, at));
  result.set(piece, at);
  result.set(bytes.subarray(at), at + piece.length);
  return result;
};

const MUTATIONS: readonly Mutation[] = [
  flipBits,
  flipBits,
  truncate,
  editLength,
  editLength,
  plantDelimiter,
  cutOut,
  repeat,
];

/** A damaged copy of `original`. */
export function mutate(original: Uint8Array, random: Random): Uint8Array<ArrayBuffer> {
  let bytes: Uint8Array<ArrayBuffer> = original.slice();
  for (let count = 1 + below(random, 3); count > 0 && bytes.length > 0; count--) {
    bytes = (MUTATIONS[below(random, MUTATIONS.length)] ?? flipBits)(bytes, random);
  }
  return bytes;
}
