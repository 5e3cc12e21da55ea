import {folderOf, nameOf, type Tree} from './tree.js';

/** Test files run side by side on one origin: each removes its own alone. */
const OURS = `source-test-${crypto.randomUUID()}`;
const AT_ONCE = 50;
let made = 0;

/** A new directory in the origin's own file system, holding `files`. It is a handle like any other. */
export async function directoryWith(files: Tree, name = 'stick'): Promise<FileSystemDirectoryHandle> {
  const origin = await navigator.storage.getDirectory();
  const ours = await origin.getDirectoryHandle(OURS, {create: true});
  const around = await ours.getDirectoryHandle(String(made++), {create: true});
  const root = await around.getDirectoryHandle(name, {create: true});
  const left = [...files];
  while (left.length > 0) {
    await Promise.all(left.splice(0, AT_ONCE).map(([path, content]) => putFile(root, path, content)));
  }
  return root;
}

export async function directoryAt(
  root: FileSystemDirectoryHandle,
  path: string,
): Promise<FileSystemDirectoryHandle> {
  let directory = root;
  for (const name of path.split('/').filter(part => part !== '')) {
    directory = await directory.getDirectoryHandle(name, {create: true});
  }
  return directory;
}

export async function putFile(root: FileSystemDirectoryHandle, path: string, content: string): Promise<void> {
  const directory = await directoryAt(root, folderOf(path));
  const file = await directory.getFileHandle(nameOf(path), {create: true});
  if (content === '') return;
  const stream = await file.createWritable();
  await stream.write(content);
  await stream.close();
}

export async function removeAll(): Promise<void> {
  const origin = await navigator.storage.getDirectory();
  await origin.getDirectoryHandle(OURS, {create: true});
  await origin.removeEntry(OURS, {recursive: true});
}
