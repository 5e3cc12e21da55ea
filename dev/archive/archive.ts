import type {Middleware} from 'koa';
import {ARCHIVE_API, serveArchiveApi} from './archive-api.js';
import {ArchiveIndex} from './archive-index.js';
import type {ArchiveParts} from './archive-parts.js';
import {openDataFolder} from './data-folder.js';
import {DICOM_WEB, serveDicomWeb} from './dicom-web.js';
import {ImportRoots} from './import-roots.js';
import {DEFAULT_LIMITS, type Limits} from './limits.js';
import {recover} from './pending-renames.js';
import {lockFolder} from './process-lock.js';
import {ReceiptLog} from './receipt-log.js';
import type {Room} from './receive-parts.js';
import {Storing} from './storing.js';

export interface ArchiveOptions {
  /** Where everything is kept; made where it is missing. */
  readonly dataFolder: string;
  readonly name?: string;
  /** Folders below which files may be linked. */
  readonly importRoots?: readonly string[];
  readonly limits?: Partial<Limits>;
  /** Bytes that the archive may keep of its own; without end where it is absent. */
  readonly quotaBytes?: number;
  /**
   * Whether files reach the disk itself before they are called stored (the default). Without it, what is called
   * stored survives the end of the process, but not a power cut.
   */
  readonly sync?: boolean;
}

export interface Archive {
  /** Answers `/dicom-web` and `/archive`; lets all else pass. Faults are thrown as `HttpFault`. */
  readonly middleware: Middleware;
  /** Waits for what is being stored, and gives the folder back. */
  close(): Promise<void>;
}

function roomFor(quota: number, own: () => number): Room {
  let coming = 0;
  return {
    take(bytes) {
      if (own() + coming + bytes > quota) return false;
      coming += bytes;
      return true;
    },
    give(bytes) {
      coming -= bytes;
    },
  };
}

const isBelow = (path: string, prefix: string) => path === prefix || path.startsWith(`${prefix}/`);

/**
 * Opens the embedded archive: a small PACS for trying and for tests, in a folder. Makes good what a kill has left.
 * Throws `FolderInUseError` where another process has the folder.
 */
export async function openArchive(options: ArchiveOptions): Promise<Archive> {
  const data = openDataFolder(options.dataFolder);
  const unlock = lockFolder(data.root);
  try {
    const roots = new ImportRoots(options.importRoots ?? []);
    const index = new ArchiveIndex(data.index);
    await recover(data, index);
    const receipts = new ReceiptLog(data.receipts);
    const sync = options.sync ?? true;
    const storing = new Storing(data, index, sync);
    const parts: ArchiveParts = {
      name: options.name ?? 'Embedded archive',
      data,
      index,
      storing,
      receipts,
      room: roomFor(options.quotaBytes ?? Infinity, () => index.ownBytes),
      roots,
      limits: {...DEFAULT_LIMITS, ...options.limits},
      sync,
    };
    return {
      middleware: async (ctx, next) => {
        if (isBelow(ctx.path, DICOM_WEB)) await serveDicomWeb(ctx, parts);
        else if (isBelow(ctx.path, ARCHIVE_API)) await serveArchiveApi(ctx, parts);
        else await next();
      },
      async close() {
        await storing.idle();
        index.close();
        receipts.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}
