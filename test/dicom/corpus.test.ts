import {expect} from '@open-wc/testing';
import {scanHeaders} from '../../src/dicom/header-scan.js';
import {readHeader} from '../../src/dicom/read-header.js';
import {CORPUS_EXCEPTIONS} from './corpus-exceptions.js';
import {differences, parseTruth, type TruthRow} from './corpus.js';

const FILES_AT_A_TIME = 50;

const urlOf = (path: string) => `/corpus/${path.split('/').map(encodeURIComponent).join('/')}`;

async function inGroups<T>(
  rows: readonly TruthRow[],
  read: (blobs: readonly Blob[], rows: readonly TruthRow[]) => Promise<T[]>,
) {
  const results: T[] = [];
  for (let from = 0; from < rows.length; from += FILES_AT_A_TIME) {
    const group = rows.slice(from, from + FILES_AT_A_TIME);
    const blobs = await Promise.all(group.map(async row => (await fetch(urlOf(row.path ?? ''))).blob()));
    results.push(...(await read(blobs, group)));
  }
  return results;
}

describe('The corpus of public test files', function () {
  this.timeout(120_000);
  let rows: readonly TruthRow[] = [];

  before(async function () {
    const truth = await fetch('/corpus/TRUTH.tsv');
    if (!truth.ok) {
      console.log('The corpus is not there: what is tested with it is skipped.');
      this.skip();
    }
    rows = parseTruth(await truth.text());
    expect(rows.length).to.be.above(900);
  });

  it('is read as the yardstick reads it, file by file', async () => {
    const found = await inGroups(rows, async (blobs, group) => {
      const readings = await scanHeaders(blobs);
      return group.flatMap((row, index) => differences(row, readings[index]!));
    });
    expect(found).to.deep.equal([]);
  });

  it('has no more than ten files on which the yardstick and the reader differ', () => {
    expect(CORPUS_EXCEPTIONS.length).to.be.at.most(10);
    const paths = new Set(rows.map(row => row.path));
    for (const {path} of CORPUS_EXCEPTIONS) expect(paths.has(path), path).to.be.true;
  });

  it('is never read wrongly from a slice, wherever it is cut', async () => {
    const wrong = await inGroups(rows, async (blobs, group) => {
      const faults: string[] = [];
      for (const [index, blob] of blobs.entries()) {
        const bytes = new Uint8Array(await blob.arrayBuffer());
        const whole = readHeader(bytes, bytes.length);
        for (let cut = 0, step = 1; cut < Math.min(bytes.length, 6000); cut += step, step = 1 + (cut % 97)) {
          const part = readHeader(bytes.subarray(0, cut), bytes.length);
          if (part.kind === 'more') continue;
          const same =
            JSON.stringify(part.header) === JSON.stringify(whole.kind === 'more' ? null : whole.header);
          if (!same) faults.push(`${group[index]?.path ?? ''} cut at ${cut}`);
        }
      }
      return faults;
    });
    expect(wrong).to.deep.equal([]);
  });
});
