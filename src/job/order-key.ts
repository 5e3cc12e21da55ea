/** A date that sorts behind every real one: undated folders come last. */
const UNDATED = '~';

/**
 * The key by which folders are taken, ascending: newest study date first, the folders of one study together, then by
 * path. `date` is `YYYYMMDD` or null.
 */
export function orderKey(date: string | null, studyUid: string | null, path: string): string {
  return `${studyKey(date, studyUid)}|${path}`;
}

/** The part of the key that all files of one study share. */
export function studyKey(date: string | null, studyUid: string | null): string {
  const newestFirst = date === null ? UNDATED : String(99_999_999 - Number(date)).padStart(8, '0');
  return `${newestFirst}|${studyUid ?? UNDATED}`;
}

/** The study's part of a folder's key. */
export function studyKeyOf(order: string): string {
  return order.split('|', 2).join('|');
}

/** The study of a key; null where the samples told of none. */
export function studyOfKey(order: string): string | null {
  const study = order.split('|', 2)[1];
  return study === undefined || study === UNDATED ? null : study;
}
