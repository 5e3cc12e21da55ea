/** A folder as people read it: the source's own name for `''`, else its path below the source. */
export function folderName(path: string, sourceName: string): string {
  return path === '' ? sourceName : path;
}

/** The same with the source in front: `DICOM Images/2024/11`. */
export function folderBelow(path: string, sourceName: string): string {
  return path === '' ? sourceName : `${sourceName}/${path}`;
}

/** Cut in the middle, at a `/`, to about `length` characters: the end of a path says most. */
export function shortened(path: string, length: number): string {
  if (path.length <= length) return path;
  const parts = path.split('/');
  for (let start = Math.min(2, parts.length - 2); start >= 1; start--) {
    for (let end = start + 1; end < parts.length; end++) {
      const text = [...parts.slice(0, start), '…', ...parts.slice(end)].join('/');
      if (text.length <= length) return text;
    }
  }
  return path;
}
