import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {request} from 'node:http';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {after, before, describe, it} from 'node:test';
import {bytes, sequence, text} from '../../../fixtures/data-element.js';
import {sampleFile, seriesOf} from './sample-file.js';
import {startArchive, type RunningArchive} from './running-archive.js';
import {BOUNDARY, first, readAnswer, stow, stowBody, STOW_TYPE} from './stow-body.js';

const CANNOT_UNDERSTAND = 0xc000;
const sha = (data: Buffer) => createHash('sha256').update(data).digest('hex');

describe('STOW-RS', () => {
  let archive: RunningArchive;
  before(async () => {
    archive = await startArchive();
  });
  after(() => archive.close());

  const imageOf = (...uids: string[]) => path.join(archive.folder, 'data/images', `${uids.join('/')}.dcm`);
  const incoming = () => readdirSync(path.join(archive.folder, 'data/incoming'));
  const post = (body: Buffer, headers: Record<string, string> = {}, where = 'studies') =>
    fetch(`${archive.url}dicom-web/${where}`, {
      method: 'POST',
      headers: {'Content-Type': STOW_TYPE, ...headers},
      body: new Uint8Array(body),
    });

  it('stores files byte for byte below study and series, and answers with references', async () => {
    const files = seriesOf(100, 3);
    const answer = await stow(archive.url, files);
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.stored, ['1.100.1.1', '1.100.1.2', '1.100.1.3']);
    assert.deepEqual([answer.failed, answer.other], [{}, []]);
    assert.equal(first(answer.body, '00081190'), `${archive.url}dicom-web/studies/1.100`);
    for (const [i, file] of files.entries()) {
      assert.equal(sha(readFileSync(imageOf('1.100', '1.100.1', `1.100.1.${i + 1}`))), sha(file));
    }
    assert.deepEqual(incoming(), []);
  });

  it('takes every transfer syntax, also deflated, and a file larger than what it keeps in memory', async () => {
    const syntaxes = [
      'implicitLittleEndian',
      'explicitLittleEndian',
      'deflatedExplicitLittleEndian',
      'explicitBigEndian',
    ] as const;
    const files = syntaxes.map((transferSyntax, i) =>
      sampleFile({study: '1.101', series: '1.101.1', sop: `1.101.1.${i}`, transferSyntax}),
    );
    const large = sampleFile({study: '1.101', series: '1.101.1', sop: '1.101.1.9', pixelBytes: 3_000_000});
    const answer = await stow(archive.url, [...files, large]);
    assert.equal(answer.status, 200);
    assert.equal(answer.stored.length, 5);
    assert.equal(sha(readFileSync(imageOf('1.101', '1.101.1', '1.101.1.9'))), sha(large));
  });

  it('says yes to the same bytes again, also twice in one request', async () => {
    const [file = Buffer.alloc(0)] = seriesOf(102, 1);
    const twice = await stow(archive.url, [file, file]);
    assert.deepEqual([twice.status, twice.stored], [200, ['1.102.1.1', '1.102.1.1']]);
    const again = await stow(archive.url, [file]);
    assert.deepEqual([again.status, again.stored], [200, ['1.102.1.1']]);
  });

  it('keeps the first of two files with one UID and other bytes, and says 0111', async () => {
    const [old = Buffer.alloc(0)] = seriesOf(103, 1);
    const [other = Buffer.alloc(0)] = seriesOf(103, 1, {fill: 2});
    await stow(archive.url, [old]);
    const answer = await stow(archive.url, [other]);
    assert.deepEqual([answer.status, answer.stored, answer.failed], [409, [], {'1.103.1.1': 0x0111}]);
    assert.equal(sha(readFileSync(imageOf('1.103', '1.103.1', '1.103.1.1'))), sha(old));
    const [one = Buffer.alloc(0)] = seriesOf(104, 1);
    const [two = Buffer.alloc(0)] = seriesOf(104, 1, {fill: 3});
    const both = await stow(archive.url, [one, two]);
    assert.deepEqual([both.status, both.stored, both.failed], [202, ['1.104.1.1'], {'1.104.1.1': 0x0111}]);
  });

  it('answers 202 where some are stored and some are not, each named', async () => {
    const [good = Buffer.alloc(0), cut = Buffer.alloc(0)] = seriesOf(105, 2);
    const answer = await stow(archive.url, [cut.subarray(0, -1), good, Buffer.from('no DICOM at all')]);
    assert.equal(answer.status, 202);
    assert.deepEqual(answer.stored, ['1.105.1.1']);
    assert.deepEqual(answer.failed, {'1.105.1.2': CANNOT_UNDERSTAND});
    assert.deepEqual(answer.other, [CANNOT_UNDERSTAND]);
    assert.ok(!existsSync(imageOf('1.105', '1.105.1', '1.105.1.2')));
    assert.deepEqual(incoming(), []);
  });

  it('refuses a file that was cut anywhere within its pixel data, its elements or its header', async () => {
    const [file = Buffer.alloc(0)] = seriesOf(106, 1);
    const cuts = [file.length - 1, file.length - 39, file.length - 45, 300, 140, 133, 131, 1, 0];
    for (const length of cuts) {
      const answer = await stow(archive.url, [file.subarray(0, length)]);
      assert.equal(answer.status, 409, `${length}`);
      assert.deepEqual([...Object.values(answer.failed), ...answer.other], [CANNOT_UNDERSTAND], `${length}`);
    }
    const large = sampleFile({study: '1.106', series: '1.106.1', sop: '1.106.1.2', pixelBytes: 1_000_000});
    const answer = await stow(archive.url, [large.subarray(0, -1)]);
    assert.deepEqual(answer.failed, {'1.106.1.2': CANNOT_UNDERSTAND});
    const deflated = sampleFile({
      study: '1.106',
      series: '1.106.1',
      sop: '1.106.1.3',
      transferSyntax: 'deflatedExplicitLittleEndian',
    });
    assert.equal((await stow(archive.url, [deflated.subarray(0, -20)])).status, 409);
  });

  it('refuses files without the UIDs that it needs, and data sets without a file header', async () => {
    const uids = {study: '1.107', series: '1.107.1', sop: '1.107.1.1'};
    for (const tag of [0x0020000d, 0x0020000e, 0x00080016, 0x00080018]) {
      const answer = await stow(archive.url, [sampleFile({...uids, without: [tag]})]);
      assert.deepEqual([answer.status, answer.failed], [409, {'1.107.1.1': CANNOT_UNDERSTAND}]);
    }
    const bare = sampleFile(uids).subarray(132);
    const answer = await stow(archive.url, [bare]);
    assert.deepEqual([answer.status, answer.other], [409, [CANNOT_UNDERSTAND]]);
  });

  it('never lets a UID become a path', async () => {
    const before = readdirSync(archive.folder);
    for (const evil of ['..', '.', '../../evil', '/etc/evil', '1.2/../../3', 'a\\b', `1.${'2'.repeat(70)}`]) {
      for (const files of [
        [sampleFile({study: evil, series: '1.2', sop: '1.108.1'})],
        [sampleFile({study: '1.2', series: evil, sop: '1.108.1'})],
        [sampleFile({study: '1.2', series: '1.2', sop: evil, metaSop: '1.108.1'})],
      ]) {
        const answer = await stow(archive.url, files);
        assert.deepEqual([answer.status, answer.stored], [409, []], evil);
        assert.deepEqual(Object.values(answer.failed), [CANNOT_UNDERSTAND], evil);
      }
    }
    assert.deepEqual(readdirSync(archive.folder), before);
  });

  it('refuses what is of another study than the path says', async () => {
    const files = [...seriesOf(109, 1), ...seriesOf(110, 1)];
    const some = await stow(archive.url, files, '1.109');
    assert.deepEqual([some.status, some.stored, some.failed], [202, ['1.109.1.1'], {'1.110.1.1': 0xa900}]);
    const none = await stow(archive.url, seriesOf(110, 1), '1.109');
    assert.deepEqual([none.status, none.failed], [409, {'1.110.1.1': 0xa900}]);
  });

  it('refuses a DICOMDIR as a SOP class that it does not store', async () => {
    const file = sampleFile({
      study: '1.111',
      series: '1.111.1',
      sop: '1.111.1.1',
      sopClass: '1.2.840.10008.1.3.10',
    });
    const answer = await stow(archive.url, [file]);
    assert.deepEqual([answer.status, answer.failed], [409, {'1.111.1.1': 0x0122}]);
  });

  it('stores, with a warning, where the file header names another instance', async () => {
    const file = sampleFile({study: '1.112', series: '1.112.1', sop: '1.112.1.1', metaSop: '1.999'});
    const answer = await stow(archive.url, [file]);
    assert.deepEqual(
      [answer.status, answer.stored, answer.warnings],
      [202, ['1.112.1.1'], {'1.112.1.1': 0xb007}],
    );
  });

  it('reads headers behind long sequences', async () => {
    const many = Array.from({length: 3000}, (_, i) => [text(0x00081155, 'UI', `1.2.3.${i}`)]);
    const file = sampleFile({
      study: '1.113',
      series: '1.113.1',
      sop: '1.113.1.1',
      more: [sequence(0x00081140, ...many), bytes(0x00091001, 'OB', new Uint8Array(400_000))],
    });
    assert.equal((await stow(archive.url, [file])).status, 200);
  });

  it('takes types and boundaries with and without quotes, and part types with parameters', async () => {
    const types = [
      `multipart/related;type=application/dicom;boundary="${BOUNDARY}"`,
      `Multipart/Related; boundary=${BOUNDARY}; type="application/dicom"`,
    ];
    for (const [i, type] of types.entries()) {
      const partTypes = ['application/dicom; transfer-syntax=1.2.840.10008.1.2.1', null];
      const body = stowBody(seriesOf(114, 1), partTypes[i] ?? null);
      assert.equal((await post(body, {'Content-Type': type})).status, 200);
    }
  });

  it('refuses parts of another type, without a word on the others', async () => {
    const answer = await post(stowBody(seriesOf(115, 1), 'application/octet-stream'));
    const read = readAnswer(answer.status, await answer.text());
    assert.deepEqual([read.status, read.other], [409, [CANNOT_UNDERSTAND]]);
  });

  it('answers 415 to bodies of another type', async () => {
    const body = stowBody(seriesOf(116, 1));
    for (const headers of [
      {'Content-Type': 'application/dicom'},
      {'Content-Type': `multipart/form-data; boundary=${BOUNDARY}`},
      {'Content-Type': `multipart/related; boundary=${BOUNDARY}`},
      {'Content-Type': `multipart/related; type="application/dicom+json"; boundary=${BOUNDARY}`},
      {'Content-Encoding': 'gzip'},
    ]) {
      const answer = await post(body, headers);
      assert.equal(answer.status, 415, JSON.stringify(headers));
      assert.equal(((await answer.json()) as {error: {code: string}}).error.code, 'unsupported-media-type');
    }
    assert.equal((await post(body, {Accept: 'application/dicom+xml'})).status, 406);
  });

  it('answers 400 to a body that breaks the syntax, and keeps nothing of it', async () => {
    const whole = stowBody(seriesOf(117, 2));
    const bodies = [
      whole.subarray(0, -6),
      Buffer.from(whole.toString('latin1').replace(/\r\n--/g, '\n--'), 'latin1'),
      Buffer.from(`--${BOUNDARY}--\r\n`),
      Buffer.alloc(0),
      Buffer.from('nonsense'),
    ];
    for (const body of bodies) assert.equal((await post(body)).status, 400, body.toString('latin1', 0, 40));
    const noBoundary = await post(whole, {'Content-Type': 'multipart/related; type="application/dicom"'});
    assert.equal(noBoundary.status, 400);
    assert.ok(!existsSync(path.join(archive.folder, 'data/images/1.117')));
    assert.deepEqual(incoming(), []);
    assert.equal((await post(whole, {}, 'studies/a b')).status, 400);
    assert.equal((await post(whole, {}, 'studies/..%2f..')).status, 400);
  });

  it('keeps nothing of a request that breaks off, and logs what had arrived of it', async () => {
    const body = stowBody(seriesOf(118, 5));
    await new Promise<void>(resolve => {
      const sending = request(`${archive.url}dicom-web/studies`, {
        method: 'POST',
        headers: {'Content-Type': STOW_TYPE, 'Content-Length': body.length},
      });
      sending.on('error', () => resolve());
      sending.write(body.subarray(0, body.length - 600));
      setTimeout(() => sending.destroy(), 100);
    });
    const cut = async () => {
      const {entries} = (await (await fetch(`${archive.url}archive/log`)).json()) as {
        entries: {verdict: string; study: string}[];
      };
      return entries.filter(e => e.verdict === 'cut' && e.study === '1.118');
    };
    while ((await cut()).length === 0) await delay(20);
    assert.deepEqual(incoming(), []);
    assert.ok(!existsSync(path.join(archive.folder, 'data/images/1.118')));
  });

  it('stores the files of many requests at once', async () => {
    const answers = await Promise.all(
      Array.from({length: 12}, (_, i) => stow(archive.url, seriesOf(200 + i, 20))),
    );
    assert.ok(answers.every(a => a.status === 200 && a.stored.length === 20));
    const found = await fetch(`${archive.url}dicom-web/instances?StudyInstanceUID=1.200,1.211&limit=100`);
    assert.equal(((await found.json()) as unknown[]).length, 40);
  });
});

describe('the limits of STOW-RS', () => {
  it('answers 507 when the quota is reached, 202 while there was room for some', async () => {
    const files = seriesOf(1, 4);
    const size = files[0]?.length ?? 0;
    const archive = await startArchive('--quota', String(size * 3));
    try {
      const some = await stow(archive.url, files);
      assert.deepEqual([some.status, some.stored.length, some.other], [202, 3, [0xa700]]);
      const none = await stow(archive.url, files.slice(3));
      assert.deepEqual([none.status, none.other], [507, [0xa700]]);
      const {instances} = (await (await fetch(`${archive.url}archive/stats`)).json()) as {instances: number};
      assert.equal(instances, 3);
    } finally {
      await archive.close();
    }
  });
});
