import {isAborted} from './is-aborted.js';
import type {EngineLimits} from './engine-limits.js';
import type {FolderRecord} from './folder-record.js';
import type {Ledger} from './ledger.js';
import {readFiles} from './open-files.js';
import {orderKey} from './order-key.js';
import {NO_COUNTS} from './outcome.js';
import type {Outage} from './outage.js';
import type {HeaderReader} from './ports/header-reader.js';
import type {Source, SourceFile, WalkStep} from './ports/source.js';
import {TaskSet} from './task-set.js';

/** Folders whose samples are read together. */
const FOLDERS_A_CHUNK = 32;

/** Chunks being sampled while the walk goes on. */
const CHUNKS_AT_ONCE = 2;

/** What a sample tells of its folder. */
interface Sample {
  readonly date: string | null;
  readonly studyUid: string | null;
}

/**
 * Walks the source and writes the plan: one record a folder, in the order in which folders are to be taken. Costs by
 * the folder, not by the file: of each folder one or two headers are read. Samples are read while the walk goes on.
 * Resolves to false where the medium was lost on the way: then the walk has to begin anew.
 */
export async function plan(deps: {
  readonly source: Source;
  readonly reader: HeaderReader;
  readonly outage: Outage;
  readonly ledger: Ledger;
  readonly limits: EngineLimits;
  readonly signal: AbortSignal;
}): Promise<boolean> {
  const {source, reader, outage, ledger, signal} = deps;
  const studies = new Set<string>();
  const sampling = new TaskSet();
  let chunk: (WalkStep & {kind: 'folder'})[] = [];

  const sample = async (folders: typeof chunk): Promise<void> => {
    const files = folders.flatMap(folder => folder.samples);
    const read = await readFiles(files, reader, outage, signal);
    if (isAborted(signal)) return;
    const byFile = new Map<SourceFile, Sample>();
    for (const each of read) {
      if (each.kind !== 'read' || each.reading.kind !== 'instance') continue;
      const {orderDate, studyInstanceUid} = each.reading.header;
      byFile.set(each.file, {date: orderDate?.date ?? null, studyUid: studyInstanceUid});
      studies.add(studyInstanceUid);
    }
    const records = folders.map(folder =>
      plannedFolder(ledger.record.id, folder, newest(folder.samples, byFile)),
    );
    await ledger.plan(records, studies.size);
  };

  const launch = async (): Promise<void> => {
    while (sampling.size >= CHUNKS_AT_ONCE) await sampling.oneDone();
    sampling.add(sample(chunk));
    chunk = [];
  };

  try {
    for await (const step of source.walk(signal)) {
      if (step.kind === 'unreadable-folder') {
        if (await outage.mediumMissing()) return false;
        await ledger.plan([unreadableFolder(ledger.record.id, step.path)], studies.size);
        continue;
      }
      chunk.push(step);
      if (chunk.length >= FOLDERS_A_CHUNK) await launch();
    }
    if (chunk.length > 0) await launch();
  } finally {
    await sampling.allDone();
  }
  return !isAborted(signal);
}

function newest(samples: readonly SourceFile[], read: ReadonlyMap<SourceFile, Sample>): Sample {
  let best: Sample = {date: null, studyUid: null};
  for (const file of samples) {
    const sample = read.get(file);
    if (sample === undefined) continue;
    if (best.studyUid === null || (sample.date ?? '') > (best.date ?? '')) best = sample;
  }
  return best;
}

function plannedFolder(jobId: string, step: WalkStep & {kind: 'folder'}, sample: Sample): FolderRecord {
  return {
    jobId,
    path: step.path,
    state: 'planned',
    order: orderKey(sample.date, sample.studyUid, step.path),
    counts: {...NO_COUNTS, files: step.files},
    bytesDone: 0,
    verdict: null,
    reason: null,
    verification: 'not-asked',
    finishedAt: null,
  };
}

/** A folder that cannot be opened counts as one failed file: nobody knows how many it holds, but it is not silent. */
function unreadableFolder(jobId: string, path: string): FolderRecord {
  return {
    jobId,
    path,
    state: 'done',
    order: orderKey(null, null, path),
    counts: {...NO_COUNTS, files: 1, failed: 1},
    bytesDone: 0,
    verdict: 'failed',
    reason: 'folder-unreadable',
    verification: 'nothing-to-verify',
    finishedAt: null,
  };
}
