import {expect} from '@open-wc/testing';
import type {HttpReply} from '../../src/destination/http-exchange.js';
import {DicomWebDestination} from '../../src/destination/dicomweb-destination.js';
import {OrthancDestination, readInstanceAnswer} from '../../src/destination/orthanc-destination.js';
import type {SendResult} from '../../src/job/ports/destination.js';
import {FakeStow, type Rule} from './fake-stow.js';
import {brokenParcel, freshUid, part10Parcel} from './part10-file.js';

const NEVER = new AbortController().signal;
const authorization = () => Promise.resolve({});

function verdictsOf(result: SendResult): string[] {
  if (result.kind !== 'answered') throw new Error(`not answered: ${JSON.stringify(result)}`);
  return result.verdicts.map(v => (v.kind === 'refused' ? `${v.reason}, ${v.detail ?? ''}` : v.kind));
}

describe('a real Orthanc', () => {
  const native = new OrthancDestination({baseUrl: '/orthanc', name: 'Orthanc', authorization});
  const web = new DicomWebDestination({baseUrl: '/orthanc/dicom-web', name: 'Orthanc', authorization});

  before(async function () {
    if ((await fetch('/orthanc/system')).status === 501) this.skip();
  });

  it('is called by the name in its configuration', async () => {
    expect(await native.probe(NEVER)).to.have.nested.property('value.name', 'Test Orthanc');
  });

  it('says 404 for a file without an identifier, and is not taken for gone (A2)', async () => {
    const verdicts = verdictsOf(await native.send([part10Parcel({without: 'sop'}), part10Parcel()], NEVER));
    expect(verdicts).to.deep.equal(['identifier-conflict, Orthanc: Inexistent tag', 'stored']);
  });

  it('says 400 for what it cannot read (A2)', async () => {
    const verdicts = verdictsOf(await native.send([brokenParcel(), part10Parcel()], NEVER));
    expect(verdicts).to.deep.equal(['not-understood, Orthanc: Bad file format', 'stored']);
  });

  it('calls other content under a known UID already stored (A2)', async () => {
    const uids = {sop: freshUid(), study: freshUid(), series: freshUid()};
    await native.send([part10Parcel(uids)], NEVER);
    const other = part10Parcel({...uids, bytes: 100});
    expect(verdictsOf(await native.send([other], NEVER))).to.deep.equal(['already-there']);
  });

  it('keeps one study of two patients as two, and tells of both', async () => {
    const study = freshUid();
    const parcels = [part10Parcel({study, patientId: 'A'}), part10Parcel({study, patientId: 'B'})];
    await native.send(parcels, NEVER);
    const found = await native.instances(study, NEVER);
    expect(found.ok && found.value.size).to.equal(2);
  });

  it('stores the good parts of a STOW request that it answers with 400 (A1)', async () => {
    const parcels = [part10Parcel(), brokenParcel(), part10Parcel()];
    expect(verdictsOf(await web.send(parcels, NEVER))).to.deep.equal(['stored', 'unnamed', 'stored']);
  });

  it('holds what was sent, byte for byte', async () => {
    const parcel = part10Parcel({bytes: 300_001});
    await web.send([parcel], NEVER);
    const uid = parcel.header.sopInstanceUid;
    const found = (await (
      await fetch('/orthanc/tools/lookup', {method: 'POST', body: uid})
    ).json()) as readonly {readonly Path: string}[];
    const file = await (await fetch(`/orthanc${found[0]!.Path}/file`)).blob();
    expect(new Uint8Array(await file.arrayBuffer())).to.deep.equal(
      new Uint8Array(await parcel.content.arrayBuffer()),
    );
  });

  it('is not found at an address where Orthanc has no DICOMweb', async () => {
    const elsewhere = new DicomWebDestination({baseUrl: '/orthanc/nothing', name: 'Orthanc', authorization});
    expect(await elsewhere.probe(NEVER)).to.have.nested.property('fault.reason', 'not-dicomweb');
    expect(await elsewhere.send([part10Parcel()], NEVER)).to.have.nested.property(
      'fault.reason',
      'not-dicomweb',
    );
  });
});

describe('several files on their way to Orthanc, one request each', () => {
  const stored = {status: 200, headers: {}, body: '{"Status": "Success"}'};
  const broken = {status: 500, headers: {}, body: '{"OrthancError": "Internal error"}'};
  const full = {status: 507, headers: {}, body: ''};

  async function sent(next: readonly Rule[]) {
    const fake = await new FakeStow().control({next});
    const archive = new OrthancDestination({
      baseUrl: fake.baseUrl,
      name: 'Orthanc',
      authorization,
      parallel: 1,
    });
    const result = await archive.send([part10Parcel(), part10Parcel(), part10Parcel()], NEVER);
    return {result, requests: (await fake.log()).requests.length};
  }

  it('go on after an error of the server that may be about one file, which stays in doubt', async () => {
    const {result} = await sent([stored, broken, stored]);
    expect(verdictsOf(result)).to.deep.equal(['stored', 'unnamed', 'stored']);
    expect(result).to.have.property('fault', null);
  });

  it('wait where every one of them met an error of the server', async () => {
    const {result} = await sent([broken, broken, broken]);
    expect(result).to.have.nested.property('fault.reason', 'server-error');
    expect(result.kind).to.equal('fault');
  });

  it('stop at a fault of the system; what was stored counts, and the rest is not sent', async () => {
    const {result, requests} = await sent([stored, full]);
    expect(verdictsOf(result)).to.deep.equal(['stored', 'unnamed', 'unnamed']);
    expect(result).to.have.nested.property('fault.reason', 'archive-full');
    expect(requests).to.equal(2);
  });
});

describe('an answer of Orthanc to one file', () => {
  const parcel = part10Parcel();
  const answer = (status: number, body: unknown): HttpReply => ({
    kind: 'answer',
    status,
    contentType: '',
    retryAfter: null,
    redirected: false,
    bytesLeft: true,
    text: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const read = (status: number, body: unknown) => readInstanceAnswer(answer(status, body), parcel);

  it('is judged by its Status, not by its 200 (A2)', () => {
    expect(read(200, {Status: 'Success'})).to.deep.equal({kind: 'stored'});
    expect(read(200, {Status: 'AlreadyStored'})).to.deep.equal({kind: 'already-there'});
    expect(read(200, {Status: 'FilteredOut'})).to.have.property('reason', 'policy-refused');
    expect(read(200, {Status: 'Failure'})).to.have.property('reason', 'processing-failure');
    expect(read(200, {Status: 'StorageFull'})).to.have.nested.property('fault.reason', 'archive-full');
    for (const odd of [{Status: 'New'}, {}, [], [{Status: 'Success'}], 'OK', '']) {
      expect(read(200, odd)).to.have.property('kind', 'unnamed');
    }
  });

  it('names a full disk and an unknown address for what they are', () => {
    const full = {OrthancError: 'The file storage is full'};
    expect(read(500, full)).to.have.nested.property('fault.reason', 'archive-full');
    expect(read(500, {OrthancError: 'Cannot write to file'})).to.have.nested.property(
      'fault.reason',
      'server-error',
    );
    expect(read(404, {OrthancError: 'Unknown resource'})).to.have.nested.property(
      'fault.reason',
      'not-dicomweb',
    );
  });

  it('says which identifier is missing, where the header knows', () => {
    const without = {...parcel, header: {...parcel.header, studyInstanceUid: ''}};
    const told = readInstanceAnswer(answer(404, {OrthancError: 'Inexistent tag'}), without);
    expect(told).to.have.property('reason', 'no-study-uid');
  });

  it('refuses a file that is too large for what stands in front', () => {
    expect(read(413, '')).to.have.property('reason', 'too-large-for-server');
  });
});
