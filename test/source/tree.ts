import fc from 'fast-check';

/** Files by path, the source's own name not included, with what they hold. */
export type Tree = ReadonlyMap<string, string>;

export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Empty files: writing a file takes the origin's file system far longer than making one. */
export function tree(...paths: readonly string[]): Tree {
  return new Map(paths.map(path => [path, '']));
}

/** How many files lie in each folder that holds any. */
export function filesByFolder(files: Tree): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const path of files.keys()) counts[folderOf(path)] = (counts[folderOf(path)] ?? 0) + 1;
  return counts;
}

const name = fc.constantFrom(
  'a',
  'B',
  'ä',
  'I1',
  'I10',
  'I2',
  '.DS_Store',
  'x y',
  '画像',
  'scan.txt',
  'DICOMDIR',
);
const folder = fc.constantFrom('S1', 'S10', 's 2', '.hidden', 'Σ');

/** Small random trees. Folders and files have names of their own, so that none stands in the way of another. */
export const anyTree: fc.Arbitrary<Tree> = fc
  .array(
    fc.tuple(fc.array(folder, {maxLength: 4}), name).map(([folders, file]) => [...folders, file].join('/')),
    {maxLength: 40},
  )
  .map(paths => new Map(paths.map(path => [path, path.length % 5 === 0 ? path : ''])));
