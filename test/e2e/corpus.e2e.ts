import assert from 'node:assert/strict';
import {cp} from 'node:fs/promises';
import path from 'node:path';
import {describe, it} from 'node:test';
import {assertBalanced} from './harness/accounts.js';
import {noBrowser} from './harness/browser.js';
import {CORPUS, noCorpus, readTruth, type TruthRow} from './harness/corpus.js';
import {openStage} from './harness/stage.js';

const SETS = ['dcm_qa_nih', 'pydicom'];

const isWhole = (row: TruthRow): boolean =>
  row.kind === 'part10' && row.studyUid !== '' && row.seriesUid !== '' && row.sopUid !== '' && !row.cutShort;

describe('public DICOM test sets', {skip: noBrowser || noCorpus}, () => {
  it('arrive byte for byte where they are whole, and all the rest is reported with a reason', async t => {
    const stage = await openStage(t, ['--no-sync']);
    const source = path.join(stage.folder, 'source');
    for (const set of SETS) await cp(path.join(CORPUS, set), path.join(source, set), {recursive: true});
    const truth = (await readTruth()).filter(row => SETS.some(set => row.path.startsWith(`${set}/`)));
    const panel = await stage.panel();
    await panel.start(source);
    await panel.waitFor(['Completed']);
    const report = await panel.exportReport();
    assertBalanced(report);

    // Several files may share one SOP Instance UID; the archive keeps one of them.
    const hashesOf = new Map<string, Set<string>>();
    for (const row of truth)
      hashesOf.set(row.sopUid, (hashesOf.get(row.sopUid) ?? new Set()).add(row.sha256));
    const held = new Set<string>();
    const archived = new Set<string>();
    const {archive} = stage.server;
    for (const {studyInstanceUid} of await archive.studies()) {
      for (const sop of await archive.instances(studyInstanceUid)) held.add(sop);
      // By content alone: in some files the file header and the data set name different instances.
      for (const hash of await archive.contents(studyInstanceUid)) archived.add(hash);
    }
    const whole = truth.filter(isWhole);
    assert.ok(whole.length > 700);
    const wrong = whole.filter(
      row => ![...(hashesOf.get(row.sopUid) ?? [])].some(hash => archived.has(hash)),
    );
    assert.deepEqual(
      wrong.map(
        row => `${row.path}: ${report.files.find(file => file.path === row.path)?.reason ?? 'no reason'}`,
      ),
      [],
    );

    const named = new Map(report.files.map(file => [file.path, file]));
    const silent = truth.filter(row => !held.has(row.sopUid) && !named.get(row.path)?.reason);
    assert.deepEqual(
      silent.map(row => row.path),
      [],
    );
  });
});
