import {latin1} from './character-set.js';
import {directoryItems, type DirectoryItem} from './dicomdir-items.js';
import {DIRECTORY_TAG} from './dicomdir-tags.js';
import {readAttributes, uidOf} from './instance-attributes.js';
import {TAG} from './header-tags.js';
import type {InstanceHeader} from './instance-header.js';
import {bestDate} from './study-date.js';

/** A File ID: the names of folders and file below the folder of the DICOMDIR, as they are written there. */
export type FileId = readonly string[];

/** What a DICOMDIR says of one file. Texts that it does not hold are empty, dates null. */
export interface DirectoryRecord extends Pick<
  InstanceHeader,
  | 'transferSyntaxUid'
  | 'sopClassUid'
  | 'sopInstanceUid'
  | 'studyInstanceUid'
  | 'seriesInstanceUid'
  | 'studyDate'
  | 'orderDate'
  | 'studyTime'
  | 'modality'
  | 'patientId'
  | 'patientName'
  | 'patientBirthDate'
  | 'studyDescription'
  | 'accessionNumber'
> {
  readonly fileId: FileId;
  /** `IMAGE`, `SR DOCUMENT`, `RT DOSE` … (PS3.3 F.5). */
  readonly recordType: string;
}

export type DirectoryReading =
  | {
      readonly ok: true;
      readonly records: readonly DirectoryRecord[];
      /** Further indexes that this one points to; their File IDs count from the same folder as this one's. */
      readonly nested: readonly FileId[];
      /** True where the index ends before its records do, or holds bytes that are no records. */
      readonly incomplete: boolean;
    }
  | {readonly ok: false; readonly why: 'not-dicomdir' | 'damaged-header'};

const MEDIA_STORAGE_DIRECTORY_UID = '1.2.840.10008.1.3.10';
const NESTED_INDEX_NAME = /^(DIRFILE|DICOMDIR)(;\d+)?$/i;

/** No hierarchy is deeper: patient, study, series, instance, and a few private levels (PS3.3 F.4). */
const DEEPEST_LEVEL = 16;

/**
 * Reads a whole DICOMDIR (PS3.10 8, PS3.3 F). The offsets between the records make the tree, in whatever order the
 * records lie; a record that no offset leads to belongs to the study and series that lie before it. Never throws.
 */
export function readDicomdir(bytes: Uint8Array): DirectoryReading {
  const found = directoryItems(bytes);
  if (!found.ok) return found;
  const levels = levelsOf(found.items);
  const parents = parentsOf(levels);
  const records: DirectoryRecord[] = [];
  const nested: FileId[] = [];
  const before: Before = {patient: null, study: null, series: null};
  for (const level of levels) {
    remember(before, level);
    if (level.fileId.length === 0 || !level.inUse) continue;
    if (leadsToIndex(level)) nested.push(level.fileId);
    else records.push(recordOf(level, ancestorsOf(level, parents, before)));
  }
  return {ok: true, records, nested, incomplete: found.incomplete};
}

/** One record of the index with what it says itself; everything else it inherits from the records above it. */
interface Level {
  readonly item: DirectoryItem;
  readonly type: string;
  readonly inUse: boolean;
  readonly fileId: FileId;
  readonly attributes: InstanceHeader;
}

function levelsOf(items: readonly DirectoryItem[]): readonly Level[] {
  return items.map(item => {
    const {bytes, elements} = item;
    const text = (tag: number) => {
      const place = elements.get(tag);
      return place ? latin1(bytes.subarray(place.dataOffset, place.dataOffset + place.length)) : '';
    };
    return {
      item,
      type: text(DIRECTORY_TAG.recordType).replace(/\0/g, ' ').trim().toUpperCase(),
      // 0000 marks a record that was deleted (PS3.3 F.3.2.2).
      inUse: item.inUse,
      fileId: fileIdOf(text(DIRECTORY_TAG.referencedFileId)),
      attributes: readAttributes(elements, bytes, 'part10', '', 'none'),
    };
  });
}

/** Some writers put the path into one value with slashes, or pad each component. */
function fileIdOf(value: string): FileId {
  return value
    .replace(/\0/g, ' ')
    .split(/[\\/]/)
    .map(component => component.trim())
    .filter(component => component !== '' && component !== '.');
}

/** Whose lower level a record belongs to. A record counts once, so circles end. */
function parentsOf(levels: readonly Level[]): ReadonlyMap<Level, Level> {
  const byOffset = new Map(levels.map(level => [level.item.offset, level]));
  const parents = new Map<Level, Level>();
  for (const parent of levels) {
    let child = byOffset.get(parent.item.firstChild);
    while (child && child !== parent && !parents.has(child)) {
      parents.set(child, parent);
      child = child.item.next === 0 ? undefined : byOffset.get(child.item.next);
    }
  }
  return parents;
}

interface Before {
  patient: Level | null;
  study: Level | null;
  series: Level | null;
}

function remember(before: Before, level: Level): void {
  if (level.type === 'PATIENT') {
    before.patient = level;
    before.study = before.series = null;
  } else if (level.type === 'STUDY') {
    before.study = level;
    before.series = null;
  } else if (level.type === 'SERIES') {
    before.series = level;
  }
}

function ancestorsOf(level: Level, parents: ReadonlyMap<Level, Level>, before: Before): readonly Level[] {
  const ancestors: Level[] = [];
  for (
    let parent = parents.get(level);
    parent && ancestors.length < DEEPEST_LEVEL;
    parent = parents.get(parent)
  ) {
    ancestors.push(parent);
  }
  if (ancestors.length > 0) return ancestors;
  return [before.series, before.study, before.patient].filter(
    found => found !== null && found !== level,
  ) as Level[];
}

function leadsToIndex(level: Level): boolean {
  return (
    uidOf(level.item.elements, level.item.bytes, DIRECTORY_TAG.referencedSopClassUid) ===
      MEDIA_STORAGE_DIRECTORY_UID || NESTED_INDEX_NAME.test(level.fileId[level.fileId.length - 1] ?? '')
  );
}

function recordOf(level: Level, ancestors: readonly Level[]): DirectoryRecord {
  const chain = [level, ...ancestors];
  /** The nearest level that says anything. */
  const text = (key: TextKey) => chain.find(one => one.attributes[key] !== '')?.attributes[key] ?? '';
  const date = (key: 'studyDate' | 'studyTime' | 'patientBirthDate') =>
    chain.find(one => one.attributes[key] !== null)?.attributes[key] ?? null;
  const own = (tag: number) => uidOf(level.item.elements, level.item.bytes, tag);
  const studyDate = date('studyDate');
  return {
    fileId: level.fileId,
    recordType: level.type,
    transferSyntaxUid: own(DIRECTORY_TAG.referencedTransferSyntaxUid),
    sopClassUid: own(DIRECTORY_TAG.referencedSopClassUid) || own(TAG.sopClassUid),
    sopInstanceUid: own(DIRECTORY_TAG.referencedSopInstanceUid) || own(TAG.sopInstanceUid),
    studyInstanceUid: text('studyInstanceUid'),
    seriesInstanceUid: text('seriesInstanceUid'),
    studyDate,
    orderDate: studyDate
      ? bestDate({study: studyDate, series: null, acquisition: null, content: null})
      : (chain.find(one => one.attributes.orderDate !== null)?.attributes.orderDate ?? null),
    studyTime: date('studyTime'),
    modality: text('modality'),
    patientId: text('patientId'),
    patientName: text('patientName'),
    patientBirthDate: date('patientBirthDate'),
    studyDescription: text('studyDescription'),
    accessionNumber: text('accessionNumber'),
  };
}

type TextKey =
  | 'studyInstanceUid'
  | 'seriesInstanceUid'
  | 'modality'
  | 'patientId'
  | 'patientName'
  | 'studyDescription'
  | 'accessionNumber';

/**
 * The names under which a file on the medium can answer to a File ID, the best first: as ISO 9660 and the drivers for
 * it change names, letters lose their case, a version `;1` comes or goes, an extension is added.
 */
export function fileIdKeys(path: readonly string[]): readonly [exact: string, loose: string] {
  const exact = path.join('/').toLowerCase();
  return [exact.replace(/;\d+$/, ''), exact.replace(/;\d+$/, '').replace(/\.[^./]*$/, '')];
}
