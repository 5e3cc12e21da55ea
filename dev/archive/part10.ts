import {promisify} from 'node:util';
import {inflateRaw} from 'node:zlib';
import {attributeOfTag, isSafeUid, type AttributeValues} from './attributes.js';
import {MemorySource, type ByteSource} from './byte-source.js';
import {
  isVr,
  walkDataSet,
  type DataSetEncoding,
  type WalkedElement,
  type WalkFault,
} from './data-set-walk.js';
import {decodeText} from './dicom-text.js';

/** A Part 10 file (PS3.10 7), ready to be walked. */
export interface Part10 {
  readonly source: ByteSource;
  readonly dataSetStart: number;
  readonly encoding: DataSetEncoding;
  readonly transferSyntaxUid: string;
  /** 0002,0002 and 0002,0003. */
  readonly mediaStorage: {readonly sopClassUid: string; readonly sopInstanceUid: string};
}

export interface InstanceReading {
  readonly transferSyntaxUid: string;
  readonly values: AttributeValues;
  /** The file header names another SOP class or instance than the data set. */
  readonly headerDiffers: boolean;
}

export type Part10Fault =
  WalkFault | 'not-part10' | 'no-uids' | 'bad-uid' | 'directory' | 'inflated-too-large';

export interface Refusal {
  readonly fault: Part10Fault;
  /** As far as they are legible; empty where not. */
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
}

const EXPLICIT_LE: DataSetEncoding = {explicit: true, bigEndian: false};
const IMPLICIT_LE_UID = '1.2.840.10008.1.2';
const EXPLICIT_BE_UID = '1.2.840.10008.1.2.2';
const DEFLATED = new Set(['1.2.840.10008.1.2.1.99']);
const DIRECTORY_CLASS = '1.2.840.10008.1.3.10';
const MAX_INFLATED = 512 * 2 ** 20;
const MAX_VALUE = 65_536;

const inflate = promisify(inflateRaw);

const uidAt = (source: ByteSource, element: WalkedElement) =>
  decodeText(source.read(element.valueOffset, Math.min(element.length ?? 0, 128)), 'UI', '');

/** The file header is explicit VR little endian; it ends with the last element of group 0002, whatever its length says. */
function readFileMeta(source: ByteSource) {
  const uids = new Map<number, string>();
  let end = 132;
  walkDataSet(source, end, EXPLICIT_LE, {
    element(element) {
      if (element.tag >>> 16 !== 2) return 'stop';
      if (element.vr === 'UI') uids.set(element.tag, uidAt(source, element));
      end = element.valueOffset + (element.length ?? 0);
      return undefined;
    },
  });
  return {uids, end};
}

/** What the first element shows counts for more than what the file header says: writers err in both directions. */
function encodingOf(transferSyntaxUid: string, source: ByteSource, start: number): DataSetEncoding {
  const bigEndian = transferSyntaxUid === EXPLICIT_BE_UID;
  const declared = {explicit: transferSyntaxUid !== IMPLICIT_LE_UID, bigEndian};
  const head = source.read(start, 8);
  if (head.length < 8) return declared;
  return {...declared, explicit: isVr(head.toString('latin1', 4, 6))};
}

/** Opens a Part 10 file; a deflated data set is inflated in memory. */
export async function openPart10(source: ByteSource): Promise<Part10 | Refusal> {
  const none = {sopClassUid: '', sopInstanceUid: ''};
  if (source.read(128, 4).toString('latin1') !== 'DICM') return {fault: 'not-part10', ...none};
  const {uids, end: start} = readFileMeta(source);
  const mediaStorage = {sopClassUid: uids.get(0x00020002) ?? '', sopInstanceUid: uids.get(0x00020003) ?? ''};
  const transferSyntaxUid = uids.get(0x00020010) ?? '';
  if (transferSyntaxUid === '') return {fault: 'not-part10', ...mediaStorage};
  if (!DEFLATED.has(transferSyntaxUid)) {
    const encoding = encodingOf(transferSyntaxUid, source, start);
    return {source, dataSetStart: start, encoding, transferSyntaxUid, mediaStorage};
  }
  try {
    const deflated = Buffer.from(source.read(start, source.size - start));
    const inflated = new MemorySource(await inflate(deflated, {maxOutputLength: MAX_INFLATED}));
    return {source: inflated, dataSetStart: 0, encoding: EXPLICIT_LE, transferSyntaxUid, mediaStorage};
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    const fault =
      code === 'Z_BUF_ERROR'
        ? 'cut-short'
        : code === 'ERR_BUFFER_TOO_LARGE'
          ? 'inflated-too-large'
          : 'damaged';
    return {fault, ...mediaStorage};
  }
}

function numbersOf(bytes: Buffer, bigEndian: boolean): string {
  const numbers: number[] = [];
  for (let i = 0; i + 2 <= bytes.length; i += 2)
    numbers.push(bigEndian ? bytes.readUInt16BE(i) : bytes.readUInt16LE(i));
  return numbers.join('\\');
}

/**
 * Reads the attributes that are indexed, and walks the whole data set to its end: an instance that was cut short is
 * refused here, not found by a reader years later.
 */
export function readInstance(file: Part10): InstanceReading | Refusal {
  const {source, encoding, mediaStorage} = file;
  const raw = new Map<number, {readonly vr: string; readonly bytes: Buffer}>();
  let characterSet = '';
  const result = walkDataSet(source, file.dataSetStart, encoding, {
    element({tag, length, valueOffset}, depth) {
      if (depth > 0 || length === null || length === 0 || length > MAX_VALUE) return undefined;
      const bytes = () => Buffer.from(source.read(valueOffset, length));
      const attribute = attributeOfTag(tag);
      if (tag === 0x00080005) characterSet = decodeText(bytes(), 'CS', '');
      else if (attribute && !raw.has(tag)) raw.set(tag, {vr: attribute.vr, bytes: bytes()});
      return undefined;
    },
  });
  const values: Record<string, string> = {};
  for (const [tag, {vr, bytes}] of raw) {
    const keyword = attributeOfTag(tag)?.keyword ?? '';
    const text = vr === 'US' ? numbersOf(bytes, encoding.bigEndian) : decodeText(bytes, vr, characterSet);
    if (text !== '') values[keyword] = text;
  }
  const sopClassUid = values['SOPClassUID'] ?? mediaStorage.sopClassUid;
  const sopInstanceUid = values['SOPInstanceUID'] ?? mediaStorage.sopInstanceUid;
  const refuse = (fault: Part10Fault): Refusal => ({fault, sopClassUid, sopInstanceUid});
  if (mediaStorage.sopClassUid === DIRECTORY_CLASS) return refuse('directory');
  if (!result.ok) return refuse(result.fault);
  const uids = ['SOPClassUID', 'SOPInstanceUID', 'StudyInstanceUID', 'SeriesInstanceUID'].map(k => values[k]);
  if (uids.some(uid => uid === undefined)) return refuse('no-uids');
  if (!uids.every(uid => uid !== undefined && isSafeUid(uid))) return refuse('bad-uid');
  const differs = (named: string, own: string) => named !== '' && named !== own;
  const headerDiffers =
    differs(mediaStorage.sopClassUid, sopClassUid) || differs(mediaStorage.sopInstanceUid, sopInstanceUid);
  return {transferSyntaxUid: file.transferSyntaxUid, values, headerDiffers};
}
