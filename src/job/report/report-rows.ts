import type {FolderRecord, FolderVerdict} from '../folder-record.js';
import type {Counts, OutcomeKind} from '../outcome.js';
import type {CheckpointStore, OutcomeGroup} from '../ports/checkpoint-store.js';
import type {ReasonCode} from '../reasons.js';
import type {Names} from './pseudonyms.js';

const PAGE = 500;

export interface FolderRow {
  readonly path: string;
  readonly state: FolderVerdict | 'planned';
  readonly counts: Counts;
  readonly reason: ReasonCode | null;
}

/** A file that was not plainly stored or linked. `folder` and `path` are as the report names them. */
export interface FileRow {
  readonly folder: string;
  readonly path: string;
  readonly outcome: OutcomeKind;
  readonly reason: ReasonCode | null;
  readonly detail: string | null;
  readonly sopInstanceUid: string | null;
}

/** The folders of a job by path, page by page. */
export async function* folderRows(
  store: CheckpointStore,
  jobId: string,
  names: Names,
): AsyncGenerator<readonly FolderRow[]> {
  for (let after: string | undefined; ;) {
    const folders: readonly FolderRecord[] = await store.folderPaths(jobId, PAGE, after);
    const last = folders.at(-1);
    if (last === undefined) return;
    after = last.path;
    yield folders.map(({path, verdict, counts, reason}) => ({
      path: names.folder(path),
      state: verdict ?? 'planned',
      counts,
      reason,
    }));
  }
}

/** The files with an outcome to tell, in the order in which they got it, page by page. */
export async function* fileRows(
  store: CheckpointStore,
  jobId: string,
  names: Names,
): AsyncGenerator<readonly FileRow[]> {
  for (let cursor: number | undefined; ;) {
    const page: Awaited<ReturnType<CheckpointStore['outcomes']>> = await store.outcomes(jobId, PAGE, cursor);
    for (const group of page.groups) {
      for (let at = 0; at < group.files.length; at += PAGE) {
        yield group.files.slice(at, at + PAGE).map(file => fileRow(group, file, names));
      }
    }
    if (page.next === null) return;
    cursor = page.next;
  }
}

function fileRow(
  {folder, outcome}: OutcomeGroup,
  {name, sopUid}: OutcomeGroup['files'][number],
  names: Names,
): FileRow {
  const detail = outcome.kind === 'failed' && !names.isAnonymous ? outcome.detail : undefined;
  return {
    folder: names.folder(folder),
    path: names.file(folder, name),
    outcome: outcome.kind,
    reason: outcome.kind === 'already-there' ? null : outcome.reason,
    detail: detail ?? null,
    sopInstanceUid: sopUid === undefined ? null : names.uid(sopUid),
  };
}
