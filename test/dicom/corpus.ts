import type {HeaderReading, InstanceHeader} from '../../src/dicom/instance-header.js';
import {parseDicomDate} from '../../src/dicom/study-date.js';
import {CORPUS_EXCEPTIONS} from './corpus-exceptions.js';

/** A row of TRUTH.tsv, by the names of its columns. */
export type TruthRow = Readonly<Record<string, string>>;

const ESCAPES: Readonly<Record<string, string>> = {t: '\t', n: '\n', 0: '\0'};
const unescape = (field: string) => field.replace(/\\(.)/g, (_, letter: string) => ESCAPES[letter] ?? letter);

export function parseTruth(tsv: string): readonly TruthRow[] {
  const [head = '', ...lines] = tsv.split('\n').filter(line => line !== '');
  const columns = head.split('\t');
  return lines.map(line => {
    const fields = line.split('\t');
    return Object.fromEntries(columns.map((column, index) => [column, unescape(fields[index] ?? '')]));
  });
}

/** The kind of a file in the words of the yardstick: its form, and whether it says which instance it is. */
function kindOf(reading: HeaderReading): string {
  if (reading.kind === 'unusable' && reading.why === 'not-dicom') return 'no';
  if (reading.kind === 'unusable' && reading.why === 'dicomdir') return 'dicomdir';
  const {encoding, sopInstanceUid} = headerOf(reading);
  const named = (sopInstanceUid ?? '') !== '';
  if (encoding === 'part10') return named ? 'part10' : 'part10-incomplete';
  return named ? 'raw-dataset' : 'raw-incomplete';
}

const headerOf = (reading: HeaderReading): Partial<InstanceHeader> => reading.header ?? {};

/** What must become of a file that has the attributes of this row. */
function expectedVerdict(row: TruthRow): string {
  const exception = CORPUS_EXCEPTIONS.find(({path}) => path === row.path);
  if (exception) return exception.why;
  if (row.kind === 'no') return 'not-dicom';
  if (row.kind === 'dicomdir') return 'dicomdir';
  if (row.study_uid === '') return 'no-study-uid';
  if (row.series_uid === '') return 'no-series-uid';
  return row.sop_uid === '' || row.sop_class === '' ? 'no-sop-uid' : 'instance';
}

/** Every point in which a reading differs from the yardstick; none where it agrees. */
export function differences(row: TruthRow, reading: HeaderReading): readonly string[] {
  const header = headerOf(reading);
  const hasMeta = header.encoding === 'part10' || header.encoding === 'no-preamble';
  const pairs: readonly (readonly [string, string | null | undefined, string | null | undefined])[] = [
    ['kind', kindOf(reading), row.kind],
    ['verdict', reading.kind === 'instance' ? 'instance' : reading.why, expectedVerdict(row)],
    // The yardstick leaves the syntax of a bare data set empty: there is no header that names it.
    ['transfer syntax', hasMeta ? header.transferSyntaxUid : '', row.transfer_syntax],
    ['study', header.studyInstanceUid, row.study_uid],
    ['series', header.seriesInstanceUid, row.series_uid],
    ['instance', header.sopInstanceUid, row.sop_uid],
    ['SOP class', header.sopClassUid, row.sop_class],
    ['study date', header.studyDate, parseDicomDate(row.study_date ?? '')],
    ['patient ID', header.patientId, row.patient_id],
    ['patient name', header.patientName, row.patient_name_utf8],
    ['modality', header.modality, row.modality],
  ];
  return pairs
    .filter(([, ours, theirs]) => (ours ?? '') !== (theirs ?? ''))
    .map(([what, ours, theirs]) => `${row.path}: ${what} is ${ours ?? 'absent'}, not ${theirs ?? 'absent'}`);
}
