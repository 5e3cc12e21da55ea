import type {JobRecord} from '../job/job-record.js';
import type {Source} from '../job/ports/source.js';
import {DirectoryHandleSource} from '../source/directory-handle-source.js';
import {FileListSource, folderFromInput} from '../source/file-list-source.js';
import type {GivenSource} from './job-worker-api.js';

/** A chosen source, with what it is recognised by. */
export interface CurrentSource {
  readonly source: Source;
  readonly handle: FileSystemDirectoryHandle | null;
  readonly fingerprint: string | null;
}

/** In place of a medium that is not at hand: a job can be brought to its end by the number of its files alone. */
export const NO_MEDIUM: CurrentSource = {
  source: new FileListSource(folderFromInput([])),
  handle: null,
  fingerprint: null,
};

/** Null where the source cannot be read. */
export async function openSource(given: GivenSource): Promise<CurrentSource | null> {
  const handle = given.kind === 'handle' ? given.handle : null;
  const source =
    given.kind === 'handle'
      ? new DirectoryHandleSource(given.handle)
      : new FileListSource(folderFromInput(given.files));
  if ((await source.presence()) !== 'present') return null;
  return {source, handle, fingerprint: await source.fingerprint()};
}

/**
 * Whether the source is that of the job: the same entry of the file system, or else one of the same content. A source
 * of the same name alone is not.
 */
export async function matchesJob(
  source: CurrentSource,
  job: JobRecord,
  handle: FileSystemDirectoryHandle | null,
): Promise<boolean> {
  if (source.handle !== null && handle !== null && (await source.handle.isSameEntry(handle))) return true;
  return source.fingerprint !== null && source.fingerprint === job.source.fingerprint;
}
