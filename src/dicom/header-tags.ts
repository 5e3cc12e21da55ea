/** The attributes that a migration needs, by group and element (PS3.6). */
export const TAG = {
  mediaStorageSopClassUid: 0x00020002,
  mediaStorageSopInstanceUid: 0x00020003,
  transferSyntaxUid: 0x00020010,
  specificCharacterSet: 0x00080005,
  sopClassUid: 0x00080016,
  sopInstanceUid: 0x00080018,
  studyDate: 0x00080020,
  seriesDate: 0x00080021,
  acquisitionDate: 0x00080022,
  contentDate: 0x00080023,
  studyTime: 0x00080030,
  accessionNumber: 0x00080050,
  modality: 0x00080060,
  studyDescription: 0x00081030,
  patientName: 0x00100010,
  patientId: 0x00100020,
  patientBirthDate: 0x00100030,
  studyInstanceUid: 0x0020000d,
  seriesInstanceUid: 0x0020000e,
} as const;

/** What is looked up in the file header, and what in the data set. Group 0004 tells a DICOMDIR without file header. */
export const FILE_META_TAGS: ReadonlySet<number> = new Set([
  TAG.mediaStorageSopClassUid,
  TAG.mediaStorageSopInstanceUid,
  TAG.transferSyntaxUid,
]);

export const DATA_SET_TAGS: ReadonlySet<number> = new Set(
  Object.values(TAG).filter(tag => !FILE_META_TAGS.has(tag)),
);
