import {expect} from '@open-wc/testing';
import type {Destination, SendResult, Verdict} from '../../src/job/ports/destination.js';
import {brokenParcel, freshUid, part10Parcel} from './part10-file.js';

export interface Subject {
  /** A destination that works; null, with a reason, where the archive is not installed here. */
  readonly open: () => Promise<Destination | {readonly absent: string}>;
  /** The same adapter at an address where nobody listens. */
  readonly nowhere: () => Destination;
}

const NEVER = new AbortController().signal;

function verdictsOf(result: SendResult): readonly Verdict[] {
  if (result.kind !== 'answered') throw new Error(`not answered: ${JSON.stringify(result)}`);
  expect(result.fault).to.equal(null);
  return result.verdicts;
}

const isThere = (verdict: Verdict | undefined) =>
  verdict?.kind === 'stored' || verdict?.kind === 'already-there';

/** What every destination keeps, whatever the archive behind it. */
export function describeDestination(name: string, subject: Subject): void {
  describe(`a destination: ${name}`, () => {
    let archive: Destination;

    before(async function () {
      const opened = await subject.open();
      if ('absent' in opened) this.skip();
      archive = opened;
    });

    it('says that it is there, what it is called, and that it can be asked', async () => {
      const asked = await archive.probe(NEVER);
      expect(asked).to.have.nested.property('value.capabilities.copy', true);
      expect(asked).to.have.nested.property('value.capabilities.query', true);
      expect(asked.ok && asked.value.name).to.match(/\S/);
    });

    it('stores what is sent, and then tells of exactly that', async () => {
      const study = freshUid();
      const parcels = Array.from({length: 25}, (_, i) => part10Parcel({study, bytes: i * 1000}));
      const verdicts = verdictsOf(await archive.send(parcels, NEVER));
      expect(verdicts.map(v => v.kind)).to.deep.equal(Array(25).fill('stored'));
      const instances = await archive.instances(study, NEVER);
      expect(instances.ok && [...instances.value].sort()).to.deep.equal(
        parcels.map(p => p.header.sopInstanceUid).sort(),
      );
    });

    it('knows which studies are there', async () => {
      const parcels = [part10Parcel(), part10Parcel(), part10Parcel()];
      await archive.send(parcels, NEVER);
      const there = parcels.map(p => p.header.studyInstanceUid);
      const absent = [freshUid(), freshUid()];
      const found = await archive.studies([absent[0]!, ...there, absent[1]!], NEVER);
      expect(found.ok && [...found.value].sort()).to.deep.equal(there.sort());
      const none = await archive.studies([], NEVER);
      expect(none.ok && none.value.size).to.equal(0);
    });

    it('takes an unknown study for an empty one', async () => {
      const instances = await archive.instances(freshUid(), NEVER);
      expect(instances.ok && instances.value.size).to.equal(0);
    });

    it('bears what is sent twice', async () => {
      const parcels = [part10Parcel(), part10Parcel()];
      verdictsOf(await archive.send(parcels, NEVER));
      const again = verdictsOf(await archive.send(parcels, NEVER));
      expect(again.map(isThere)).to.deep.equal([true, true]);
    });

    it('gives each parcel its own verdict where two have one SOP Instance UID', async () => {
      const [sop, study] = [freshUid(), freshUid()];
      const parcels = [part10Parcel({sop, study}), part10Parcel({sop, study, bytes: 100})];
      const verdicts = verdictsOf(await archive.send(parcels, NEVER));
      expect(verdicts).to.have.length(2);
      expect(verdicts.filter(isThere).length).to.be.at.least(1);
    });

    it('stores the good beside the bad, and never calls the bad one stored', async () => {
      const parcels = [part10Parcel(), brokenParcel(), part10Parcel({without: 'study'}), part10Parcel()];
      const result = await archive.send(parcels, NEVER);
      const verdicts = verdictsOf(result);
      expect(isThere(verdicts[1])).to.equal(false);
      for (const i of [0, 3]) {
        const study = parcels[i]!.header.studyInstanceUid;
        const there = await archive.instances(study, NEVER);
        const isHeld = there.ok && there.value.has(parcels[i]!.header.sopInstanceUid);
        expect(isThere(verdicts[i]), `parcel ${i}`).to.equal(isHeld);
      }
    });

    it('answers nothing for nothing', async () => {
      expect(verdictsOf(await archive.send([], NEVER))).to.deep.equal([]);
    });

    it('ends at once when it is aborted', async () => {
      const stopped = new AbortController();
      stopped.abort();
      expect(await archive.send([part10Parcel()], stopped.signal)).to.deep.equal({kind: 'aborted'});
      expect((await archive.probe(stopped.signal)).ok).to.equal(false);
      expect((await archive.instances('1.2.3', stopped.signal)).ok).to.equal(false);
      expect((await archive.studies(['1.2.3', '1.2.4'], stopped.signal)).ok).to.equal(false);
    });

    it('reports an archive that is not there, and that nothing has left', async () => {
      const nowhere = subject.nowhere();
      const fault = {reason: 'unreachable', status: null, retryAfterMs: null, bytesLeft: false};
      expect(await nowhere.send([part10Parcel()], NEVER)).to.deep.equal({kind: 'fault', fault});
      expect(await nowhere.probe(NEVER)).to.deep.equal({ok: false, fault});
      expect(await nowhere.instances('1.2.3', NEVER)).to.deep.equal({ok: false, fault});
      expect(await nowhere.studies(['1.2.3', '1.2.4'], NEVER)).to.deep.equal({ok: false, fault});
    });
  });
}
