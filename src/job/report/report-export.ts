import {stringify} from 'csv-stringify/browser/esm/sync';
import type {JobRecord} from '../job-record.js';
import type {Counts} from '../outcome.js';
import type {CheckpointStore} from '../ports/checkpoint-store.js';
import type {ReportFormat} from './report-format.js';
import {type ReasonCode, reasonFor} from '../reasons.js';
import {type Names, pseudonyms, REAL_NAMES} from './pseudonyms.js';
import {type FileRow, fileRows, type FolderRow, folderRows} from './report-rows.js';

export interface ReportChoice {
  /** Numbers and hashes in place of names and UIDs, for tickets and e-mail. */
  readonly withoutPatientData: boolean;
}

/** The report in one of its formats, in pieces to be joined. */
export function exportReport(
  store: CheckpointStore,
  job: JobRecord,
  format: ReportFormat,
  withoutPatientData: boolean,
): AsyncGenerator<string> {
  const report = format === 'csv' ? reportAsCsv : reportAsJson;
  return report(store, job, {withoutPatientData});
}

/**
 * The report as JSON, in pieces to be joined: `{job, totals, folders, files}`, where `files` lists every file that was
 * not plainly stored or linked. Memory holds one page of it. Rejects with `StoreFault`.
 */
export async function* reportAsJson(
  store: CheckpointStore,
  job: JobRecord,
  choice: ReportChoice,
): AsyncGenerator<string> {
  const names = await namesFor(choice);
  const head = {job: jobOf(job, names), totals: job.counts};
  yield `${JSON.stringify(head, null, 1).slice(0, -2)},\n "folders": [`;
  yield* list(folderRows(store, job.id, names), folderOf);
  yield '],\n "files": [';
  yield* list(fileRows(store, job.id, names), fileOf);
  yield ']\n}\n';
}

/**
 * The report as CSV (RFC 4180), in pieces to be joined: a row for each folder, then one for each listed file. Texts that
 * a spreadsheet would take for a formula are made harmless. Begins with a byte order mark, by which spreadsheets see
 * that it is UTF-8. Rejects with `StoreFault`.
 */
export async function* reportAsCsv(
  store: CheckpointStore,
  job: JobRecord,
  choice: ReportChoice,
): AsyncGenerator<string> {
  const names = await namesFor(choice);
  yield `\ufeff${csv([COLUMNS])}`;
  for await (const rows of folderRows(store, job.id, names)) yield csv(rows.map(folderCells));
  for await (const rows of fileRows(store, job.id, names)) yield csv(rows.map(fileCells));
}

const COLUMNS = [
  'kind',
  'folder',
  'file',
  'outcome',
  'reason',
  'remedy',
  'SOP Instance UID',
  'files',
  'stored',
  'already there',
  'linked',
  'skipped',
  'failed',
];

function csv(rows: readonly (readonly (string | number)[])[]): string {
  // A line feed alone is not the delimiter here, so it would not be quoted by itself.
  return stringify([...rows], {escape_formulas: true, record_delimiter: 'windows', quoted_match: /[\r\n]/});
}

function folderCells({path, state, counts, reason}: FolderRow): readonly (string | number)[] {
  return ['folder', path, '', state, textOf(reason), remedyOf(reason), '', ...countsOf(counts)];
}

function fileCells({folder, path, outcome, reason, sopInstanceUid}: FileRow): readonly (string | number)[] {
  return ['file', folder, path, outcome, textOf(reason), remedyOf(reason), sopInstanceUid ?? '', ...NO_CELLS];
}

const NO_CELLS = ['', '', '', '', '', ''];

function countsOf({files, stored, alreadyThere, linked, skipped, failed}: Counts): readonly number[] {
  return [files, stored, alreadyThere, linked, skipped, failed];
}

/** The elements of a JSON array without its brackets, a piece for each page. */
async function* list<T>(
  pages: AsyncIterable<readonly T[]>,
  shape: (row: T) => object,
): AsyncGenerator<string> {
  let separator = '\n  ';
  for await (const rows of pages) {
    if (rows.length === 0) continue;
    yield separator + rows.map(row => JSON.stringify(shape(row))).join(',\n  ');
    separator = ',\n  ';
  }
}

function jobOf(
  {id, source, destination, state, options, createdAt, endedAt}: JobRecord,
  names: Names,
): object {
  return {
    id,
    source: names.isAnonymous ? null : source.name,
    destination: destination.name,
    state: state.phase,
    options,
    createdAt: new Date(createdAt).toISOString(),
    endedAt: endedAt === null ? null : new Date(endedAt).toISOString(),
  };
}

function folderOf({path, state, counts, reason}: FolderRow): object {
  return {path, state, counts, ...(reason === null ? {} : {reason, reasonText: textOf(reason)})};
}

function fileOf({path, outcome, reason, detail, sopInstanceUid}: FileRow): object {
  return {
    path,
    outcome,
    reason,
    ...(reason === null ? {} : {reasonText: textOf(reason)}),
    ...(detail === null ? {} : {detail}),
    ...(sopInstanceUid === null ? {} : {sopInstanceUid}),
  };
}

const textOf = (reason: ReasonCode | null): string => (reason === null ? '' : reasonFor(reason).sentence());
const remedyOf = (reason: ReasonCode | null): string => (reason === null ? '' : reasonFor(reason).remedy());

function namesFor({withoutPatientData}: ReportChoice): Promise<Names> {
  return withoutPatientData ? pseudonyms() : Promise.resolve(REAL_NAMES);
}
