/** By code units, as sorting strings does by itself: the same everywhere, whatever the language of the system. */
export function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function byName(a: {readonly name: string}, b: {readonly name: string}): number {
  return compareNames(a.name, b.name);
}

/** The path of an entry of a folder; the source itself is `''`. */
export function joinPath(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
