import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, describe, it} from 'node:test';
import {CHECKOUT} from './checkout.js';
import {startArchive, type RunningArchive} from './running-archive.js';
import {stow, type StowAnswer} from './stow-body.js';

const CORPUS = path.resolve(process.env['DICOM_CORPUS'] ?? path.join(CHECKOUT, '../shared/corpus'));
const TRUTH = path.join(CORPUS, 'TRUTH.tsv');

/** Their headers are whole, so they are listed as Part 10 files, but their pixel data or sequences are cut; Orthanc refuses them, too. */
const CUT = ['emri_small_jpeg_2k_lossless_too_short.dcm', 'MR_truncated.dcm', 'rtplan_truncated.dcm'];

interface Row {
  readonly path: string;
  readonly kind: string;
  readonly study: string;
  readonly sop: string;
  readonly sha256: string;
}

function readTruth(): Row[] {
  const [head = '', ...lines] = readFileSync(TRUTH, 'utf8').trim().split('\n');
  const columns = head.split('\t');
  const column = (name: string) => columns.indexOf(name);
  return lines.map(line => {
    const cells = line.split('\t');
    const cell = (name: string) => cells[column(name)] ?? '';
    return {
      path: cell('path'),
      kind: cell('kind'),
      study: cell('study_uid'),
      sop: cell('sop_uid'),
      sha256: cell('sha256'),
    };
  });
}

const uidsOf = (answer: StowAnswer) => [...answer.stored, ...Object.keys(answer.failed)];

describe(
  'the archive and public test sets',
  {skip: existsSync(TRUTH) ? false : 'the test sets are not here'},
  () => {
    let archive: RunningArchive;
    before(async () => {
      archive = await startArchive('--no-sync');
    });
    after(() => archive.close());

    it('stores each complete file byte for byte, and refuses the others with a code', async () => {
      const unexpected: string[] = [];
      const stored = new Map<string, string>();
      for (const row of readTruth()) {
        const file = path.join(CORPUS, row.path);
        if (!existsSync(file)) continue;
        const bytes = readFileSync(file);
        const answer = await stow(archive.url, [bytes]);
        assert.equal(uidsOf(answer).length + answer.other.length, 1, row.path);
        const [sop] = answer.stored;
        if (sop !== undefined) stored.set(sop, createHash('sha256').update(bytes).digest('hex'));
        const different = Object.values(answer.failed)[0] === 0x0111;
        const complete =
          row.kind === 'part10' &&
          !CUT.includes(path.basename(row.path)) &&
          row.study !== '' &&
          row.sop !== '';
        if (complete !== (sop !== undefined || different)) {
          unexpected.push(
            `${row.kind} ${row.path}: ${JSON.stringify([answer.stored, answer.failed, answer.other])}`,
          );
        }
      }
      assert.deepEqual(unexpected, []);
      assert.ok(stored.size > 500);
      for (const [sop, sha256] of stored) {
        const [found] = (await (
          await fetch(`${archive.url}dicom-web/instances?SOPInstanceUID=${sop}`)
        ).json()) as Record<string, {Value: string[]}>[];
        const answer = await fetch(found?.['00081190']?.Value[0] ?? '', {
          headers: {Accept: 'application/dicom'},
        });
        assert.equal(
          createHash('sha256')
            .update(Buffer.from(await answer.arrayBuffer()))
            .digest('hex'),
          sha256,
          sop,
        );
      }
    });

    it('gives metadata of every one of them as JSON', async () => {
      const studies = (await (await fetch(`${archive.url}dicom-web/studies`)).json()) as Record<
        string,
        {Value: string[]}
      >[];
      for (const study of studies) {
        const answer = await fetch(`${study['00081190']?.Value[0] ?? ''}/metadata`);
        assert.ok(((await answer.json()) as unknown[]).length > 0);
      }
    });
  },
);
