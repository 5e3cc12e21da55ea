import assert from 'node:assert/strict';
import {readDicomdir} from '../../../src/dicom/dicomdir.js';
import type {HeaderReading} from '../../../src/dicom/instance-header.js';
import {readHeader} from '../../../src/dicom/read-header.js';
import {DEFLATED_UID} from '../data-set-writer.js';
import {below, mutate, seededRandom} from './mutation.js';

export interface FuzzReport {
  readonly runs: number;
  readonly verdicts: Readonly<Record<string, number>>;
  /** The longest single reading, in milliseconds, and the run that it belongs to. */
  readonly slowest: {readonly ms: number; readonly run: number};
}

const UIDS = ['sopClassUid', 'sopInstanceUid', 'studyInstanceUid', 'seriesInstanceUid'] as const;

/** A header is made of texts and nulls; an instance has its four UIDs. */
function assertTyped(reading: HeaderReading): void {
  for (const [key, value] of Object.entries(reading.header ?? {})) {
    if (key === 'orderDate') continue;
    assert.ok(value === null || typeof value === 'string', key);
  }
  if (reading.kind !== 'instance') return;
  for (const key of UIDS) assert.notEqual(reading.header[key], '', key);
  assert.match(reading.header.studyDate ?? '20000101', /^\d{8}$/);
}

/**
 * Damages `seeds` in `runs` ways and reads them. Throws where the reader throws, where what it answers is none of its
 * types, and where it reads a slice otherwise than the whole. Run `n` of a seed is the same each time: it does not
 * depend on the runs before it.
 */
export function fuzzHeaders(seeds: readonly Uint8Array[], runs: number, seed: number): FuzzReport {
  const verdicts: Record<string, number> = {};
  let slowest = {ms: 0, run: 0};
  for (let run = 0; run < runs; run++) {
    const random = seededRandom(seed * 0x10001 + run);
    const bytes = mutate(seeds[below(random, seeds.length)] ?? new Uint8Array(0), random);
    try {
      const start = performance.now();
      const whole = readHeader(bytes, bytes.length);
      const ms = performance.now() - start;
      if (ms > slowest.ms) slowest = {ms, run};
      if (whole.kind === 'more') assert.fail('a whole file was not decided');
      assertTyped(whole);
      assertSliceAgrees(bytes, whole, below(random, bytes.length + 1));
      if (whole.kind === 'unusable' && whole.why === 'dicomdir') readDicomdir(bytes);
      const verdict = whole.kind === 'instance' ? 'instance' : whole.why;
      verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
    } catch (error) {
      throw new Error(`fuzzing failed in run ${run} of seed ${seed}`, {cause: error});
    }
  }
  return {runs, verdicts, slowest};
}

function assertSliceAgrees(bytes: Uint8Array, whole: HeaderReading, cut: number): void {
  const part = readHeader(bytes.subarray(0, cut), bytes.length);
  if (part.kind === 'more') return;
  assert.deepEqual(part.header, whole.header, `cut at ${cut}`);
  // A slice cannot know of what lies behind it: an element that runs beyond the file, damage in a deflated stream.
  const behindTheSlice = whole.kind === 'unusable' && (whole.why === 'cut-short' || isDeflatedDamage(whole));
  const mayDiffer = part.kind === 'instance' && behindTheSlice;
  if (!mayDiffer) assert.deepEqual(part, whole, `cut at ${cut}`);
}

function isDeflatedDamage(reading: HeaderReading): boolean {
  return (
    reading.kind === 'unusable' &&
    reading.why === 'damaged-header' &&
    reading.header?.transferSyntaxUid === DEFLATED_UID
  );
}
