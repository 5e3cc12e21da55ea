import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {parseTruth, type TruthRow} from './corpus.js';

/** The corpus as dev/test-corpus.mjs names it; a bundled test does not know where it lies itself, so cwd counts. */
const CORPUS = path.resolve(process.env.DICOM_CORPUS ?? '../shared/corpus');

/** Why tests with the corpus are skipped; false where it is there. */
export const corpusIsMissing = existsSync(path.join(CORPUS, 'TRUTH.tsv')) ? false : 'the corpus is not there';

export function corpusRows(): readonly TruthRow[] {
  return parseTruth(readFileSync(path.join(CORPUS, 'TRUTH.tsv'), 'utf8'));
}

export function corpusFile(relativePath: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(path.join(CORPUS, relativePath)));
}
