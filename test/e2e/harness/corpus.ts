import {existsSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {inRoot} from './checkout.js';

/** Public DICOM test sets that lie beside the checkout. */
export const CORPUS = path.resolve(process.env.DICOM_CORPUS ?? inRoot('../shared/corpus'));

const TRUTH = path.join(CORPUS, 'TRUTH.tsv');

/** Why tests with the corpus cannot run here, or false. */
export const noCorpus: string | false = existsSync(TRUTH) ? false : 'the public test sets are not there';

/** What two other readers found in a file. */
export interface TruthRow {
  readonly path: string;
  readonly kind: string;
  readonly studyUid: string;
  readonly seriesUid: string;
  readonly sopUid: string;
  readonly sha256: string;
  /** By its name and by other readers, the file ends before its data does. */
  readonly cutShort: boolean;
}

const ESCAPES: Readonly<Record<string, string>> = {'t': '\t', 'n': '\n', 0: '\0', '\\': '\\'};
const unescaped = (text: string): string => text.replace(/\\([tn0\\])/g, (_, c: string) => ESCAPES[c] ?? c);

export async function readTruth(): Promise<TruthRow[]> {
  const [head = '', ...lines] = (await readFile(TRUTH, 'utf8')).trimEnd().split('\n');
  const columns = head.split('\t');
  return lines.map(line => {
    const cells = line.split('\t').map(unescaped);
    const cell = (name: string): string => cells[columns.indexOf(name)] ?? '';
    return {
      path: cell('path'),
      kind: cell('kind'),
      studyUid: cell('study_uid'),
      seriesUid: cell('series_uid'),
      sopUid: cell('sop_uid'),
      sha256: cell('sha256'),
      cutShort: /truncated/.test(cell('path')),
    };
  });
}
