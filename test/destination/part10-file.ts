import type {Parcel} from '../../src/job/ports/destination.js';
import type {FileContent} from '../../src/job/ports/source.js';

const EXPLICIT_LE = '1.2.840.10008.1.2.1';
const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7';

const padded = (text: string, pad: string) => (text.length % 2 === 0 ? text : text + pad);

function element(group: number, number: number, vr: string, value: string): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(padded(value, vr === 'UI' ? '\0' : ' '));
  const out = new Uint8Array(8 + bytes.length);
  const view = new DataView(out.buffer);
  view.setUint16(0, group, true);
  view.setUint16(2, number, true);
  out.set(new TextEncoder().encode(vr), 4);
  view.setUint16(6, bytes.length, true);
  out.set(bytes, 8);
  return out;
}

/** A UID of this test run's own: two runs against one archive never meet. */
let counter = 0;
export function freshUid(): string {
  const random = crypto.getRandomValues(new BigUint64Array(1))[0] ?? 1n;
  return `2.25.${random}${++counter}`;
}

export interface FileWishes {
  readonly sop?: string;
  readonly study?: string;
  readonly series?: string;
  readonly patientId?: string;
  /** Left out of the file, though the header speaks of it. */
  readonly without?: 'study' | 'sop';
  readonly bytes?: number;
}

/** A small Part 10 file (PS3.10 7.1), explicit little endian, with what an archive wants to know. */
export function part10Parcel(wishes: FileWishes = {}): Parcel {
  const sop = wishes.sop ?? freshUid();
  const study = wishes.study ?? freshUid();
  const series = wishes.series ?? freshUid();
  const meta = [
    element(2, 2, 'UI', SECONDARY_CAPTURE),
    element(2, 3, 'UI', sop),
    element(2, 0x10, 'UI', EXPLICIT_LE),
    element(2, 0x12, 'UI', '2.25.1'),
  ];
  const length = new Uint8Array(12);
  const view = new DataView(length.buffer);
  view.setUint16(0, 2, true);
  length.set(new TextEncoder().encode('UL'), 4);
  view.setUint16(6, 4, true);
  view.setUint32(
    8,
    meta.reduce((sum, e) => sum + e.length, 0),
    true,
  );
  const patientId = wishes.patientId ?? 'P1';
  const blob = new Blob([
    new Uint8Array(128),
    'DICM',
    length,
    ...meta,
    element(8, 0x16, 'UI', SECONDARY_CAPTURE),
    ...(wishes.without === 'sop' ? [] : [element(8, 0x18, 'UI', sop)]),
    element(8, 0x20, 'DA', '20240131'),
    element(8, 0x60, 'CS', 'OT'),
    element(0x10, 0x10, 'PN', 'Test^Person'),
    ...(patientId === '' ? [] : [element(0x10, 0x20, 'LO', patientId)]),
    ...(wishes.without === 'study' ? [] : [element(0x20, 0xd, 'UI', study)]),
    element(0x20, 0xe, 'UI', series),
    element(0x20, 0x10, 'SH', '1'),
    ...padding(wishes.bytes ?? 0),
  ]);
  return parcelOf(blob, {sop, study, series, patientId});
}

/** Private data, so that a file is as large as wanted. */
function padding(bytes: number): Uint8Array<ArrayBuffer>[] {
  if (bytes === 0) return [];
  const out = new Uint8Array(12 + bytes + (bytes % 2));
  const view = new DataView(out.buffer);
  view.setUint16(0, 0x29, true);
  view.setUint16(2, 0x1010, true);
  out.set(new TextEncoder().encode('OB'), 4);
  view.setUint32(8, bytes + (bytes % 2), true);
  return [element(0x29, 0x10, 'LO', 'PACS MIGRATION'), out];
}

export function parcelOf(
  blob: Blob,
  uids: {sop: string; study: string; series: string; patientId: string},
): Parcel {
  const content: FileContent = Object.assign(blob, {lastModified: 0});
  return {
    path: `folder/${uids.sop}.dcm`,
    content,
    header: {
      encoding: 'part10',
      transferSyntaxUid: EXPLICIT_LE,
      sopClassUid: SECONDARY_CAPTURE,
      sopInstanceUid: uids.sop,
      studyInstanceUid: uids.study,
      seriesInstanceUid: uids.series,
      studyDate: '20240131',
      orderDate: {date: '20240131', source: 'study'},
      studyTime: null,
      modality: 'OT',
      patientId: uids.patientId,
      patientName: 'Test^Person',
      patientBirthDate: null,
      studyDescription: '',
      accessionNumber: '',
      preamble: 'zero',
    },
  };
}

/** Bytes that are no DICOM, under a header that says they are. */
export function brokenParcel(): Parcel {
  const [sop, study, series] = [freshUid(), freshUid(), freshUid()];
  return parcelOf(new Blob(['this is no DICOM file']), {sop, study, series, patientId: 'P1'});
}
