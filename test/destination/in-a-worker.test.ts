import {DicomWebDestination} from '../../src/destination/dicomweb-destination.js';
import type {Parcel} from '../../src/job/ports/destination.js';
import {FakeStow} from './fake-stow.js';
import {part10Parcel} from './part10-file.js';

/** This file is both: the tests, and the worker that they start. */
const isWorker = typeof document === 'undefined';

interface Order {
  readonly baseUrl: string;
  readonly parcels: readonly Parcel[];
}

async function work({baseUrl, parcels}: Order) {
  const authorization = () => Promise.resolve({});
  const archive = new DicomWebDestination({baseUrl, name: 'Fake', authorization});
  const never = new AbortController().signal;
  const [first] = parcels;
  return {
    probed: await archive.probe(never),
    sent: await archive.send(parcels, never),
    studies: await archive.studies([first?.header.studyInstanceUid ?? '', '1.2.3'], never),
    nobody: await new DicomWebDestination({
      baseUrl: 'http://127.0.0.1:1',
      name: '',
      authorization,
    }).send(parcels, never),
  };
}

if (isWorker) {
  addEventListener('message', (event: MessageEvent<Order>) => {
    void work(event.data).then(result => postMessage(result));
  });
} else {
  describe('a destination in a worker, where there is no page', () => {
    it('sends, is answered, and tells faults as it does elsewhere', async () => {
      const {expect} = await import('@open-wc/testing');
      const {baseUrl} = await new FakeStow().control({});
      const worker = new Worker(import.meta.url, {type: 'module'});
      const parcels = [part10Parcel(), part10Parcel({bytes: 100_000})];
      const answer = new Promise<Awaited<ReturnType<typeof work>>>((resolve, reject) => {
        worker.addEventListener('message', (event: MessageEvent<Awaited<ReturnType<typeof work>>>) =>
          resolve(event.data),
        );
        worker.addEventListener('error', event => reject(new Error(event.message)));
      });
      worker.postMessage({baseUrl, parcels} satisfies Order);
      const {probed, sent, studies, nobody} = await answer;
      worker.terminate();
      expect(probed.ok).to.equal(true);
      expect(sent).to.deep.equal({
        kind: 'answered',
        verdicts: [{kind: 'stored'}, {kind: 'stored'}],
        fault: null,
      });
      expect(studies.ok && [...studies.value]).to.deep.equal([parcels[0]!.header.studyInstanceUid]);
      expect(nobody).to.have.nested.property('fault.bytesLeft', false);
    });
  });
}
