/**
 * The path of a file of the source as the archive sees it. `root` is the source's folder on the archive's side: an
 * absolute path, of Windows where it holds a backslash and no slash, or empty where the source is the folder from which
 * the archive counts. Null where the file's own path cannot stand in
 * one: it would leave the folder, or break a line.
 */
export function serverPath(root: string, path: string): string | null {
  const steps = path.split('/');
  const windows = root.includes('\\') && !root.includes('/');
  const unsafe = windows ? /[\\\r\n\0]/ : /[\r\n\0]/;
  if (steps.some(step => step === '' || step === '.' || step === '..' || unsafe.test(step))) return null;
  if (root === '') return path;
  const separator = windows ? '\\' : '/';
  return [root.endsWith(separator) ? root.slice(0, -1) : root, ...steps].join(separator);
}
