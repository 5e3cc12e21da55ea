import assert from 'node:assert/strict';
import type {SetSummary} from '../../../fixtures/write-set.js';
import type {ArchiveClient, Receipt} from './archive-client.js';
import type {ExportedReport, Totals} from './panel.js';

const sum = (totals: Totals): number =>
  totals.stored + totals.alreadyThere + totals.linked + totals.skipped + totals.failed;

/** Every file has exactly one outcome: the folders add up to the totals, and the list holds all that was not stored. */
export function assertBalanced(report: ExportedReport): void {
  const {totals, folders, files} = report;
  assert.equal(sum(totals), totals.files, 'the totals balance');
  for (const folder of folders)
    assert.equal(sum(folder.counts), folder.counts.files, `${folder.path} balances`);
  for (const key of ['files', 'stored', 'alreadyThere', 'linked', 'skipped', 'failed'] as const) {
    assert.equal(
      folders.reduce((all, folder) => all + folder.counts[key], 0),
      totals[key],
      `the folders add up to the total of ${key}`,
    );
  }
  assert.equal(
    files.length,
    totals.alreadyThere + totals.skipped + totals.failed,
    'files that were not stored',
  );
  assert.equal(new Set(files.map(file => file.path)).size, files.length, 'each file once');
  for (const file of files) {
    if (file.outcome !== 'already-there') assert.ok(file.reason, `${file.path} has a reason`);
  }
}

/** QIDO-RS answers what was generated: the studies with their dates and patients, and each instance by its UID. */
export async function assertHoldsAll(archive: ArchiveClient, summary: SetSummary): Promise<void> {
  const found = await archive.studies();
  const wanted = summary.studies.map(({studyInstanceUid, studyDate, patientId, series, instances}) => ({
    studyInstanceUid,
    studyDate,
    patientId,
    series,
    instances,
  }));
  const byUid = (a: {studyInstanceUid: string}, b: {studyInstanceUid: string}): number =>
    a.studyInstanceUid < b.studyInstanceUid ? -1 : 1;
  assert.deepEqual([...found].sort(byUid), wanted.sort(byUid));
  assert.equal(
    found.reduce((all, study) => all + study.instances, 0),
    summary.instances,
  );
}

/** What the archive gives back by WADO-RS is what was written, byte for byte. */
export async function assertSameBytes(archive: ArchiveClient, summary: SetSummary): Promise<void> {
  assert.ok(summary.hashes.size > 0, 'the set was written with hashes');
  const found = new Map<string, string>();
  for (const study of summary.studies) {
    for (const [sop, hash] of await archive.hashes(study.studyInstanceUid)) found.set(sop, hash);
  }
  assert.equal(found.size, summary.hashes.size);
  for (const [sop, hash] of summary.hashes) assert.equal(found.get(sop), hash, `instance ${sop}`);
}

/** The studies in the order in which the archive first heard of them. */
export function studiesInOrder(log: readonly Receipt[]): string[] {
  return [...new Set(log.filter(receipt => receipt.verdict === 'stored').map(receipt => receipt.study))];
}

/** Instances that came more than once, with the receipts of each but the last. */
export function sentAgain(
  log: readonly Receipt[],
): {readonly sop: string; readonly before: Receipt; readonly again: Receipt}[] {
  const last = new Map<string, Receipt>();
  const repeats: {sop: string; before: Receipt; again: Receipt}[] = [];
  for (const receipt of log) {
    const before = last.get(receipt.sop);
    if (before) repeats.push({sop: receipt.sop, before, again: receipt});
    last.set(receipt.sop, receipt);
  }
  return repeats;
}
