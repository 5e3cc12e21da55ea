/** The numbers by which the engine lives; given from outside so that tests can make them small. */
export interface EngineLimits {
  /** Files and bytes of one request; a larger file goes alone. Measured: 16–32 files serve Orthanc best. */
  readonly batchFiles: number;
  readonly batchBytes: number;
  /** Files whose headers are held at a time: a larger folder is taken in windows of this many. */
  readonly folderWindow: number;
  /** Files opened and read together; a composed read of 50–100 slices costs least a file. */
  readonly readChunk: number;
  /** Folders that are open at a time, waiting for their last answers or for verification. */
  readonly openFolders: number;
  /** Instances of a study that may wait for its verification. */
  readonly verifyAfter: number;
  /** Deaths of the archive after which a file is set aside. */
  readonly deathsAllowed: number;
  /** Sendings of a file by itself without a verdict, after which it fails if the archive takes others. */
  readonly triesAllowed: number;
  /** Files without a verdict that are kept for another try while others go before them. */
  readonly doubtfulFiles: number;
  /** First and longest pause between two looks whether the archive is back, milliseconds. */
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
  /** How often a lost medium is looked for, milliseconds. */
  readonly mediumLookMs: number;
}

export const DEFAULT_LIMITS: EngineLimits = {
  batchFiles: 32,
  batchBytes: 32 * 1024 * 1024,
  folderWindow: 10_000,
  readChunk: 64,
  openFolders: 256,
  verifyAfter: 5_000,
  deathsAllowed: 3,
  triesAllowed: 3,
  doubtfulFiles: 2_000,
  firstRetryMs: 1_000,
  longestRetryMs: 60_000,
  mediumLookMs: 2_000,
};
