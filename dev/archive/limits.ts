/** Sizes in bytes, counts in pieces. */
export interface Limits {
  readonly partBytes: number;
  readonly requestBytes: number;
  readonly partHeaderBytes: number;
  readonly parts: number;
  /** Of the requests that carry JSON. */
  readonly jsonBytes: number;
  readonly linksPerRequest: number;
}

const GIB = 2 ** 30;

export const DEFAULT_LIMITS: Limits = {
  partBytes: 4 * GIB,
  requestBytes: 16 * GIB,
  partHeaderBytes: 16_384,
  parts: 10_000,
  jsonBytes: 8 * 2 ** 20,
  linksPerRequest: 10_000,
};
