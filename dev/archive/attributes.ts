/** Where an attribute stands in the information model (PS3.18 Table 10.6.1-3 ff.); patient's are the study's here. */
export type Level = 'study' | 'series' | 'instance';

export interface Attribute {
  /** As `ggggeeee`, upper case hexadecimal. */
  readonly tag: string;
  readonly keyword: string;
  readonly vr: string;
  readonly level: Level;
  /** Returned without being asked for. */
  readonly standard: boolean;
}

const row = (level: Level, tag: string, vr: string, keyword: string, standard = true): Attribute => ({
  tag,
  keyword,
  vr,
  level,
  standard,
});

/** What the index keeps of each instance: the attributes that can be asked for and are given back. */
export const ATTRIBUTES: readonly Attribute[] = [
  row('study', '00080020', 'DA', 'StudyDate'),
  row('study', '00080030', 'TM', 'StudyTime'),
  row('study', '00080050', 'SH', 'AccessionNumber'),
  row('study', '00080090', 'PN', 'ReferringPhysicianName'),
  row('study', '00081030', 'LO', 'StudyDescription'),
  row('study', '00100010', 'PN', 'PatientName'),
  row('study', '00100020', 'LO', 'PatientID'),
  row('study', '00100021', 'LO', 'IssuerOfPatientID', false),
  row('study', '00100030', 'DA', 'PatientBirthDate'),
  row('study', '00100040', 'CS', 'PatientSex'),
  row('study', '0020000D', 'UI', 'StudyInstanceUID'),
  row('study', '00200010', 'SH', 'StudyID'),
  row('series', '00080021', 'DA', 'SeriesDate', false),
  row('series', '00080031', 'TM', 'SeriesTime', false),
  row('series', '00080060', 'CS', 'Modality'),
  row('series', '00080070', 'LO', 'Manufacturer', false),
  row('series', '0008103E', 'LO', 'SeriesDescription'),
  row('series', '00180015', 'CS', 'BodyPartExamined', false),
  row('series', '00181030', 'LO', 'ProtocolName', false),
  row('series', '0020000E', 'UI', 'SeriesInstanceUID'),
  row('series', '00200011', 'IS', 'SeriesNumber'),
  row('series', '00400244', 'DA', 'PerformedProcedureStepStartDate'),
  row('series', '00400245', 'TM', 'PerformedProcedureStepStartTime'),
  row('instance', '00080008', 'CS', 'ImageType', false),
  row('instance', '00080016', 'UI', 'SOPClassUID'),
  row('instance', '00080018', 'UI', 'SOPInstanceUID'),
  row('instance', '00080022', 'DA', 'AcquisitionDate', false),
  row('instance', '00080023', 'DA', 'ContentDate', false),
  row('instance', '00080032', 'TM', 'AcquisitionTime', false),
  row('instance', '00080033', 'TM', 'ContentTime', false),
  row('instance', '00200012', 'IS', 'AcquisitionNumber', false),
  row('instance', '00200013', 'IS', 'InstanceNumber'),
  row('instance', '00280008', 'IS', 'NumberOfFrames'),
  row('instance', '00280010', 'US', 'Rows'),
  row('instance', '00280011', 'US', 'Columns'),
  row('instance', '00280100', 'US', 'BitsAllocated'),
];

const BY_TAG = new Map(ATTRIBUTES.map(attribute => [Number.parseInt(attribute.tag, 16), attribute]));
const BY_NAME = new Map(ATTRIBUTES.flatMap(a => [[a.keyword, a] as const, [a.tag, a] as const]));

/** `tag` is group and element in one number. */
export const attributeOfTag = (tag: number) => BY_TAG.get(tag);

/** By keyword or by tag, the tag in any case. */
export const attributeNamed = (name: string) => BY_NAME.get(name) ?? BY_NAME.get(name.toUpperCase());

/** Values of the indexed attributes by keyword: decoded and trimmed, several separated by `\`. Empty ones are absent. */
export type AttributeValues = Readonly<Record<string, string>>;

const UID = /^[0-9A-Za-z.-]{1,64}$/;

/**
 * Whether a text may stand as a UID in a path. Letters and hyphens are no part of a UID (PS3.5 9.1), but are met in
 * the field and do no harm; a name of dots alone would leave the folder.
 */
export const isSafeUid = (uid: string) => UID.test(uid) && !/^\.+$/.test(uid);
