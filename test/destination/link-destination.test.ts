import {expect} from '@open-wc/testing';
import {dcm4cheeImport} from '../../src/destination/dcm4chee-import.js';
import {DicomWebDestination} from '../../src/destination/dicomweb-destination.js';
import {embeddedArchiveLinks} from '../../src/destination/embedded-archive-links.js';
import {LinkDestination} from '../../src/destination/link-destination.js';
import {serverPath} from '../../src/destination/server-path.js';
import type {Parcel, SendResult} from '../../src/job/ports/destination.js';
import {FakeStow, type Control} from './fake-stow.js';
import {freshUid, part10Parcel} from './part10-file.js';

const NEVER = new AbortController().signal;
const authorization = () => Promise.resolve({});

function verdictsOf(result: SendResult): string[] {
  if (result.kind !== 'answered') throw new Error(`not answered: ${JSON.stringify(result)}`);
  return result.verdicts.map(v => (v.kind === 'refused' ? `${v.reason}: ${v.detail ?? ''}` : v.kind));
}

describe('links in the embedded archive', () => {
  const archive = new DicomWebDestination({baseUrl: '/embedded/dicom-web', name: 'Embedded', authorization});
  let importRoot: string;
  let folder: string;

  beforeEach(async () => {
    const info = (await (await fetch('/embedded/archive/info')).json()) as {importRoots: string[]};
    importRoot = info.importRoots[0]!;
    folder = freshUid();
  });

  const links = (root = `${importRoot}/${folder}`) =>
    new LinkDestination({
      archive,
      serverRoot: root,
      register: embeddedArchiveLinks('/embedded/archive', authorization),
    });
  const lay = async (parcel: Parcel, content: Blob = parcel.content) => {
    const path = encodeURIComponent(`${folder}/${parcel.path}`);
    await fetch(`/embedded/import/${path}`, {method: 'PUT', body: content});
  };

  it('are made for files that lie where the archive can read them', async () => {
    const parcels = [part10Parcel(), part10Parcel()];
    for (const parcel of parcels) await lay(parcel);
    expect(verdictsOf(await links().send(parcels, NEVER))).to.deep.equal(['linked', 'linked']);
    expect(verdictsOf(await links().send(parcels, NEVER))).to.deep.equal(['already-there', 'already-there']);
    const {studyInstanceUid, sopInstanceUid} = parcels[0]!.header;
    const there = await links().instances(studyInstanceUid, NEVER);
    expect(there.ok && [...there.value]).to.deep.equal([sopInstanceUid]);
  });

  it('are refused one by one, each with the archive’s reason', async () => {
    const [good, missing, damaged, other] = [part10Parcel(), part10Parcel(), part10Parcel(), part10Parcel()];
    await lay(good);
    await lay(damaged, new Blob(['no DICOM']));
    await lay(other, part10Parcel().content);
    const result = await links().send([missing, good, damaged, other], NEVER);
    expect(verdictsOf(result)).to.deep.equal([
      'processing-failure: archive: not-found',
      'linked',
      'not-understood: archive: not-part10',
      'identifier-conflict: the archive found another instance at this path',
    ]);
  });

  it('are not made outside of the import roots', async () => {
    const result = await links('/etc').send([part10Parcel()], NEVER);
    expect(verdictsOf(result)).to.deep.equal(['policy-refused: archive: outside-roots']);
  });

  it('are told of as the only thing that can be done', async () => {
    expect(await links().probe(NEVER))
      .to.have.nested.property('value.capabilities')
      .that.deep.equals({
        copy: false,
        link: true,
        query: true,
      });
  });

  it('wait for an archive that is not there', async () => {
    const register = embeddedArchiveLinks('http://127.0.0.1:1/archive', authorization);
    const result = await new LinkDestination({archive, serverRoot: '/x', register}).send(
      [part10Parcel()],
      NEVER,
    );
    expect(result).to.have.nested.property('fault.reason', 'unreachable');
  });
});

describe('links by dcm4chee’s storage import', () => {
  async function subject(parcels: readonly Parcel[], control: Control = {}, storage = 'fs1') {
    const files = Object.fromEntries(
      parcels.map(({path, header}) => [
        `old-pacs/${path}`,
        {sop: header.sopInstanceUid, study: header.studyInstanceUid, sopClass: header.sopClassUid},
      ]),
    );
    const {baseUrl} = await new FakeStow().control({files, ...control});
    const archive = new DicomWebDestination({baseUrl, name: 'dcm4chee', authorization});
    const register = dcm4cheeImport(baseUrl, storage, authorization);
    return new LinkDestination({archive, serverRoot: 'old-pacs', register});
  }

  it('are matched by SOP Instance UID, since failures carry no path (A5)', async () => {
    const parcels = [part10Parcel(), part10Parcel(), part10Parcel()];
    const refuse = {[parcels[1]!.header.sopInstanceUid]: 0xa778};
    const result = await (await subject(parcels, {refuse})).send(parcels, NEVER);
    expect(verdictsOf(result)).to.deep.equal(['linked', 'policy-refused: FailureReason A778', 'linked']);
  });

  it('are in doubt where a path was dropped, though the answer is 200 (A5)', async () => {
    const [there, missing] = [part10Parcel(), part10Parcel()];
    const result = await (await subject([there])).send([missing, there], NEVER);
    expect(verdictsOf(result)).to.deep.equal(['unnamed', 'linked']);
  });

  it('stop where the storage is unknown', async () => {
    const result = await (await subject([], {}, 'other')).send([part10Parcel()], NEVER);
    expect(result).to.have.nested.property('fault.reason', 'not-dicomweb');
  });

  it('never tell a path that breaks a line, and leave the order as it was', async () => {
    const [good, bad] = [part10Parcel(), {...part10Parcel(), path: 'a\nb.dcm'}];
    const verdicts = verdictsOf(await (await subject([good])).send([bad, good], NEVER));
    expect(verdicts[0]).to.match(/^policy-refused/);
    expect(verdicts[1]).to.equal('linked');
  });
});

describe('a path on the archive’s side', () => {
  it('is the source’s folder there, and the file’s path below it', () => {
    expect(serverPath('/srv/old', 'a/b.dcm')).to.equal('/srv/old/a/b.dcm');
    expect(serverPath('/', 'b.dcm')).to.equal('/b.dcm');
    expect(serverPath('D:\\old\\', 'a/b.dcm')).to.equal('D:\\old\\a\\b.dcm');
    expect(serverPath('\\\\nas\\old', 'a/b.dcm')).to.equal('\\\\nas\\old\\a\\b.dcm');
    expect(serverPath('', 'a/b.dcm')).to.equal('a/b.dcm');
    expect(serverPath('/srv', 'odd\\name')).to.equal('/srv/odd\\name');
  });

  it('never leaves that folder', () => {
    for (const path of ['../b', 'a/../../b', '/etc/passwd', 'a//b', '.', '', 'a\0b', 'a\r\nb']) {
      expect(serverPath('/srv', path), path).to.equal(null);
      expect(serverPath('', path), path).to.equal(null);
    }
    expect(serverPath('D:\\old', 'a\\..\\..\\b')).to.equal(null);
  });
});
