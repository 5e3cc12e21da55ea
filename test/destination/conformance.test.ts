import {DicomWebDestination} from '../../src/destination/dicomweb-destination.js';
import {OrthancDestination} from '../../src/destination/orthanc-destination.js';
import {describeDestination} from './conformance.js';
import {FakeStow, type Manner} from './fake-stow.js';

const authorization = () => Promise.resolve({});
const NOWHERE = 'http://127.0.0.1:1';

const MANNERS: readonly Manner[] = [
  'standard',
  'orthanc',
  'azure',
  'dcm4chee',
  'xml',
  'strings',
  'no-lists',
  'no-filter',
  'strict-404',
  'short-pages',
  'asks-for-filter',
];
for (const manner of MANNERS) {
  describeDestination(`DICOMweb, a fake in the manner "${manner}"`, {
    open: async () => {
      const {baseUrl} = await new FakeStow().control({manner});
      return new DicomWebDestination({baseUrl, name: 'Fake', authorization});
    },
    nowhere: () => new DicomWebDestination({baseUrl: NOWHERE, name: 'Nobody', authorization}),
  });
}

async function orthanc(): Promise<{readonly absent: string} | null> {
  const answer = await fetch('/orthanc/system');
  return answer.status === 501 ? {absent: await answer.text()} : null;
}

describeDestination('DICOMweb of a real Orthanc', {
  open: async () =>
    (await orthanc()) ??
    new DicomWebDestination({baseUrl: '/orthanc/dicom-web', name: 'Orthanc', authorization}),
  nowhere: () => new DicomWebDestination({baseUrl: NOWHERE, name: 'Nobody', authorization}),
});

describeDestination('a real Orthanc by its own API', {
  open: async () =>
    (await orthanc()) ?? new OrthancDestination({baseUrl: '/orthanc', name: 'Orthanc', authorization}),
  nowhere: () => new OrthancDestination({baseUrl: NOWHERE, name: 'Nobody', authorization}),
});

describeDestination('DICOMweb of the embedded archive', {
  open: () =>
    Promise.resolve(
      new DicomWebDestination({baseUrl: '/embedded/dicom-web', name: 'Embedded', authorization}),
    ),
  nowhere: () => new DicomWebDestination({baseUrl: NOWHERE, name: 'Nobody', authorization}),
});
