import assert from 'node:assert/strict';
import {rmSync} from 'node:fs';
import path from 'node:path';
import {after, before, describe, it} from 'node:test';
import {bigNumbers, bytes, numbers, sequence, text} from '../../../fixtures/data-element.js';
import {parseMediaType} from '../../../dev/archive/media-type.js';
import {MultipartParser} from '../../../dev/archive/multipart-parser.js';
import {sampleFile, seriesOf} from './sample-file.js';
import {startArchive, type RunningArchive} from './running-archive.js';
import {stow, type Json} from './stow-body.js';

async function partsOf(answer: Response) {
  const media = parseMediaType(answer.headers.get('content-type') ?? '');
  assert.equal(media?.type, 'multipart/related');
  assert.equal(media.parameters.get('type'), 'application/dicom');
  const parser = new MultipartParser(media.parameters.get('boundary') ?? '');
  const events = [...parser.push(Buffer.from(await answer.arrayBuffer())), ...parser.finish()];
  assert.equal(events.at(-1)?.kind, 'closed');
  const parts: Buffer[] = [];
  for (const event of events) {
    if (event.kind === 'start') parts.push(Buffer.alloc(0));
    if (event.kind === 'data') parts[parts.length - 1] = Buffer.concat([parts.at(-1)!, event.bytes]);
  }
  return parts;
}

describe('WADO-RS', () => {
  let archive: RunningArchive;
  const files = [
    ...seriesOf(1, 3),
    sampleFile({study: '1.1', series: '1.1.2', sop: '1.1.2.1', pixelBytes: 500_000}),
  ];
  before(async () => {
    archive = await startArchive();
    assert.equal((await stow(archive.url, [...files, ...seriesOf(2, 1)])).status, 200);
  });
  after(() => archive.close());

  const get = (resource: string, accept?: string) =>
    fetch(`${archive.url}dicom-web/${resource}`, accept === undefined ? {} : {headers: {Accept: accept}});
  const DICOM = 'multipart/related; type="application/dicom"';

  it('gives a study, a series and an instance as they were stored', async () => {
    assert.deepEqual(await partsOf(await get('studies/1.1', DICOM)), files);
    assert.deepEqual(await partsOf(await get('studies/1.1/series/1.1.1', DICOM)), files.slice(0, 3));
    assert.deepEqual(
      await partsOf(await get('studies/1.1/series/1.1.2/instances/1.1.2.1', DICOM)),
      files.slice(3),
    );
    assert.deepEqual(await partsOf(await get('studies/1.1')), files, 'without an Accept header');
  });

  it('gives one instance alone where it is asked for so', async () => {
    const answer = await get('studies/1.1/series/1.1.1/instances/1.1.1.2', 'application/dicom');
    assert.equal(answer.headers.get('content-type'), 'application/dicom');
    assert.equal(answer.headers.get('content-length'), String(files[1]?.length));
    assert.deepEqual(Buffer.from(await answer.arrayBuffer()), files[1]);
  });

  it('grants a transfer syntax only where it is the stored one', async () => {
    const own = `${DICOM}; transfer-syntax=1.2.840.10008.1.2.1`;
    assert.equal((await get('studies/1.1', `${DICOM}; transfer-syntax=*`)).status, 200);
    assert.equal((await get('studies/1.1', own)).status, 200);
    assert.equal((await get('studies/1.1', `${DICOM}; transfer-syntax=1.2.840.10008.1.2.4.50`)).status, 406);
    assert.equal((await get('studies/1.1', 'multipart/related; type="image/jpeg"')).status, 406);
    assert.equal(
      (await get('studies/1.1', 'application/dicom')).status,
      406,
      'more than one cannot stand alone',
    );
  });

  it('answers 404 to what it does not hold, 400 to what is no UID, 405 to other methods', async () => {
    for (const resource of [
      'studies/9.9',
      'studies/1.1/series/9',
      'studies/1.1/series/1.1.1/instances/9',
      'rendered',
    ]) {
      assert.equal((await get(resource)).status, 404, resource);
    }
    assert.equal((await get('studies/1.1/series/1.1.2/instances/1.1.1.1')).status, 404, 'of another series');
    for (const resource of ['studies/%2e%2e%2f', 'studies/a%20b/metadata']) {
      assert.equal((await get(resource)).status, 400, resource);
    }
    const removal = await fetch(`${archive.url}dicom-web/studies/1.1`, {method: 'DELETE'});
    assert.deepEqual([removal.status, removal.headers.get('allow')], [405, 'GET, HEAD, POST']);
  });

  it('gives metadata as DICOM JSON, in UTF-8, without bulk data', async () => {
    const more = [
      sequence(0x00081140, [text(0x00081155, 'UI', '1.2.3')], []),
      numbers(0x00189306, 'FD', 1.5),
      numbers(0x00281101, 'US', 256, 0, 16),
      text(0x00200032, 'DS', '1.5', '-2', '3'),
      numbers(0x00200052 + 0x10, 'AT', 0x00100020),
      bigNumbers(0x00720083, 'UV', 2n ** 60n),
      bytes(0x00091001, 'OB', new Uint8Array([1, 2, 3, 4])),
    ];
    for (const transferSyntax of [
      'explicitLittleEndian',
      'explicitBigEndian',
      'deflatedExplicitLittleEndian',
    ] as const) {
      const sop = `1.3.1.${transferSyntax.length}`;
      const name = {patientName: 'Müller^Jörg', characterSet: 'ISO_IR 100'};
      await stow(archive.url, [
        sampleFile({study: '1.3', series: '1.3.1', sop, transferSyntax, more, ...name}),
      ]);
      const answer = await get(
        `studies/1.3/series/1.3.1/instances/${sop}/metadata`,
        'application/dicom+json',
      );
      const [json = {}] = (await answer.json()) as Json[];
      assert.deepEqual(json['00080005'], {vr: 'CS', Value: ['ISO_IR 192']});
      assert.deepEqual(json['00100010'], {vr: 'PN', Value: [{Alphabetic: 'Müller^Jörg'}]});
      assert.deepEqual(json['00081140'], {vr: 'SQ', Value: [{'00081155': {vr: 'UI', Value: ['1.2.3']}}, {}]});
      assert.deepEqual(json['00189306'], {vr: 'FD', Value: [1.5]});
      assert.deepEqual(json['00281101'], {vr: 'US', Value: [256, 0, 16]});
      assert.deepEqual(json['00200032'], {vr: 'DS', Value: [1.5, -2, 3]});
      assert.deepEqual(json['00200062'], {vr: 'AT', Value: ['00100020']});
      assert.deepEqual(json['00720083'], {vr: 'UV', Value: [String(2n ** 60n)]});
      assert.deepEqual(json['00091001'], {vr: 'OB', InlineBinary: 'AQIDBA=='});
    }
    const all = (await (await get('studies/1.1/metadata')).json()) as Json[];
    assert.deepEqual(
      all.map(json => json['00080018']?.Value?.[0]),
      ['1.1.1.1', '1.1.1.2', '1.1.1.3', '1.1.2.1'],
    );
    assert.ok(
      all.every((json, i) => i < 3 === '7FE00010' in json),
      'large values are left out',
    );
    assert.equal((await get('studies/1.1/metadata', 'application/dicom+xml')).status, 406);
  });

  it('gives metadata of data sets in implicit VR', async () => {
    const sop = '1.4.1.1';
    const more = [sequence(0x00081140, [text(0x00081155, 'UI', '1.2.3')])];
    await stow(archive.url, [
      sampleFile({study: '1.4', series: '1.4.1', sop, transferSyntax: 'implicitLittleEndian', more}),
    ]);
    const [json = {}] = (await (await get('studies/1.4/metadata')).json()) as Json[];
    assert.deepEqual(json['00280010'], {vr: 'US', Value: [4]});
    assert.deepEqual(json['00081140'], {vr: 'SQ', Value: [{'00081155': {vr: 'UI', Value: ['1.2.3']}}]});
  });

  it('says 410 of a file that somebody took away, 206 where others are left, and takes it anew', async () => {
    rmSync(path.join(archive.folder, 'data/images/1.2/1.2.1/1.2.1.1.dcm'));
    const answer = await get('studies/1.2');
    assert.equal(answer.status, 410);
    assert.equal(((await answer.json()) as {error: {code: string}}).error.code, 'moved');
    assert.equal((await stow(archive.url, seriesOf(2, 2))).status, 200);
    assert.equal((await partsOf(await get('studies/1.2'))).length, 2);
    rmSync(path.join(archive.folder, 'data/images/1.2/1.2.1/1.2.1.1.dcm'));
    const rest = await get('studies/1.2');
    assert.equal(rest.status, 206);
    assert.equal((await partsOf(rest)).length, 1);
  });
});
