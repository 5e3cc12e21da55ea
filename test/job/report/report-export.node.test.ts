import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import * as fc from 'fast-check';
import {newJob} from '../../../src/job/job-lifecycle.js';
import {DEFAULT_OPTIONS} from '../../../src/job/job-options.js';
import type {JobRecord} from '../../../src/job/job-record.js';
import {NO_COUNTS} from '../../../src/job/outcome.js';
import {reportAsCsv, reportAsJson} from '../../../src/job/report/report-export.js';
import {MemoryCheckpointStore} from '../fakes/memory-store.js';

interface Report {
  readonly job: {readonly source: string | null; readonly state: string};
  readonly totals: unknown;
  readonly folders: readonly {path: string; state: string; reason?: string; reasonText?: string}[];
  readonly files: readonly {path: string; outcome: string; reason: string | null; sopInstanceUid?: string}[];
}

const HOSTILE = [
  '=HYPERLINK("http://x.example","y")',
  '+1+cmd',
  '-2',
  '@SUM(A1)',
  'a "quoted" name, with comma',
  'two\nlines',
  'carriage\r\nreturn',
  '<img src=x onerror=alert(1)>',
  '\\"',
  'Müller^Jörg',
];

describe('the exported report', () => {
  it('is JSON when its pieces are joined, whatever the names are', async () => {
    const {store, job} = await jobWith(HOSTILE);
    const report = JSON.parse(await joined(reportAsJson(store, job, {withoutPatientData: false}))) as Report;
    assert.deepEqual(Object.keys(report), ['job', 'totals', 'folders', 'files']);
    assert.deepEqual(report.totals, job.counts);
    assert.deepEqual(
      report.folders.map(folder => folder.path),
      [...HOSTILE].sort(),
    );
    assert.deepEqual(
      report.files.map(file => file.path),
      HOSTILE.map(name => `${name}/${name}`),
    );
    assert.ok(report.files.every(file => file.outcome === 'failed' && file.reason === 'cut-short'));
    assert.equal(report.folders[0]?.reasonText, 'The file ends before its data does');
  });

  it('is CSV when its pieces are joined: a row a folder and a file, as many cells in each', async () => {
    const {store, job} = await jobWith(HOSTILE);
    const rows = parsedCsv(await joined(reportAsCsv(store, job, {withoutPatientData: false})));
    assert.equal(rows.length, 1 + HOSTILE.length * 2);
    assert.deepEqual([...new Set(rows.map(row => row.length))], [13]);
    assert.equal(rows[0]?.[0], 'kind');
    assert.deepEqual(
      rows
        .slice(1)
        .map(row => row[0])
        .sort(),
      [...HOSTILE.map(() => 'file'), ...HOSTILE.map(() => 'folder')],
    );
  });

  it('gives a spreadsheet no formula', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('=', '+', '-', '@', '\t', '\r'),
        fc.string({unit: 'grapheme'}),
        async (first, rest) => {
          const {store, job} = await jobWith([first + rest]);
          const rows = parsedCsv(await joined(reportAsCsv(store, job, {withoutPatientData: false})));
          assert.ok(rows.flat().every(cell => !/^[=+\-@\t\r]/.test(cell)));
        },
      ),
      {numRuns: 60},
    );
  });

  it('holds a job without folders and files', async () => {
    const {store, job} = await jobWith([]);
    const report = JSON.parse(await joined(reportAsJson(store, job, {withoutPatientData: false}))) as Report;
    assert.deepEqual([report.folders, report.files, report.job.state], [[], [], 'planning']);
  });

  it('gives no reason for what was already there, and names a folder given up as a whole', async () => {
    const {store, job} = await jobWith(['f']);
    const base = {jobId: job.id, folder: 'f'};
    await store.write({
      job,
      outcomes: [
        {...base, outcome: {kind: 'already-there'}, files: [{name: 'twin', sopUid: '1.2.3'}]},
        {...base, outcome: {kind: 'failed', reason: 'folder-unreadable'}, files: [{name: ''}]},
      ],
      durability: 'strict',
    });
    const {files} = JSON.parse(await joined(reportAsJson(store, job, {withoutPatientData: false}))) as Report;
    assert.deepEqual(files[1], {
      path: 'f/twin',
      outcome: 'already-there',
      reason: null,
      sopInstanceUid: '1.2.3',
    });
    assert.equal(files[2]?.path, 'f');
  });

  it('without patient data holds no name and no UID, but says the same', async () => {
    const secrets = ['DOE^JANE', '19700101', 'MRN4711'];
    const {store, job} = await jobWith(secrets);
    const json = await joined(reportAsJson(store, job, {withoutPatientData: true}));
    const csv = await joined(reportAsCsv(store, job, {withoutPatientData: true}));
    for (const secret of [...secrets, 'Stick of Jane', '1.2.840.1']) {
      assert.ok(!json.includes(secret), `JSON holds ${secret}`);
      assert.ok(!csv.includes(secret), `CSV holds ${secret}`);
    }
    const report = JSON.parse(json) as Report;
    assert.deepEqual(
      report.folders.map(folder => folder.path),
      ['1', '2', '3'],
    );
    assert.equal(report.job.source, null);
    for (const file of report.files) {
      assert.match(file.path, /^[123]\/\d+$/);
      assert.match(file.sopInstanceUid ?? '', /^[0-9a-f]{16}$/);
    }
    const [first, second] = report.files;
    assert.equal(first?.sopInstanceUid, second?.sopInstanceUid, 'the same UID has the same hash');
    const again = JSON.parse(await joined(reportAsJson(store, job, {withoutPatientData: true}))) as Report;
    assert.notEqual(
      again.files[0]?.sopInstanceUid,
      first?.sopInstanceUid,
      'in another report it has another',
    );
  });

  it('comes in pieces of bounded size', async () => {
    const {store, job} = await jobWith(Array.from({length: 3_000}, (_, i) => `folder ${i}`));
    let largest = 0;
    for await (const piece of reportAsJson(store, job, {withoutPatientData: false})) {
      largest = Math.max(largest, piece.length);
    }
    assert.ok(largest < 500 * 400);
  });
});

/** A job with one folder for each name, and in it one failed file of the same name. */
async function jobWith(names: readonly string[]): Promise<{store: MemoryCheckpointStore; job: JobRecord}> {
  const store = new MemoryCheckpointStore();
  const counts = {...NO_COUNTS, files: 1, failed: 1};
  const job: JobRecord = {
    ...newJob({
      id: 'job',
      source: {name: 'Stick of Jane', fingerprint: null},
      destination: {name: 'archive'},
      options: DEFAULT_OPTIONS,
      now: 0,
    }),
    counts: {...NO_COUNTS, files: names.length, failed: names.length},
  };
  const outcome = {kind: 'failed', reason: 'cut-short', detail: 'of DOE^JANE'} as const;
  await store.write({
    job,
    folders: names.map(path => ({
      jobId: 'job',
      path,
      state: 'done',
      order: path,
      counts,
      bytesDone: 0,
      verdict: 'failed',
      reason: 'cut-short',
      verification: 'not-asked',
      finishedAt: 1,
    })),
    outcomes: names.map(name => ({
      jobId: 'job',
      folder: name,
      outcome,
      files: [{name, sopUid: '1.2.840.1'}],
    })),
    durability: 'strict',
  });
  return {store, job};
}

async function joined(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

/** RFC 4180, strictly: anything else fails the test. */
function parsedCsv(text: string): string[][] {
  assert.equal(text.charCodeAt(0), 0xfeff);
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 1;
  while (at < text.length) {
    const rest = text.slice(at);
    const cell = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest);
    assert.ok(cell !== null, `no cell at ${rest.slice(0, 40)}`);
    row.push(cell[1]?.replaceAll('""', '"') ?? cell[2] ?? '');
    at += cell[0].length;
    if (cell[3] !== ',') {
      rows.push(row);
      row = [];
    }
  }
  assert.deepEqual(row, []);
  return rows;
}
