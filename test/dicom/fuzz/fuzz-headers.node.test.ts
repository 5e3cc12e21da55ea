import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {deflateSync} from 'fflate';
import {corpusFile, corpusIsMissing, corpusRows} from '../corpus-files.js';
import {
  DEFLATED_UID,
  part10,
  sequence,
  text,
  UID_OF,
  withIdentity,
  writeDataSet,
} from '../data-set-writer.js';
import {fuzzHeaders, type FuzzReport} from './fuzz-headers.js';

const RUNS = Number(process.env.FUZZ_RUNS ?? 2000);
const SEED = Number(process.env.FUZZ_SEED ?? 20260);

/** Headers are what is damaged: of a large file its beginning. */
const LARGEST_SEED = 16 * 1024;

function written(): readonly Uint8Array[] {
  const elements = withIdentity(
    sequence(0x00081140, [
      [text(0x00081150, 'UI', '1.2'), sequence(0x00081199, [[text(0x0020000d, 'UI', '6.6')]])],
    ]),
    sequence(0x00091010, [[text(0x00081150, 'UI', '1.2')]], {vr: 'UN'}),
    {tag: 0x7fe00010, vr: 'OW', value: new Uint8Array(300)},
  );
  const syntaxes = ['implicit-le', 'explicit-le', 'explicit-be'] as const;
  return [
    ...syntaxes.map(syntax => part10(writeDataSet(elements, syntax), UID_OF[syntax])),
    ...syntaxes.map(syntax => writeDataSet(elements, syntax)),
    part10(deflateSync(writeDataSet(elements, 'explicit-le')), DEFLATED_UID),
  ];
}

function fromCorpus(): readonly Uint8Array[] {
  return corpusRows().map(row => corpusFile(row.path ?? '').slice(0, LARGEST_SEED));
}

function tell(what: string, {runs, verdicts, slowest}: FuzzReport): void {
  const heap = Math.round(process.memoryUsage().heapUsed / 1e6);
  console.log(
    `${what}: ${runs} damaged headers, slowest ${slowest.ms.toFixed(1)} ms, heap ${heap} MB`,
    verdicts,
  );
}

describe('Damaged headers', () => {
  it('of files that the tests write are answered by the reader in its own terms', () => {
    const report = fuzzHeaders(written(), RUNS, SEED);
    tell('written', report);
    assert.equal(report.runs, RUNS);
    assert.ok(Object.keys(report.verdicts).length > 4, 'the mutations reach several verdicts');
  });

  it('of the corpus are answered by the reader in its own terms', {skip: corpusIsMissing}, () => {
    const report = fuzzHeaders(fromCorpus(), RUNS, SEED);
    tell('corpus', report);
    assert.equal(report.runs, RUNS);
    assert.ok(Object.keys(report.verdicts).length > 4, 'the mutations reach several verdicts');
  });
});
