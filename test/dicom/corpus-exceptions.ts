import type {Unusable} from '../../src/dicom/instance-header.js';

/** A row of TRUTH.tsv with which the product does not agree, and the bytes that say why. */
export interface CorpusException {
  readonly path: string;
  readonly why: Unusable;
  readonly reason: string;
}

const TEST_FILES = 'pydicom/src/pydicom/data/test_files';

/**
 * The yardstick calls these files whole, since all that it asks for stands before the place where they end. It agrees
 * with every attribute that the product reads from them.
 */
export const CORPUS_EXCEPTIONS: readonly CorpusException[] = [
  {
    path: `${TEST_FILES}/MR_truncated.dcm`,
    why: 'cut-short',
    reason: '7FE0,0010 at byte 1488 declares 8,192 bytes and would end at 9,692; the file ends at 9,630.',
  },
  {
    path: `${TEST_FILES}/rtplan_truncated.dcm`,
    why: 'cut-short',
    reason: '300A,00B0 at byte 1410 declares 976 bytes and would end at 2,394; the file ends at 2,129.',
  },
];
