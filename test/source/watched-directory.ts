/** Called when a directory is about to be read, and before each of its entries. What it throws, the reader meets. */
export interface DirectoryWatch {
  opening?(name: string): void | Promise<void>;
  entry?(name: string, index: number): void | Promise<void>;
  /** After the last entry, or when the reader has turned away. */
  closing?(name: string): void;
}

/** The directory and all below it, with somebody watching and getting in the way. */
export function watched(
  directory: FileSystemDirectoryHandle,
  watch: DirectoryWatch,
): FileSystemDirectoryHandle {
  return withMethods(directory, {
    values: () => watchedValues(directory, watch),
    getDirectoryHandle: async (name: string) => watched(await directory.getDirectoryHandle(name), watch),
  });
}

async function* watchedValues(
  directory: FileSystemDirectoryHandle,
  watch: DirectoryWatch,
): AsyncGenerator<FileSystemHandle> {
  await watch.opening?.(directory.name);
  let index = 0;
  try {
    for await (const entry of directory.values()) {
      await watch.entry?.(entry.name, index++);
      yield entry.kind === 'directory' ? watched(entry, watch) : entry;
    }
  } finally {
    watch.closing?.(directory.name);
  }
}

/** The same object, some of whose methods are others. A handle's own methods need the handle itself as `this`. */
export function withMethods<T extends object>(
  object: T,
  methods: Readonly<Record<string, (name: string) => unknown>>,
): T {
  return new Proxy(object, {
    get(target, key) {
      const own = typeof key === 'string' ? methods[key] : undefined;
      const value: unknown = own ?? Reflect.get(target, key, target);
      return typeof value === 'function' && !own ? (value.bind(target) as unknown) : value;
    },
  });
}
