import type {ReadFault, SourceFile, WalkStep} from '../job/ports/source.js';
import {joinPath} from './name-order.js';
import {readFault} from './read-faults.js';
import {SampleChoice} from './sample-choice.js';

/** More than this many at a time is no faster; one by one takes half as long again. */
const DIRECTORIES_AT_ONCE = 8;

/** No real medium is deeper; a file system that contains itself is. */
const MAX_DEPTH = 256;

/**
 * A handle is an object of the browser's process, too. Behind this many waiting directories only names are kept, so
 * that a folder of a hundred thousand folders costs a hundred thousand strings.
 */
const HANDLES_KEPT = 1_000;

interface Waiting {
  readonly path: string;
  readonly depth: number;
  readonly open: () => Promise<FileSystemDirectoryHandle>;
}

interface Read {
  readonly step: WalkStep | null;
  readonly inside: readonly Waiting[];
}

export type FileFromHandle = (handle: FileSystemFileHandle) => SourceFile;

/**
 * Reads directories, eight at a time, depth first, and yields those that hold files or cannot be read. Reads on only
 * as fast as the steps are taken. Rejects with the signal's reason, and with nothing else.
 */
export async function* walkDirectory(
  root: FileSystemDirectoryHandle,
  fileFrom: FileFromHandle,
  signal: AbortSignal,
): AsyncGenerator<WalkStep, void, void> {
  signal.throwIfAborted();
  const stack: Waiting[] = [{path: '', depth: 0, open: () => Promise.resolve(root)}];
  const ready: WalkStep[] = [];
  const running = new Set<Promise<void>>();
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const aborted = new Promise<void>(resolve => {
    either.addEventListener('abort', () => resolve(), {once: true});
  });
  const start = (waiting: Waiting): void => {
    const reading = readDirectory(waiting, fileFrom, () => stack.length < HANDLES_KEPT, either).then(
      ({step, inside}) => {
        running.delete(reading);
        if (step) ready.push(step);
        for (const directory of inside) stack.push(directory);
      },
    );
    running.add(reading);
  };
  try {
    for (;;) {
      signal.throwIfAborted();
      while (running.size < DIRECTORIES_AT_ONCE) {
        const waiting = stack.pop();
        if (!waiting) break;
        start(waiting);
      }
      const step = ready.shift();
      if (step) yield step;
      else if (running.size > 0) await Promise.race([aborted, ...running]);
      else return;
    }
  } finally {
    // Whoever leaves early leaves no directory being read behind.
    stop.abort();
  }
}

/** Never rejects. What lies in a directory that breaks off half-way is walked as far as it was seen. */
async function readDirectory(
  {path, depth, open}: Waiting,
  fileFrom: FileFromHandle,
  keepHandles: () => boolean,
  signal: AbortSignal,
): Promise<Read> {
  const inside: Waiting[] = [];
  const unreadable = (fault: ReadFault): Read => ({step: {kind: 'unreadable-folder', path, fault}, inside});
  if (depth > MAX_DEPTH) return unreadable('unreadable');
  const samples = new SampleChoice<FileSystemFileHandle>();
  let files = 0;
  try {
    const directory = await open();
    for await (const entry of directory.values()) {
      if (signal.aborted) break;
      if (entry.kind === 'file') {
        files++;
        samples.meet(entry);
        continue;
      }
      const {name} = entry;
      const kept = keepHandles() && inside.length < HANDLES_KEPT ? entry : null;
      inside.push({
        path: joinPath(path, name),
        depth: depth + 1,
        open: () => (kept ? Promise.resolve(kept) : directory.getDirectoryHandle(name)),
      });
    }
  } catch (error) {
    return unreadable(readFault(error));
  }
  const step: WalkStep = {kind: 'folder', path, files, samples: samples.samples().map(fileFrom)};
  return {step: files > 0 ? step : null, inside};
}
