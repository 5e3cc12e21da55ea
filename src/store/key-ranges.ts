/** Arrays sort after numbers and strings (Indexed Database API 3.0, 2.4), so `[]` is behind every last part of a key. */
const BEHIND_ALL: readonly never[] = [];

/** Every key that begins with `parts`; behind `after` where it is given as the next part. */
export function beginningWith(parts: readonly (string | number)[], after?: string | number): IDBKeyRange {
  return after === undefined
    ? IDBKeyRange.bound([...parts], [...parts, BEHIND_ALL])
    : IDBKeyRange.bound([...parts, after], [...parts, BEHIND_ALL], true);
}
