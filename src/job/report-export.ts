import type {FolderRecord} from './folder-record.js';
import type {JobRecord} from './job-record.js';
import type {CheckpointStore, OutcomeGroup} from './ports/checkpoint-store.js';
import type {ReportFormat} from './report-format.js';

const PAGE = 500;

/** The report as chunks of text, read from the store page by page: memory stays flat, however long it is. */
export async function* exportReport(
  store: CheckpointStore,
  job: JobRecord,
  format: ReportFormat,
  withoutPatientData: boolean,
): AsyncGenerator<string> {
  void withoutPatientData;
  void format;
  yield* json(store, job);
}

async function* json(store: CheckpointStore, job: JobRecord): AsyncGenerator<string> {
  const {files, stored, alreadyThere, linked, skipped, failed} = job.counts;
  yield `{"job":${JSON.stringify({id: job.id, source: job.source.name, destination: job.destination.name, state: job.state})},`;
  yield `"totals":${JSON.stringify({files, stored, alreadyThere, linked, skipped, failed})},"folders":[`;
  let comma = '';
  for await (const folder of folders(store, job.id)) {
    const {path, verdict, counts, reason} = folder;
    yield comma + JSON.stringify({path, state: verdict ?? 'planned', counts, ...(reason === null ? {} : {reason})});
    comma = ',\n';
  }
  yield '],"files":[';
  comma = '';
  for await (const group of groups(store, job.id)) {
    const reason = 'reason' in group.outcome ? group.outcome.reason : null;
    for (const {name, sopUid} of group.files) {
      const path = group.folder === '' ? name : `${group.folder}/${name}`;
      const row = {path, outcome: group.outcome.kind, reason, ...(sopUid === undefined ? {} : {sopInstanceUid: sopUid})};
      yield comma + JSON.stringify(row);
      comma = ',\n';
    }
  }
  yield ']}\n';
}

async function* folders(store: CheckpointStore, jobId: string): AsyncGenerator<FolderRecord> {
  for (let after: string | undefined; ; ) {
    const page = await store.folderPaths(jobId, PAGE, after);
    yield* page;
    after = page.at(-1)?.path;
    if (page.length < PAGE) return;
  }
}

async function* groups(store: CheckpointStore, jobId: string): AsyncGenerator<OutcomeGroup> {
  for (let cursor: number | undefined; ; ) {
    const page = await store.outcomes(jobId, PAGE, cursor);
    yield* page.groups;
    if (page.next === null) return;
    cursor = page.next;
  }
}
