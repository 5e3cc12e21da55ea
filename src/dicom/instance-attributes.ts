import {characterSetsOf, decodeText, latin1} from './character-set.js';
import type {Elements} from './dicom-parser-adapter.js';
import {TAG} from './header-tags.js';
import type {Encoding, InstanceHeader, Preamble} from './instance-header.js';
import {bestDate, parseDicomDate, parseDicomTime} from './study-date.js';

const NUL = 0;

/** The raw bytes of a value; empty where the element is absent. */
function valueOf(elements: Elements, bytes: Uint8Array, tag: number): Uint8Array {
  const place = elements.get(tag);
  return place ? bytes.subarray(place.dataOffset, place.dataOffset + place.length) : bytes.subarray(0, 0);
}

/** A value in ASCII: code, date, time. */
function codeOf(elements: Elements, bytes: Uint8Array, tag: number): string {
  return withoutPadding(latin1(valueOf(elements, bytes, tag)));
}

/** A UID without its padding, by NUL or, against the rule, by spaces (PS3.5 9.1). What is behind a NUL is no part. */
export function uidOf(elements: Elements, bytes: Uint8Array, tag: number): string {
  const value = valueOf(elements, bytes, tag);
  const end = value.indexOf(NUL);
  return latin1(end < 0 ? value : value.subarray(0, end)).trim();
}

const PADDING = ' \0';

/** Cuts off spaces and NULs at both ends, and nothing else: `trim` would take the 0xA0 of other character sets. */
function withoutPadding(text: string): string {
  let start = 0;
  let end = text.length;
  while (end > start && PADDING.includes(text.charAt(end - 1))) end--;
  while (start < end && PADDING.includes(text.charAt(start))) start++;
  return text.slice(start, end);
}

/** A name without the empty groups at its end: `Wang^XiaoDong=王^小東=` says no more without the last sign. */
function withoutEmptyGroups(name: string): string {
  return withoutPadding(name.replace(/[= \0]+$/, ''));
}

/** Decodes the identifying attributes of a data set. What is absent is the empty text or null. */
export function readAttributes(
  elements: Elements,
  bytes: Uint8Array,
  encoding: Encoding,
  transferSyntaxUid: string,
  preamble: Preamble,
): InstanceHeader {
  const sets = elements.has(TAG.specificCharacterSet)
    ? characterSetsOf(codeOf(elements, bytes, TAG.specificCharacterSet))
    : null;
  const text = (tag: number, vr: 'LO' | 'SH' | 'PN') => decodeText(valueOf(elements, bytes, tag), sets, vr);
  const date = (tag: number) => parseDicomDate(codeOf(elements, bytes, tag));
  const studyDate = date(TAG.studyDate);
  return {
    encoding,
    transferSyntaxUid,
    sopClassUid: uidOf(elements, bytes, TAG.sopClassUid),
    sopInstanceUid: uidOf(elements, bytes, TAG.sopInstanceUid),
    studyInstanceUid: uidOf(elements, bytes, TAG.studyInstanceUid),
    seriesInstanceUid: uidOf(elements, bytes, TAG.seriesInstanceUid),
    studyDate,
    orderDate: bestDate({
      study: studyDate,
      series: studyDate ?? date(TAG.seriesDate),
      acquisition: studyDate ?? date(TAG.acquisitionDate),
      content: studyDate ?? date(TAG.contentDate),
    }),
    studyTime: parseDicomTime(codeOf(elements, bytes, TAG.studyTime)),
    modality: codeOf(elements, bytes, TAG.modality),
    patientId: withoutPadding(text(TAG.patientId, 'LO')),
    patientName: withoutEmptyGroups(text(TAG.patientName, 'PN')),
    patientBirthDate: date(TAG.patientBirthDate),
    studyDescription: withoutPadding(text(TAG.studyDescription, 'LO')),
    accessionNumber: withoutPadding(text(TAG.accessionNumber, 'SH')),
    preamble,
  };
}
