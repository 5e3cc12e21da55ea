import {expect} from '@open-wc/testing';
import {ArchiveContents} from '../../../dev/console/model/archive-contents.js';
import {SameOriginServer} from '../../../dev/console/model/server.js';
import {FakeArchive, INFO, json} from './fake-archive.js';

const signal = new AbortController().signal;

function dicomStudy(n: number) {
  return {
    '0020000D': {vr: 'UI', Value: [`1.2.${n}`]},
    '00100010': {vr: 'PN', Value: [{Alphabetic: 'DOE^JANE', Ideographic: '鈴木'}]},
    '00100020': {vr: 'LO'},
    '00080020': {vr: 'DA', Value: ['20241118']},
    '00080061': {vr: 'CS', Value: ['CT', 'SR']},
    '00201208': {vr: 'IS', Value: n % 2 ? ['12'] : [12]},
  };
}

describe('what the archive holds', () => {
  let archive: FakeArchive;
  const contents = () => new ArchiveContents(location.origin, `${location.origin}/dicom-web`);
  beforeEach(() => (archive = new FakeArchive()));
  afterEach(() => archive.dispose());

  it('is read page by page from the archive’s own list', async () => {
    const answer = await contents().studies(100, 10, 'PATIENT^1', signal);
    expect(archive.requests).to.deep.equal(['/archive/studies?offset=100&limit=10&search=PATIENT%5E1']);
    expect(answer.ok && answer.value.total).to.equal(111);
    expect(answer.ok && answer.value.studies[0]).to.include({patientName: 'PATIENT^189', instances: 1189});
  });

  it('is read by QIDO-RS where the archive has no such list', async () => {
    archive.answer = url =>
      url.pathname === '/dicom-web/studies' ? json([dicomStudy(0), dicomStudy(1)]) : json({}, 404);
    const source = contents();
    const answer = await source.studies(0, 2, 'DOE', signal);
    expect(source.knowsArrival).to.equal(false);
    expect(archive.requests[1]).to.match(/^\/dicom-web\/studies\?offset=0&limit=2&.*PatientName=DOE\*$/);
    expect(answer.ok && answer.value).to.deep.include({total: 2, more: true});
    expect(answer.ok && answer.value.studies[1]).to.deep.equal({
      studyInstanceUid: '1.2.1',
      receivedAt: null,
      patientName: 'DOE^JANE',
      patientId: '',
      studyDate: '20241118',
      modalities: ['CT', 'SR'],
      description: '',
      instances: 12,
    });
    await source.studies(0, 2, '47', signal);
    expect(archive.requests).to.have.length(3);
    expect(archive.requests[2]).to.include('PatientID=47*');
  });

  it('is empty where QIDO-RS answers 204, without a body', async () => {
    archive.answer = url =>
      url.pathname === '/dicom-web/studies' ? new Response(null, {status: 204}) : json({}, 404);
    const answer = await contents().studies(0, 2, '', signal);
    expect(answer.ok && answer.value).to.deep.equal({studies: [], total: 0, more: false});
  });

  const faults = [
    ['the archive is unreachable', () => Promise.reject(new TypeError('refused')), 'unreachable'],
    ['the proxy finds no archive', () => json({}, 502), 'unreachable'],
    ['the session is not accepted', () => json({}, 401), 'refused'],
    ['the answer is no JSON', () => new Response('<html>'), 'unreadable'],
    ['the answer is of another shape', () => json({studies: 'many'}), 'unreadable'],
  ] as const;
  for (const [name, answer, reason] of faults) {
    it(`is a value with a reason where ${name}`, async () => {
      archive.answer = answer;
      expect(await contents().studies(0, 10, '', signal)).to.deep.equal({ok: false, reason});
    });
  }
});

describe('the server of the contract', () => {
  let archive: FakeArchive;
  const server = new SameOriginServer('http://localhost:1');
  const thrown = () =>
    server.info().then(
      () => null,
      (error: unknown) => error,
    );
  beforeEach(() => (archive = new FakeArchive()));
  afterEach(() => archive.dispose());

  it('says what the archive says of itself, and no more', async () => {
    archive.answer = () => json({...INFO, importRoots: ['/secret']});
    expect(await server.info()).to.deep.equal(INFO);
    expect(server.dicomWebUrl).to.equal('http://localhost:1/dicom-web');
  });

  it('takes a server without /archive/info for plain DICOMweb', async () => {
    archive.answer = () => json({}, 404);
    expect(await server.info()).to.deep.equal({
      name: 'localhost:1',
      imageFolder: null,
      freeBytes: null,
      capabilities: {copy: true, link: false, query: true},
    });
  });

  it('rejects with a TypeError where the archive cannot be reached, whoever says so', async () => {
    archive.answer = () => Promise.reject(new TypeError('refused'));
    expect(await thrown()).to.be.instanceOf(TypeError);
    archive.answer = () => json({...INFO, reachable: false});
    expect(await thrown()).to.be.instanceOf(TypeError);
    archive.answer = () => json({name: 1});
    expect(await thrown()).to.be.instanceOf(TypeError);
  });

  it('tells whether a sign-in was accepted', async () => {
    archive.answer = () => json([], 200);
    expect(await server.signIn()).to.equal(true);
    archive.answer = () => json({}, 401);
    expect(await server.signIn()).to.equal(false);
    archive.answer = () => Promise.reject(new TypeError('refused'));
    expect(await server.signIn()).to.equal(false);
    expect(await server.authorization()).to.deep.equal({});
  });
});
