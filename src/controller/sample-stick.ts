/** The list that lies beside the files of the sample stick: their paths, relative to it, and sizes in bytes. */
type StickIndex = readonly {readonly path: string; readonly size: number}[];

const FOLDER = 'Sample stick';

/** The sample stick that comes with the extension, or null where there is none. */
export async function findSampleStick(baseUrl: string): Promise<StickIndex | null> {
  try {
    const response = await fetch(new URL('index.json', baseUrl));
    return response.ok ? ((await response.json()) as StickIndex) : null;
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError) return null; // not there, or not a stick
    throw error;
  }
}

/** Copies the stick into the browser's own file system, where it is a folder like any other. */
export async function copySampleStick(
  baseUrl: string,
  index: StickIndex,
): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  const stick = await root.getDirectoryHandle(FOLDER, {create: true});
  for (const {path, size} of index) {
    const parts = path.split('/');
    const name = parts.pop() ?? path;
    let folder = stick;
    for (const part of parts) folder = await folder.getDirectoryHandle(part, {create: true});
    const file = await folder.getFileHandle(name, {create: true});
    if ((await file.getFile()).size === size && size > 0) continue;
    const response = await fetch(new URL(path.split('/').map(encodeURIComponent).join('/'), baseUrl));
    if (!response.ok) throw new TypeError('a file of the sample stick is missing');
    const writable = await file.createWritable();
    await writable.write(await response.blob());
    await writable.close();
  }
  return stick;
}
