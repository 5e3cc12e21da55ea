/** Attributes of the Basic Directory IOD (PS3.3 F.3.2). */
export const DIRECTORY_TAG = {
  records: 0x00041220,
  next: 0x00041400,
  inUse: 0x00041410,
  firstChild: 0x00041420,
  recordType: 0x00041430,
  referencedFileId: 0x00041500,
  referencedSopClassUid: 0x00041510,
  referencedSopInstanceUid: 0x00041511,
  referencedTransferSyntaxUid: 0x00041512,
} as const;
