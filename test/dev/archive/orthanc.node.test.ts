import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {after, before, describe, it} from 'node:test';
import {hasOrthanc, startOrthanc, type OrthancProcess} from '../../fixtures/orthanc-process.js';
import {seriesOf} from './sample-file.js';
import {startArchive, type RunningArchive} from './running-archive.js';
import {qido, stow} from './stow-body.js';

const skip = hasOrthanc() ? false : 'Orthanc with its DICOMweb plugin is not installed';
const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

const post = async (url: string, body: unknown) => {
  const answer = await fetch(url, {method: 'POST', body: JSON.stringify(body)});
  const text = await answer.text();
  assert.equal(answer.status, 200, text);
  return JSON.parse(text) as unknown;
};

const upload = async (orthanc: OrthancProcess, files: readonly Buffer[]) => {
  const ids: string[] = [];
  for (const file of files) {
    const answer = await fetch(`${orthanc.url}/instances`, {method: 'POST', body: new Uint8Array(file)});
    ids.push(((await answer.json()) as {ID: string}).ID);
  }
  return ids;
};

/** The hashes of every file that an Orthanc holds. */
async function held({url}: OrthancProcess): Promise<string[]> {
  const ids = (await (await fetch(`${url}/instances`)).json()) as string[];
  const files = ids.map(async id =>
    Buffer.from(await (await fetch(`${url}/instances/${id}/file`)).arrayBuffer()),
  );
  return (await Promise.all(files)).map(sha).sort();
}

describe('Orthanc as a client of the archive', {skip}, () => {
  let orthanc: OrthancProcess;
  let archive: RunningArchive;
  before(async () => {
    [orthanc, archive] = await Promise.all([startOrthanc(), startArchive()]);
    const answer = await fetch(`${orthanc.url}/dicom-web/servers/archive`, {
      method: 'PUT',
      body: JSON.stringify({Url: `http://127.0.0.1:${archive.port}/dicom-web/`}),
    });
    assert.equal(answer.status, 200);
  });
  after(async () => {
    await orthanc.stop();
    await archive.close();
  });

  it('stores 60 instances of three studies and takes them back byte for byte', async () => {
    const files = [20, 21, 22].flatMap((study, i) =>
      seriesOf(study, 20, {transferSyntax: i === 0 ? 'implicitLittleEndian' : 'explicitLittleEndian'}),
    );
    const ids = await upload(orthanc, files);
    const sent = (await post(`${orthanc.url}/dicom-web/servers/archive/stow`, {
      Resources: ids,
      Synchronous: true,
    })) as Record<string, unknown>;
    assert.equal(sent['InstancesCount'] ?? sent['InstanceCount'], '60', JSON.stringify(sent));
    assert.equal((await qido(archive.url, 'instances?StudyInstanceUID=1.20,1.21,1.22')).length, 60);

    const studies = (await (await fetch(`${orthanc.url}/studies`)).json()) as string[];
    for (const id of studies) await fetch(`${orthanc.url}/studies/${id}`, {method: 'DELETE'});
    assert.deepEqual(await held(orthanc), []);

    await post(`${orthanc.url}/dicom-web/servers/archive/retrieve`, {
      Resources: [{Study: '1.20'}, {Study: '1.21', Series: '1.21.1'}, {Study: '1.22'}],
      Synchronous: true,
    });
    assert.deepEqual(await held(orthanc), files.map(sha).sort());
  });

  it('asks the archive what it holds', async () => {
    await stow(archive.url, seriesOf(23, 1, {patientId: 'FIND-ME'}));
    const found = (await post(`${orthanc.url}/dicom-web/servers/archive/qido`, {
      Uri: '/studies',
      Arguments: {PatientID: 'FIND-ME'},
    })) as Record<string, {Value: unknown[]}>[];
    assert.equal(found.length, 1, JSON.stringify(found));
  });
});
