import {expect} from '@open-wc/testing';
import {DicomWebDestination} from '../../src/destination/dicomweb-destination.js';
import type {Patience} from '../../src/destination/http-exchange.js';
import type {SendResult} from '../../src/job/ports/destination.js';
import {FakeStow, type Control, type Rule} from './fake-stow.js';
import {brokenParcel, freshUid, part10Parcel} from './part10-file.js';

const NEVER = new AbortController().signal;
const PATIENT: Patience = {stallMs: 10_000, answerMs: 10_000, answerMsPerMebibyte: 0};

function destination(fake: FakeStow, patience = PATIENT): DicomWebDestination {
  const authorization = () => Promise.resolve({Authorization: 'Bearer token'});
  return new DicomWebDestination({baseUrl: fake.baseUrl, name: 'Fake', authorization, patience});
}

async function server(control: Control = {}) {
  const fake = await new FakeStow().control(control);
  return {fake, archive: destination(fake)};
}

function verdictsOf(result: SendResult) {
  if (result.kind !== 'answered') throw new Error(`not answered: ${JSON.stringify(result)}`);
  return result.verdicts.map(v => (v.kind === 'refused' ? v.reason : v.kind));
}

function faultOf(result: SendResult) {
  if (result.kind !== 'fault') throw new Error(`no fault: ${JSON.stringify(result)}`);
  return result.fault;
}

async function sha256(blob: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  return Array.from(new Uint8Array(digest), b => b.toString(16).padStart(2, '0')).join('');
}

describe('sending to a DICOMweb server', () => {
  it('carries every file byte for byte, as parts of the bare type application/dicom', async () => {
    const {fake, archive} = await server();
    const parcels = [part10Parcel(), part10Parcel({bytes: 70_001}), part10Parcel()];
    expect(verdictsOf(await archive.send(parcels, NEVER))).to.deep.equal(['stored', 'stored', 'stored']);
    const {requests, held} = await fake.log();
    for (const parcel of parcels) {
      expect(held[parcel.header.sopInstanceUid]?.sha256).to.equal(await sha256(parcel.content));
    }
    expect(requests[0]?.parts).to.deep.equal(Array(3).fill('Content-Type: application/dicom'));
    expect(requests[0]?.headers).to.include({
      authorization: 'Bearer token',
      accept: 'application/dicom+json',
    });
    expect(requests[0]?.headers['content-type']).to.match(
      /^multipart\/related; type="application\/dicom"; boundary=[0-9a-f]{32}$/,
    );
    expect(requests[0]?.headers).to.not.have.property('content-encoding');
  });

  it('sends nothing for no parcels', async () => {
    const {fake, archive} = await server();
    expect(verdictsOf(await archive.send([], NEVER))).to.deep.equal([]);
    expect((await fake.log()).requests).to.deep.equal([]);
  });

  it('does not believe a 200 that names nobody (A1: the status proves nothing)', async () => {
    for (const body of ['', '{}', '[]', 'OK', '{"00081199":{"vr":"SQ"}}', 'null']) {
      const {archive} = await server({next: [{status: 200, headers: {}, body}]});
      const result = await archive.send([part10Parcel(), part10Parcel()], NEVER);
      expect(verdictsOf(result), body).to.deep.equal(['unnamed', 'unnamed']);
    }
  });

  it('counts what a 400 stored, and leaves the part in no sequence unnamed (A1: Orthanc)', async () => {
    const {archive} = await server({manner: 'orthanc'});
    const result = await archive.send([part10Parcel(), brokenParcel(), part10Parcel()], NEVER);
    expect(verdictsOf(result)).to.deep.equal(['stored', 'unnamed', 'stored']);
  });

  it('reads a 202 per instance, with codes of the archive’s own (A1: dcm4chee A777, C122)', async () => {
    const [good, bad, alien] = [part10Parcel(), part10Parcel({patientId: ''}), part10Parcel()];
    const {archive} = await server({manner: 'dcm4chee', refuse: {[alien.header.sopInstanceUid]: 0xc122}});
    const result = await archive.send([bad, good, alien], NEVER);
    expect(verdictsOf(result)).to.deep.equal(['policy-refused', 'stored', 'transfer-syntax-refused']);
    expect(result).to.have.nested.property('verdicts[0].detail', 'FailureReason A777');
    expect(result).to.have.property('fault', null);
  });

  it('takes a 409 with 45070 as already there (A1: Azure)', async () => {
    const {archive} = await server({manner: 'azure'});
    const parcels = [part10Parcel(), part10Parcel()];
    expect(verdictsOf(await archive.send(parcels, NEVER))).to.deep.equal(['stored', 'stored']);
    expect(verdictsOf(await archive.send(parcels, NEVER))).to.deep.equal(['already-there', 'already-there']);
  });

  it('reads answers in XML, and codes and padded UIDs as strings', async () => {
    for (const manner of ['xml', 'strings'] as const) {
      const [good, bad] = [part10Parcel(), part10Parcel()];
      const {archive} = await server({manner, refuse: {[bad.header.sopInstanceUid]: 0x0122}});
      const result = await archive.send([bad, good], NEVER);
      expect(verdictsOf(result), manner).to.deep.equal(['sop-class-refused', 'stored']);
    }
  });

  it('stops the job for A7xx, and blames no file for it', async () => {
    const [good, other] = [part10Parcel(), part10Parcel()];
    const {archive} = await server({refuse: {[other.header.sopInstanceUid]: 0xa700}});
    const result = await archive.send([good, other], NEVER);
    expect(verdictsOf(result)).to.deep.equal(['stored', 'unnamed']);
    expect(result).to.have.nested.property('fault.reason', 'archive-full');
  });

  it('takes text/plain errors for a doubt that needs asking (A1: dcm4chee)', async () => {
    const {archive} = await server({manner: 'dcm4chee'});
    const result = await archive.send([brokenParcel(), brokenParcel()], NEVER);
    expect(verdictsOf(result)).to.deep.equal(['unnamed', 'unnamed']);
    expect(result).to.have.nested.property('verdicts[0].detail', 'HTTP 400');
  });

  const FAULTS = [
    [401, 'sign-in'],
    [403, 'forbidden'],
    [404, 'not-dicomweb'],
    [405, 'not-dicomweb'],
    [408, 'stalled'],
    [429, 'busy'],
    [500, 'server-error'],
    [502, 'server-error'],
    [503, 'busy'],
    [504, 'server-error'],
    [507, 'archive-full'],
  ] as const;
  for (const [status, reason] of FAULTS) {
    it(`takes ${status} without a DICOM body for a fault of the system: ${reason}`, async () => {
      const rule = {
        status,
        headers: {'Content-Type': 'text/html', 'Retry-After': '7'},
        body: '<html></html>',
      };
      // Chromium sends again by itself after some of these, and where a kept connection breaks.
      const {archive} = await server({next: Array<Rule>(8).fill(rule)});
      const fault = faultOf(await archive.send([part10Parcel()], NEVER));
      expect(fault).to.deep.equal({reason, status, retryAfterMs: 7000, bytesLeft: true});
    });
  }

  it('says too large for a 413', async () => {
    const {archive} = await server({next: [{status: 413, headers: {}, body: ''}]});
    const result = await archive.send([part10Parcel()], NEVER);
    expect(result).to.deep.equal({kind: 'too-large', limitBytes: null});
  });

  it('takes a web page with 200 for the wrong address', async () => {
    const page = {status: 200, headers: {'Content-Type': 'text/html'}, body: '<!doctype html><p>Hello'};
    const {archive} = await server({next: [page]});
    expect(faultOf(await archive.send([part10Parcel()], NEVER)).reason).to.equal('not-dicomweb');
  });

  it('knows when bytes have left before the connection broke', async () => {
    for (const cut of ['request', 'answer'] as const) {
      const {archive} = await server({next: Array<Rule>(8).fill({cut})});
      const fault = faultOf(await archive.send([part10Parcel()], NEVER));
      expect(fault, cut).to.deep.equal({
        reason: 'unreachable',
        status: null,
        retryAfterMs: null,
        bytesLeft: true,
      });
    }
  });

  it('knows that nothing has left where nobody listens', async () => {
    const archive = new DicomWebDestination({
      baseUrl: 'http://127.0.0.1:1/dicom-web',
      name: 'Nobody',
      authorization: () => Promise.resolve({}),
    });
    const fault = faultOf(await archive.send([part10Parcel()], NEVER));
    expect(fault).to.include({reason: 'unreachable', status: null, bytesLeft: false});
  });

  it('gives up a server that reads no further, and one that never answers', async () => {
    const impatient: Patience = {stallMs: 300, answerMs: 300, answerMsPerMebibyte: 0};
    for (const cut of ['silence', 'answer-silence'] as const) {
      const fake = await new FakeStow().control({next: [{cut}]});
      const fault = faultOf(await destination(fake, impatient).send([part10Parcel()], NEVER));
      expect(fault, cut).to.include({reason: 'stalled', status: null, bytesLeft: true});
    }
  });

  it('ends at once when it is aborted, before, during and after the upload', async () => {
    const {archive} = await server({next: [{cut: 'answer-silence'}]});
    const before = new AbortController();
    before.abort();
    expect(await archive.send([part10Parcel()], before.signal)).to.deep.equal({kind: 'aborted'});
    const during = new AbortController();
    const sending = archive.send([part10Parcel()], during.signal);
    setTimeout(() => during.abort(), 100);
    expect(await sending).to.deep.equal({kind: 'aborted'});
  });

  it('asks for a sign-in where the console cannot sign in, and sends nothing', async () => {
    const fake = new FakeStow();
    for (const authorization of [
      () => Promise.reject(new Error('signed out')),
      () => Promise.resolve({Authorization: 'broken\nheader'}),
    ]) {
      const archive = new DicomWebDestination({baseUrl: fake.baseUrl, name: 'Fake', authorization});
      const fault = faultOf(await archive.send([part10Parcel()], NEVER));
      expect(fault).to.include({reason: 'sign-in', status: null, bytesLeft: false});
    }
    expect((await fake.log()).requests).to.deep.equal([]);
  });
});

describe('files that cannot be read any more', () => {
  async function fileOnDisk(content: Blob) {
    const root = await navigator.storage.getDirectory();
    const handle = await root.getFileHandle(freshUid(), {create: true});
    const writer = await handle.createWritable();
    await writer.write(content);
    await writer.close();
    return {handle, file: await handle.getFile()};
  }

  it('are not taken for stored, and not for a failure of the archive either', async () => {
    for (const loss of ['removed', 'changed'] as const) {
      const {archive} = await server();
      const [first, second] = [part10Parcel(), part10Parcel({bytes: 5000})];
      const {handle, file} = await fileOnDisk(second.content);
      if (loss === 'removed') await (await navigator.storage.getDirectory()).removeEntry(handle.name);
      else {
        const writer = await handle.createWritable();
        await writer.write('other content');
        await writer.close();
      }
      const result = await archive.send([first, {...second, content: file}], NEVER);
      expect(faultOf(result), loss).to.include({reason: 'unreachable', status: null});
    }
  });

  it('are sent without being read in JavaScript', async () => {
    const {archive} = await server();
    const {file} = await fileOnDisk(part10Parcel().content);
    const touched: string[] = [];
    for (const reading of ['arrayBuffer', 'text', 'stream', 'slice', 'bytes'] as const) {
      Object.defineProperty(file, reading, {value: () => touched.push(reading)});
    }
    const result = await archive.send([{...part10Parcel(), content: file}], NEVER);
    expect(result.kind).to.equal('answered');
    expect(touched).to.deep.equal([]);
  });
});

describe('a DICOMweb server of another origin (A6)', () => {
  const elsewhere = (path: string) => {
    const url = new URL(path, location.href);
    url.hostname = url.hostname === '127.0.0.1' ? 'localhost' : '127.0.0.1';
    return url.href;
  };
  const signedIn = (baseUrl: string) =>
    new DicomWebDestination({
      baseUrl,
      name: 'Elsewhere',
      authorization: () => Promise.resolve({Authorization: 'Bearer token'}),
    });

  it('takes files with a token, though it allows every origin and credentials (dcm4chee)', async () => {
    const fake = await new FakeStow().control({manner: 'cross-origin'});
    const archive = signedIn(elsewhere(fake.baseUrl));
    expect(verdictsOf(await archive.send([part10Parcel()], NEVER))).to.deep.equal(['stored']);
    expect((await archive.probe(NEVER)).ok).to.equal(true);
    const posted = (await fake.log()).requests.filter(r => r.method === 'POST');
    expect(posted[0]?.headers).to.not.have.property('cookie');
  });

  it('is out of reach where it answers no other origin, and nothing has left (Orthanc)', async () => {
    const fake = await new FakeStow().control({});
    const result = await signedIn(elsewhere(fake.baseUrl)).send([part10Parcel()], NEVER);
    expect(faultOf(result)).to.include({reason: 'unreachable', status: null, bytesLeft: false});
    expect((await fake.log()).held).to.deep.equal({});
  });
});

describe('asking a DICOMweb server', () => {
  async function filled(control: Control, studies: number, each: number) {
    const {fake, archive} = await server();
    const uids: string[] = [];
    for (let s = 0; s < studies; s++) {
      const first = part10Parcel();
      const study = first.header.studyInstanceUid;
      const rest = Array.from({length: each - 1}, () => part10Parcel({study}));
      await archive.send([first, ...rest], NEVER);
      uids.push(study);
    }
    await fake.control(control);
    return {fake, archive, uids};
  }

  it('is told what answers', async () => {
    const {archive} = await server();
    expect(await archive.probe(NEVER)).to.deep.equal({
      ok: true,
      value: {
        name: 'Fake',
        imageFolder: null,
        freeBytes: null,
        capabilities: {copy: true, link: false, query: true},
      },
    });
  });

  it('sees a server without QIDO-RS, and a web page in its place', async () => {
    const none = {status: 501, headers: {}, body: ''};
    const without = await server({next: [none, none]});
    expect(await without.archive.probe(NEVER)).to.have.nested.property('value.capabilities.query', false);
    const page = {headers: {'Content-Type': 'text/html'}, body: '<html>login</html>'};
    for (const status of [200, 404]) {
      const other = await server({next: [{...page, status}]});
      expect(await other.archive.probe(NEVER)).to.have.nested.property('fault.reason', 'not-dicomweb');
    }
  });

  for (const manner of ['standard', 'azure', 'no-lists', 'no-filter', 'strict-404'] as const) {
    it(`finds the studies that are there, and only those (${manner})`, async () => {
      const {archive, uids} = await filled({manner}, 4, 1);
      const absent = Array.from({length: 30}, (_, i) => `1.2.3.${i}`);
      const found = await archive.studies([...absent, ...uids.slice(1), ...absent], NEVER);
      expect(found.ok && [...found.value].sort()).to.deep.equal(uids.slice(1).sort());
      const one = await archive.studies([uids[0]!], NEVER);
      expect(one.ok && [...one.value]).to.deep.equal([uids[0]]);
    });
  }

  it('asks with short URLs, many studies at a time', async () => {
    const {fake, archive} = await filled({}, 3, 1);
    await archive.studies(
      Array.from({length: 100}, (_, i) => `2.25.${'1'.repeat(56)}${1000 + i}`),
      NEVER,
    );
    const searches = (await fake.log()).requests.filter(r => r.method === 'GET');
    expect(Math.max(...searches.map(r => r.url.length))).to.be.below(2000);
    expect(searches.length).to.be.below(10);
  });

  for (const manner of ['standard', 'azure', 'no-offset', 'short-pages', 'dcm4chee'] as const) {
    it(`finds every instance of a study, page by page (${manner})`, async () => {
      const {archive, uids} = await filled({manner}, 1, manner === 'no-offset' ? 150 : 430);
      const found = await archive.instances(uids[0]!, NEVER);
      expect(found.ok && found.value.size).to.equal(manner === 'no-offset' ? 150 : 430);
    });
  }

  for (const manner of ['standard', 'azure', 'strict-404'] as const) {
    it(`takes an unknown study for an empty one (${manner})`, async () => {
      const {archive} = await filled({manner}, 1, 1);
      const found = await archive.instances('1.2.3', NEVER);
      expect(found.ok && found.value.size).to.equal(0);
    });
  }

  it('does not take the 404 of another web server for an empty study', async () => {
    const notFound = {status: 404, headers: {'Content-Type': 'text/plain'}, body: 'Not Found'};
    const {archive} = await server({next: [notFound, notFound, notFound]});
    expect(await archive.instances('1.2.3', NEVER)).to.have.nested.property('fault.reason', 'not-dicomweb');
  });

  it('reports what keeps it from asking', async () => {
    const {archive} = await server({
      next: [
        {status: 503, headers: {'Retry-After': '3'}, body: ''},
        {status: 401, headers: {}, body: ''},
      ],
    });
    expect(await archive.instances('1.2.3', NEVER)).to.have.nested.property('fault.retryAfterMs', 3000);
    expect(await archive.studies(['1.2.3', '1.2.4'], NEVER)).to.have.nested.property(
      'fault.reason',
      'sign-in',
    );
  });
});
