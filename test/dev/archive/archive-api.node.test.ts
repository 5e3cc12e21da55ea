import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after, before, describe, it} from 'node:test';
import {sampleFile, seriesOf} from './sample-file.js';
import {startArchive, type RunningArchive} from './running-archive.js';
import {qido, stow} from './stow-body.js';

const json = async (url: string) => (await (await fetch(url)).json()) as Record<string, unknown>;

describe("the archive's own interface", () => {
  let archive: RunningArchive;
  before(async () => {
    archive = await startArchive('--name', 'Test archive');
    await stow(archive.url, seriesOf(1, 2));
    await stow(archive.url, [
      sampleFile({
        study: '1.2',
        series: '1.2.1',
        sop: '1.2.1.1',
        patientId: 'P2',
        patientName: 'Grün^Eva',
        characterSet: 'ISO_IR 192',
        modality: 'MR',
      }),
    ]);
  });
  after(() => archive.close());

  it('says who it is and what it can', async () => {
    const info = await json(`${archive.url}archive/info`);
    assert.equal(info['name'], 'Test archive');
    assert.equal(info['imageFolder'], path.join(archive.folder, 'data', 'images'));
    assert.ok(Number(info['freeBytes']) > 0);
    assert.deepEqual(info['capabilities'], {copy: true, link: false, query: true});
    assert.match(String(info['description']), /trying and for tests/);
  });

  it('counts', async () => {
    const bytes = [...seriesOf(1, 2)].reduce((sum, f) => sum + f.length, 0);
    const stats = await json(`${archive.url}archive/stats`);
    assert.deepEqual(
      [stats['patients'], stats['studies'], stats['series'], stats['instances']],
      [2, 2, 2, 3],
    );
    assert.ok(Number(stats['bytes']) > bytes);
  });

  it('lists studies, the newest received first, in pages', async () => {
    const list = async (query: string) =>
      (await json(`${archive.url}archive/studies${query}`)) as {
        total: number;
        studies: Record<string, unknown>[];
      };
    const {total, studies} = await list('');
    assert.equal(total, 2);
    assert.deepEqual(
      studies.map(s => s['studyInstanceUid']),
      ['1.2', '1.1'],
    );
    const [newest] = studies;
    assert.deepEqual(
      [newest?.['patientName'], newest?.['modalities'], newest?.['instances'], newest?.['series']],
      ['Grün^Eva', ['MR'], 1, 1],
    );
    assert.match(String(newest?.['received']), /^\d{4}-\d\d-\d\dT.*Z$/);
    assert.deepEqual(
      (await list('?offset=1&limit=1')).studies.map(s => s['studyInstanceUid']),
      ['1.1'],
    );
    const found = await list('?search=GR%C3%9CN');
    assert.deepEqual([found.total, found.studies.length], [1, 1]);
    assert.equal((await list('?search=%25')).total, 0);
    await stow(archive.url, [sampleFile({study: '1.1', series: '1.1.9', sop: '1.1.9.1'})]);
    assert.deepEqual(
      (await list('')).studies.map(s => s['studyInstanceUid']),
      ['1.1', '1.2'],
    );
  });

  it('keeps a log of what it received, in order, without patient data', async () => {
    await stow(archive.url, [...seriesOf(1, 1), Buffer.from('no DICOM')]);
    const log = (await json(`${archive.url}archive/log`)) as {
      total: number;
      entries: Record<string, unknown>[];
    };
    assert.deepEqual(
      log.entries.map(e => [e['n'], e['batch'], e['sop'], e['verdict']]),
      [
        [1, 1, '1.1.1.1', 'stored'],
        [2, 1, '1.1.1.2', 'stored'],
        [3, 2, '1.2.1.1', 'stored'],
        [4, 3, '1.1.9.1', 'stored'],
        [5, 4, '1.1.1.1', 'already-there'],
        [6, 4, '', 'refused:C000'],
      ],
    );
    const page = (await json(`${archive.url}archive/log?offset=2&limit=2`)) as {entries: {n: number}[]};
    assert.deepEqual(
      page.entries.map(e => e.n),
      [3, 4],
    );
    const last = (await json(`${archive.url}archive/log?limit=1`)) as {entries: {n: number}[]};
    assert.deepEqual(
      last.entries.map(e => e.n),
      [6],
    );
    const file = readFileSync(path.join(archive.folder, 'data/requests.ndjson'), 'utf8');
    assert.ok(!/Test|Ada|Eva|P1|P2/.test(file));
  });

  it('answers 404, 405 and 400 with a reason', async () => {
    assert.equal((await fetch(`${archive.url}archive/nothing`)).status, 404);
    assert.equal((await fetch(`${archive.url}archive/info`, {method: 'POST'})).status, 405);
    assert.equal((await fetch(`${archive.url}archive/studies?limit=x`)).status, 400);
    const links = await fetch(`${archive.url}archive/links`, {
      method: 'POST',
      headers: {'Content-Type': 'application/json'},
      body: '{"paths":[]}',
    });
    assert.equal(links.status, 403);
  });
});

describe('links', () => {
  let archive: RunningArchive;
  const outside = mkdtempSync(path.join(tmpdir(), 'outside-'));
  const root = mkdtempSync(path.join(tmpdir(), 'root-'));
  before(async () => {
    mkdirSync(path.join(root, 'a'));
    for (const [i, file] of seriesOf(1, 4).entries()) writeFileSync(path.join(root, 'a', `${i}.dcm`), file);
    writeFileSync(path.join(root, 'text.txt'), 'no DICOM');
    writeFileSync(path.join(outside, 'b.dcm'), seriesOf(2, 1)[0] ?? '');
    symlinkSync(path.join(outside, 'b.dcm'), path.join(root, 'escape.dcm'));
    symlinkSync(outside, path.join(root, 'escape'));
    symlinkSync(path.join(root, 'a'), path.join(root, 'inside'));
    archive = await startArchive('--import-root', root);
  });
  after(async () => {
    await archive.close();
    for (const folder of [root, outside]) rmSync(folder, {recursive: true, force: true});
  });

  const link = async (...paths: unknown[]) => {
    const answer = await fetch(`${archive.url}archive/links`, {
      method: 'POST',
      headers: {'Content-Type': 'application/json'},
      body: JSON.stringify({paths}),
    });
    return {
      status: answer.status,
      results: ((await answer.json()) as {results: Record<string, unknown>[]}).results,
    };
  };
  const bytes = async () => Number((await json(`${archive.url}archive/stats`))['bytes']);

  it('are offered where there is an import root', async () => {
    const info = await json(`${archive.url}archive/info`);
    assert.deepEqual(info['capabilities'], {copy: true, link: true, query: true});
  });

  it('register files where they lie, by relative and by absolute path, and serve them from there', async () => {
    const {results} = await link('a/0.dcm', path.join(root, 'a/1.dcm'), 'inside/0.dcm');
    assert.deepEqual(
      results.map(r => [r['status'], r['sopInstanceUid']]),
      [
        ['linked', '1.1.1.1'],
        ['linked', '1.1.1.2'],
        ['already-there', '1.1.1.1'],
      ],
    );
    const answer = await fetch(`${archive.url}dicom-web/studies/1.1/series/1.1.1/instances/1.1.1.1`, {
      headers: {Accept: 'application/dicom'},
    });
    assert.deepEqual(Buffer.from(await answer.arrayBuffer()), seriesOf(1, 1)[0]);
    assert.equal((await qido(archive.url, 'studies/1.1/instances')).length, 2);
    assert.ok((await bytes()) > 0);
  });

  it('never leave the roots, by dots, by absolute paths or by symbolic links', async () => {
    const {results} = await link(
      `../${path.basename(outside)}/b.dcm`,
      path.join(outside, 'b.dcm'),
      `${root}/../${path.basename(outside)}/b.dcm`,
      'escape.dcm',
      'escape/b.dcm',
      '/etc/passwd',
      `${root}-not-this-one/x`,
    );
    for (const result of results)
      assert.deepEqual([result['status'], result['reason']], ['failed', 'outside-roots']);
  });

  it('name what is wrong with each path', async () => {
    const {status, results} = await link('none.dcm', 'text.txt', 'a', '', 'a/\0.dcm', 'a/2.dcm');
    assert.equal(status, 200);
    assert.deepEqual(
      results.map(r => r['reason'] ?? r['status']),
      ['not-found', 'not-part10', 'not-a-file', 'not-found', 'not-found', 'linked'],
    );
    assert.equal((await link(1)).status, 400);
  });

  it('tell a file that moved and a file that changed', async () => {
    renameSync(path.join(root, 'a/0.dcm'), path.join(root, 'a/moved.dcm'));
    writeFileSync(path.join(root, 'a/1.dcm'), Buffer.concat([seriesOf(1, 2)[1]!, Buffer.alloc(2)]));
    const codes = [];
    for (const sop of ['1.1.1.1', '1.1.1.2']) {
      const answer = await fetch(`${archive.url}dicom-web/studies/1.1/series/1.1.1/instances/${sop}`);
      assert.equal(answer.status, 410);
      codes.push(((await answer.json()) as {error: {code: string}}).error.code);
    }
    assert.deepEqual(codes, ['moved', 'changed']);
    const check = (await json(`${archive.url}archive/links/check`)) as {
      checked: number;
      broken: Record<string, string>[];
    };
    assert.equal(check.checked, 3);
    assert.deepEqual(
      check.broken.map(b => [b['sopInstanceUid'], b['reason']]),
      [
        ['1.1.1.1', 'moved'],
        ['1.1.1.2', 'changed'],
      ],
    );
    const again = await link('a/moved.dcm');
    assert.equal(again.results[0]?.['status'], 'linked', 'a file that moved is registered anew');
    assert.equal(
      (await stow(archive.url, seriesOf(1, 2))).stored.length,
      2,
      'a copy takes the place of a broken link',
    );
    const {broken} = (await json(`${archive.url}archive/links/check`)) as {broken: unknown[]};
    assert.deepEqual(broken, []);
  });
});
