import type {ArchiveIndex} from './archive-index.js';
import type {DataFolder} from './data-folder.js';
import type {ImportRoots} from './import-roots.js';
import type {Limits} from './limits.js';
import type {ReceiptLog} from './receipt-log.js';
import type {Room} from './receive-parts.js';
import type {Storing} from './storing.js';

/** What the archive is made of, for those who answer requests. */
export interface ArchiveParts {
  readonly name: string;
  readonly data: DataFolder;
  readonly index: ArchiveIndex;
  readonly storing: Storing;
  readonly receipts: ReceiptLog;
  readonly room: Room;
  readonly roots: ImportRoots;
  readonly limits: Limits;
  /** Whether files reach the disk before they are called stored. */
  readonly sync: boolean;
}
