import type {HeaderReading, Unusable} from './instance-header.js';
import {LARGEST_HEADER, readHeader} from './read-header.js';

const KIB = 1024;

/** Below this a file is read whole: that costs less than cutting a slice from it. */
const WHOLE_FILE = 48 * KIB;

/** How much of a file is read at first, and how much more each time it does not do. */
const STEPS: readonly number[] = [8 * KIB, 64 * KIB, 512 * KIB, 4096 * KIB, LARGEST_HEADER];

/** One read is composed of at most so many files and bytes: the cost is per file, the memory per byte. */
const FILES_PER_READ = 100;
const BYTES_PER_READ = 8 * 1024 * KIB;

/** A file whose header is not read yet. */
interface Pending {
  readonly index: number;
  readonly content: Blob;
  /** Bytes to read from its beginning. */
  readonly length: number;
}

type Read = {readonly ok: true; readonly bytes: Uint8Array} | {readonly ok: false; readonly why: Unusable};

/**
 * Reads the headers of many files in few reads: the beginnings of up to a hundred files are composed into one Blob and
 * read in one go; those whose header is longer come again with more. One reading for each of `contents`, in their
 * order; a file that cannot be read costs only itself. Never rejects.
 */
export async function scanHeaders(contents: readonly Blob[]): Promise<HeaderReading[]> {
  const readings = new Array<HeaderReading>(contents.length);
  let pending = contents.map((content, index): Pending => ({
    index,
    content,
    length: firstLength(content.size),
  }));
  while (pending.length > 0) {
    const unfinished: Pending[] = [];
    for (const group of groupsOf(pending)) {
      const reads = await readTogether(group);
      group.forEach((file, position) => {
        const read = reads[position] ?? {ok: false, why: 'unreadable'};
        const outcome = read.ok ? decide(file, read.bytes) : ({kind: 'unusable', why: read.why} as const);
        if (outcome.kind === 'again') unfinished.push({...file, length: outcome.length});
        else readings[file.index] = outcome;
      });
    }
    pending = unfinished;
  }
  return readings;
}

function firstLength(size: number): number {
  return size <= WHOLE_FILE ? size : (STEPS[0] ?? size);
}

function decide(
  file: Pending,
  bytes: Uint8Array,
): HeaderReading | {readonly kind: 'again'; readonly length: number} {
  const reading = readHeader(bytes, file.content.size);
  if (reading.kind !== 'more') return reading;
  const needed = Math.max(reading.needed, bytes.length + 1);
  const step = STEPS.find(length => length >= needed);
  if (step === undefined || bytes.length >= LARGEST_HEADER)
    return {kind: 'unusable', why: 'header-too-large'};
  return {kind: 'again', length: Math.min(step, file.content.size)};
}

/** Groups of files that are read in one go. */
function* groupsOf(files: readonly Pending[]): Generator<readonly Pending[]> {
  let group: Pending[] = [];
  let bytes = 0;
  for (const file of files) {
    if (group.length > 0 && (group.length === FILES_PER_READ || bytes + file.length > BYTES_PER_READ)) {
      yield group;
      group = [];
      bytes = 0;
    }
    group.push(file);
    bytes += file.length;
  }
  if (group.length > 0) yield group;
}

const partOf = ({content, length}: Pending): Blob =>
  length === content.size ? content : content.slice(0, length);

async function readTogether(files: readonly Pending[]): Promise<readonly Read[]> {
  const composed = await readBytes(files.map(partOf));
  const expected = files.reduce((sum, file) => sum + file.length, 0);
  if (composed.ok && composed.bytes.length === expected) {
    let start = 0;
    return files.map(({length}) => {
      const bytes = composed.bytes.subarray(start, start + length);
      start += length;
      return {ok: true, bytes};
    });
  }
  // One of them is at fault, and the browser does not say which: each is read by itself.
  const reads: Read[] = [];
  for (const file of files) {
    const read = await readBytes([partOf(file)]);
    reads.push(read.ok && read.bytes.length !== file.length ? {ok: false, why: 'changed'} : read);
  }
  return reads;
}

async function readBytes(parts: readonly Blob[]): Promise<Read> {
  try {
    const blob = parts.length === 1 && parts[0] ? parts[0] : new Blob([...parts]);
    return {ok: true, bytes: new Uint8Array(await blob.arrayBuffer())};
  } catch (error) {
    return {ok: false, why: faultOf(error)};
  }
}

/** What a failed read says (File API, 8): a file that is gone, or one that changed or cannot be read. */
function faultOf(error: unknown): Unusable {
  return error instanceof DOMException && error.name === 'NotFoundError' ? 'vanished' : 'unreadable';
}
