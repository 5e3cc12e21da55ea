import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {deflateSync} from 'fflate';
import {readHeader} from '../../src/dicom/read-header.js';
import {dataSet, fillers, identity, maybePixels, type Identity} from './arbitrary-data-set.js';
import {DEFLATED_UID, part10, UID_OF, writeDataSet, type WrittenElement} from './data-set-writer.js';

const RUNS = Number(process.env.PROPERTY_RUNS ?? 300);

type Written = 'implicit-le' | 'explicit-le' | 'explicit-be' | 'deflated';

function write(elements: readonly WrittenElement[], syntax: Written): Uint8Array {
  if (syntax === 'deflated') {
    return part10(deflateSync(writeDataSet(elements, 'explicit-le')), DEFLATED_UID);
  }
  return part10(writeDataSet(elements, syntax), UID_OF[syntax]);
}

function assertReadBack(file: Uint8Array, values: Identity): void {
  const reading = readHeader(file, file.length);
  if (reading.kind !== 'instance') assert.fail(JSON.stringify(reading));
  const {header} = reading;
  for (const [key, value] of Object.entries(values)) {
    assert.equal(header[key as keyof Identity], value, key);
  }
}

for (const syntax of ['implicit-le', 'explicit-le', 'explicit-be', 'deflated'] as const) {
  // Whether UN of undefined length is little-endian in a big-endian data set, writers do not agree.
  const extra = fillers(syntax !== 'explicit-be' && syntax !== 'implicit-le');

  describe(`Any data set in ${syntax}`, () => {
    it('is read back as it was written', () => {
      fc.assert(
        fc.property(identity, extra, maybePixels, (values, filler, pixels) => {
          assertReadBack(write(dataSet(values, filler, pixels), syntax), values);
        }),
        {numRuns: RUNS},
      );
    });

    it('cut anywhere asks for more, or says what the whole file says', () => {
      fc.assert(
        fc.property(identity, extra, maybePixels, (values, filler, pixels) => {
          const file = write(dataSet(values, filler, pixels), syntax);
          const whole = readHeader(file, file.length);
          for (let cut = 0; cut < file.length; cut++) {
            const part = readHeader(file.subarray(0, cut), file.length);
            if (part.kind !== 'more') assert.deepEqual(part, whole, `cut at ${cut} of ${file.length}`);
          }
        }),
        {numRuns: Math.ceil(RUNS / 10)},
      );
    });

    it('whose file ends anywhere is decided, and never as an instance of another study', () => {
      fc.assert(
        fc.property(identity, extra, maybePixels, fc.nat(), (values, filler, pixels, where) => {
          const file = write(dataSet(values, filler, pixels), syntax);
          const cut = file.subarray(0, where % file.length);
          const reading = readHeader(cut, cut.length);
          assert.notEqual(reading.kind, 'more');
          if (reading.kind === 'instance') {
            assert.equal(reading.header.studyInstanceUid, values.studyInstanceUid);
            assert.equal(reading.header.sopInstanceUid, values.sopInstanceUid);
          }
        }),
        {numRuns: RUNS},
      );
    });
  });
}

describe('Any bytes', () => {
  it('get a reading, and are no instance', () => {
    fc.assert(
      fc.property(fc.uint8Array({maxLength: 2000}), bytes => {
        assert.equal(readHeader(bytes, bytes.length).kind, 'unusable');
      }),
      {numRuns: RUNS * 3},
    );
  });

  it('that are text are not DICOM', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary', maxLength: 3000}), text => {
        const bytes = new TextEncoder().encode(`${text} and so on`);
        const reading = readHeader(bytes, bytes.length);
        assert.equal(reading.kind === 'unusable' && reading.why, 'not-dicom');
      }),
      {numRuns: RUNS * 3},
    );
  });
});
