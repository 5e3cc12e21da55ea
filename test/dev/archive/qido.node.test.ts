import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {sampleFile} from './sample-file.js';
import {startArchive, type RunningArchive} from './running-archive.js';
import {first, qido, stow, type Json} from './stow-body.js';

const TAG = {
  study: '0020000D',
  series: '0020000E',
  sop: '00080018',
  patientName: '00100010',
  modalities: '00080061',
  seriesCount: '00201206',
  instanceCount: '00201208',
} as const;

describe('QIDO-RS', () => {
  let archive: RunningArchive;
  before(async () => {
    archive = await startArchive();
    const of = (study: string, series: string, sop: string) => ({study, series, sop});
    const files = [
      {...of('1.1', '1.1.1', '1.1.1.1'), patientName: 'Alpha^Ann', patientId: 'A', studyDate: '20200101'},
      {...of('1.1', '1.1.1', '1.1.1.2'), patientName: 'Alpha^Ann', patientId: 'A', studyDate: '20200101'},
      {
        ...of('1.1', '1.1.2', '1.1.2.1'),
        patientName: 'Alpha^Ann',
        patientId: 'A',
        modality: 'SR',
        studyDate: '20200101',
      },
      {
        ...of('1.2', '1.2.1', '1.2.1.1'),
        patientName: 'Älpha^Bo',
        patientId: 'B*',
        studyDate: '20210615',
        characterSet: 'ISO_IR 100',
      },
      {
        ...of('1.3', '1.3.1', '1.3.1.1'),
        patientName: 'Yamada^Tarou=山田^太郎',
        patientId: 'C',
        studyDate: '20221231',
        characterSet: 'ISO_IR 192',
        modality: 'MR',
      },
      {
        ...of('1.4', '1.4.1', '1.4.1.1'),
        patientName: 'Zeta',
        patientId: 'c',
        accessionNumber: 'X_9',
        modality: 'US',
      },
    ];
    const answer = await stow(
      archive.url,
      files.map(f => sampleFile(f)),
    );
    assert.equal(answer.status, 200);
  });
  after(() => archive.close());

  const uids = async (resource: string, tag: string = TAG.study) =>
    (await qido(archive.url, resource)).map(json => first(json, tag));

  it('lists studies with counts, modalities and where to retrieve them', async () => {
    const [study] = await qido(archive.url, 'studies?StudyInstanceUID=1.1');
    assert.equal(first(study, TAG.seriesCount), 2);
    assert.equal(first(study, TAG.instanceCount), 3);
    assert.deepEqual(study?.[TAG.modalities]?.Value, ['CT', 'SR']);
    assert.equal(first(study, '00081190'), `${archive.url}dicom-web/studies/1.1`);
    assert.deepEqual(first(study, TAG.patientName), {Alphabetic: 'Alpha^Ann'});
    assert.equal(first(study, '00080056'), 'ONLINE');
    assert.deepEqual(study['00080090'], {vr: 'PN'}, 'an attribute without a value stands as empty');
  });

  it('gives text in UTF-8, whatever character set it came in', async () => {
    const [latin] = await qido(archive.url, 'studies?PatientID=B*&StudyInstanceUID=1.2');
    assert.deepEqual(first(latin, TAG.patientName), {Alphabetic: 'Älpha^Bo'});
    const [japanese] = await qido(archive.url, 'studies?StudyInstanceUID=1.3');
    assert.deepEqual(first(japanese, TAG.patientName), {
      Alphabetic: 'Yamada^Tarou',
      Ideographic: '山田^太郎',
    });
  });

  it('finds by lists of UIDs, with commas, repeated, by keyword and by tag', async () => {
    assert.deepEqual(await uids('studies?StudyInstanceUID=1.1,1.3,9.9'), ['1.1', '1.3']);
    assert.deepEqual(await uids('studies?StudyInstanceUID=1.1&StudyInstanceUID=1.3'), ['1.1', '1.3']);
    assert.deepEqual(await uids('studies?0020000d=1.2%5C1.3'), ['1.2', '1.3']);
    assert.deepEqual(await uids('instances?SOPInstanceUID=1.1.1.2', TAG.sop), ['1.1.1.2']);
  });

  it('finds names with wildcards and without regard to case, and the rest with it', async () => {
    assert.deepEqual(await uids('studies?PatientName=alpha*'), ['1.1']);
    assert.deepEqual(await uids('studies?PatientName=%C3%84LPHA%5EB%3F'), ['1.2']);
    assert.deepEqual(await uids('studies?00100010=*%E5%A4%AA%E9%83%8E'), ['1.3']);
    assert.deepEqual(await uids('studies?PatientName=Zeta%5E%5E'), ['1.4']);
    assert.deepEqual(await uids('studies?PatientName=Zet'), []);
    assert.deepEqual(await uids('studies?PatientID=C'), ['1.3']);
    assert.deepEqual(await uids('studies?PatientID=%3F'), ['1.1', '1.3', '1.4']);
    assert.deepEqual(await uids('studies?AccessionNumber=X%3F9'), ['1.4']);
    assert.deepEqual(await uids('studies?AccessionNumber=X%259'), []);
  });

  it('finds dates in ranges, open at either end', async () => {
    assert.deepEqual(await uids('studies?StudyDate=20210101-20221231'), ['1.2', '1.3']);
    assert.deepEqual(await uids('studies?StudyDate=-20200101'), ['1.1']);
    assert.deepEqual(await uids('studies?StudyDate=20221231-'), ['1.3', '1.4']);
    assert.deepEqual(await uids('studies?StudyDate=20210615'), ['1.2']);
    assert.deepEqual(await uids('studies?StudyTime=10-1015'), ['1.1', '1.2', '1.3', '1.4']);
    assert.deepEqual(await uids('studies?StudyTime=1016-'), []);
  });

  it('finds by modality in the study', async () => {
    assert.deepEqual(await uids('studies?ModalitiesInStudy=SR'), ['1.1']);
    assert.deepEqual(await uids('studies?00080061=MR,US'), ['1.3', '1.4']);
  });

  it('lets an empty value and a lone asterisk match all', async () => {
    assert.equal((await uids('studies?PatientName=&PatientID=*')).length, 4);
  });

  it('pages, in an order that holds while more arrives', async () => {
    const pages = [];
    for (let offset = 0; offset < 6; offset += 2)
      pages.push(...(await uids(`instances?limit=2&offset=${offset}`, TAG.sop)));
    assert.deepEqual(pages, ['1.1.1.1', '1.1.1.2', '1.1.2.1', '1.2.1.1', '1.3.1.1', '1.4.1.1']);
    assert.deepEqual(await uids('studies?offset=4'), []);
    assert.deepEqual(await uids('studies?limit=0'), []);
  });

  it('lists series and instances of a study, of a series, and of all', async () => {
    assert.deepEqual(await uids('studies/1.1/series', TAG.series), ['1.1.1', '1.1.2']);
    const [series] = await qido(archive.url, 'studies/1.1/series?Modality=CT');
    assert.deepEqual([first(series, '00201209'), first(series, '00080060')], [2, 'CT']);
    assert.deepEqual(await uids('studies/1.1/instances', TAG.sop), ['1.1.1.1', '1.1.1.2', '1.1.2.1']);
    assert.deepEqual(await uids('studies/1.1/series/1.1.2/instances', TAG.sop), ['1.1.2.1']);
    assert.deepEqual(await uids('series?PatientID=A', TAG.series), ['1.1.1', '1.1.2']);
    assert.deepEqual(await uids('studies/9.9/instances', TAG.sop), []);
    const [instance] = await qido(archive.url, 'studies/1.1/series/1.1.2/instances');
    assert.equal(
      first(instance, '00081190'),
      `${archive.url}dicom-web/studies/1.1/series/1.1.2/instances/1.1.2.1`,
    );
    assert.deepEqual([first(instance, '00200013'), first(instance, '00280010')], [7, 4]);
  });

  it('adds the fields that are asked for, and those only that it knows', async () => {
    const has = (json: Json | undefined, tag: string) => json !== undefined && tag in json;
    const [plain] = await qido(archive.url, 'series?limit=1');
    assert.ok(!has(plain, '00080070'));
    const [more] = await qido(archive.url, 'series?limit=1&includefield=00080070,Nonsense');
    assert.ok(has(more, '00080070'));
    const [all] = await qido(archive.url, 'instances?limit=1&includefield=all');
    assert.ok(has(all, '00080008') && has(all, TAG.patientName) && has(all, '00080060'));
    const [within] = await qido(archive.url, 'studies/1.1/instances?limit=1');
    assert.ok(!has(within, TAG.patientName), 'what the path names is not repeated');
  });

  it('says that it matches literally where fuzzy matching is asked for', async () => {
    const answer = await fetch(`${archive.url}dicom-web/studies?fuzzymatching=true`);
    assert.match(answer.headers.get('warning') ?? '', /^299 .*literal matching/);
  });

  it('answers 400 to what it cannot search by, instead of answering with everything', async () => {
    for (const search of [
      'studies?Nonsense=1',
      'studies?00189999=1',
      'studies?SOPInstanceUID=1.1',
      'studies?limit=ten',
      'studies?offset=-1',
    ]) {
      const answer = await fetch(`${archive.url}dicom-web/${search}`);
      assert.equal(answer.status, 400, search);
      assert.equal(typeof ((await answer.json()) as {error: {message: string}}).error.message, 'string');
    }
    const xml = await fetch(`${archive.url}dicom-web/studies`, {headers: {Accept: 'application/dicom+xml'}});
    assert.equal(xml.status, 406);
  });

  it('takes quotes and semicolons for what they are', async () => {
    assert.deepEqual(await uids(`studies?PatientID=${encodeURIComponent("A' OR '1'='1")}`), []);
    assert.deepEqual(
      await uids(`studies?PatientName=${encodeURIComponent("*'; DROP TABLE studies; --")}`),
      [],
    );
    assert.equal((await uids('studies')).length, 4);
  });
});
