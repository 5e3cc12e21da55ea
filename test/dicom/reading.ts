import assert from 'node:assert/strict';
import type {HeaderReading, InstanceHeader, Unusable} from '../../src/dicom/instance-header.js';
import {readHeader} from '../../src/dicom/read-header.js';
import {
  IDENTITY,
  part10,
  UID_OF,
  withIdentity,
  writeDataSet,
  type Syntax,
  type WrittenElement,
} from './data-set-writer.js';

export const EXPLICIT = UID_OF['explicit-le'];

export function readWhole(file: Uint8Array): HeaderReading {
  const reading = readHeader(file, file.length);
  assert.notEqual(reading.kind, 'more', 'a whole file is decided');
  return reading as HeaderReading;
}

export function instanceOf(file: Uint8Array): InstanceHeader {
  const reading = readWhole(file);
  assert.equal(reading.kind, 'instance', JSON.stringify(reading));
  return (reading as {header: InstanceHeader}).header;
}

export function faultOf(file: Uint8Array): Unusable {
  const reading = readWhole(file);
  assert.equal(reading.kind, 'unusable', JSON.stringify(reading));
  return (reading as {why: Unusable}).why;
}

export function assertIdentity(header: InstanceHeader): void {
  assert.equal(header.sopClassUid, '1.2.840.10008.5.1.4.1.1.2');
  assert.equal(header.sopInstanceUid, '1.2.3.4.5.6');
  assert.equal(header.studyInstanceUid, '1.2.3.4');
  assert.equal(header.seriesInstanceUid, '1.2.3.4.5');
  assert.equal(header.studyDate, '20240229');
  assert.equal(header.studyTime, '101112');
  assert.equal(header.modality, 'CT');
  assert.equal(header.patientId, 'P-1');
  assert.equal(header.patientName, 'Doe^Jane');
  assert.equal(header.patientBirthDate, '19700101');
  assert.equal(header.studyDescription, 'Head');
  assert.equal(header.accessionNumber, 'A-17');
}

export const explicitFile = (...extra: readonly WrittenElement[]) =>
  part10(writeDataSet(withIdentity(...extra), 'explicit-le'), EXPLICIT);

export const pixels = (length: number): WrittenElement => ({
  tag: 0x7fe00010,
  vr: 'OW',
  value: new Uint8Array(length),
});

/** The bytes of an ordinary data set before and behind the place of a tag. */
export function split(tag: number, syntax: Syntax = 'explicit-le'): readonly [Uint8Array, Uint8Array] {
  return [
    writeDataSet(
      IDENTITY.filter(element => element.tag < tag),
      syntax,
    ),
    writeDataSet(
      IDENTITY.filter(element => element.tag > tag),
      syntax,
    ),
  ];
}
