import type {InstanceHeader} from '../dicom/instance-header.js';
import {CheckpointWriter} from './checkpoint-writer.js';
import {type FolderRecord, type Verification, verdictOf} from './folder-record.js';
import type {JobRecord} from './job-record.js';
import type {RecentFolder} from './job-snapshot.js';
import type {Item} from './item.js';
import {studyOfKey} from './order-key.js';
import {type Outcome, settled as settledCount, withOutcome} from './outcome.js';
import type {CheckpointStep, CheckpointStore, OutcomeGroup, SettledFile} from './ports/checkpoint-store.js';
import type {Clock} from './ports/clock.js';
import {commonestReason} from './commonest-reason.js';
import type {ReasonCode} from './reasons.js';

/** A file and what became of it. `bytes` counts towards the job's progress. */
export interface Settlement {
  readonly folder: string;
  readonly name: string;
  readonly outcome: Outcome;
  readonly bytes: number;
  readonly header: Partial<InstanceHeader> | null;
}

/** A folder at work: its record, and the instances that the archive is to be asked about before it is done. */
interface OpenFolder {
  record: FolderRecord;
  readonly onArchive: SettledFile[];
  readonly reasons: Map<ReasonCode, number>;
}

const RECENT = 50;

/**
 * Keeps count. Every outcome of every file passes through here, changes the sums of its folder and of the job in one
 * step, and is written down in one transaction with whatever else that step changes. A folder whose sums balance is
 * handed on for verification.
 */
export class Ledger {
  private readonly writer: CheckpointWriter;
  private readonly first: JobRecord;
  private readonly open = new Map<string, OpenFolder>();
  /** Newest first. */
  readonly recent: RecentFolder[] = [];
  /** Called with each folder whose files all have an outcome. */
  onBalanced: (path: string) => void = () => undefined;
  /** Called with the files and bytes of each settlement. */
  onSettled: (files: number, bytes: number) => void = () => undefined;

  constructor(
    private job: JobRecord,
    store: CheckpointStore,
    private readonly clock: Clock,
  ) {
    this.writer = new CheckpointWriter(store);
    this.first = job;
  }

  get record(): JobRecord {
    return this.job;
  }

  get openFolders(): number {
    return this.open.size;
  }

  /** Changes the job's own record; written with the next step, or at once where it is awaited. */
  change(part: Partial<JobRecord>, durability: CheckpointStep['durability'] = 'relaxed'): Promise<void> {
    this.job = {...this.job, ...part};
    return this.writer.add({job: this.job, durability});
  }

  /** Goes back to what is in the store, after something could not be written: only that is true. */
  revert(state: JobRecord['state']): void {
    this.job = {...(this.writer.written ?? this.first), state};
  }

  /** Planned folders, added to the job's totals. */
  plan(folders: readonly FolderRecord[], studiesPlanned: number): Promise<void> {
    const files = folders.reduce((sum, folder) => sum + folder.counts.files, 0);
    const done = folders.filter(folder => folder.state === 'done').length;
    const failed = folders.reduce((sum, folder) => sum + folder.counts.failed, 0);
    this.job = {
      ...this.job,
      counts: {
        ...this.job.counts,
        files: this.job.counts.files + files,
        failed: this.job.counts.failed + failed,
      },
      plan: {
        ...this.job.plan,
        folders: this.job.plan.folders + folders.length,
        foldersDone: this.job.plan.foldersDone + done,
      },
      amounts: {...this.job.amounts, studiesPlanned},
    };
    const outcomes = folders
      .filter(folder => folder.state === 'done')
      .map((folder): OutcomeGroup => ({
        jobId: this.job.id,
        folder: folder.path,
        outcome: {kind: 'failed', reason: 'folder-unreadable'},
        files: [{name: ''}],
      }));
    return this.writer.add({job: this.job, folders, outcomes, durability: 'relaxed'});
  }

  /**
   * Takes a folder up. `remaining` is how many of its files have no outcome yet: where the folder has changed since
   * the walk, the totals follow. A folder without anything left is balanced at once.
   */
  async openFolder(record: FolderRecord, settled: readonly SettledFile[], remaining: number): Promise<void> {
    const files = settledCount(record.counts) + remaining;
    const delta = files - record.counts.files;
    const changed = delta === 0 ? record : {...record, counts: {...record.counts, files}};
    if (delta !== 0) {
      this.job = {...this.job, counts: {...this.job.counts, files: this.job.counts.files + delta}};
    }
    const reasons = new Map<ReasonCode, number>();
    if (record.reason !== null) reasons.set(record.reason, record.counts.failed > 0 ? FAILED_OUTWEIGHS : 1);
    this.open.set(record.path, {
      record: changed,
      onArchive: settled.filter(file => file.sopUid !== undefined),
      reasons,
    });
    // The job's sum and the folder's change in one step, as everywhere.
    const written =
      delta === 0 ? null : this.writer.add({job: this.job, folders: [changed], durability: 'relaxed'});
    if (remaining === 0) this.onBalanced(record.path);
    await written;
  }

  /** Takes note of what was in flight when the job stopped, in one record instead of the earlier ones. */
  recovered(sent: NonNullable<CheckpointStep['sent']> | null, replaces: readonly number[]): Promise<void> {
    if (sent === null && replaces.length === 0) return Promise.resolve();
    const step: CheckpointStep = {job: this.job, answered: replaces, durability: 'relaxed'};
    return this.writer.add(sent === null ? step : {...step, sent});
  }

  /** A batch leaves: it is in the checkpoint before its bytes are on the wire. */
  sent(
    batch: number,
    items: readonly Item[],
    durability: CheckpointStep['durability'] = 'relaxed',
  ): Promise<void> {
    const files = items.map(item => ({
      folder: item.folder,
      name: item.file.name,
      studyUid: item.header.studyInstanceUid,
      sopUid: item.header.sopInstanceUid,
      deaths: item.deaths,
    }));
    return this.writer.add({job: this.job, sent: {batch, files}, durability});
  }

  /** Outcomes, and the batches that have their answer. */
  settle(settlements: readonly Settlement[], answered: readonly number[] = []): Promise<void> {
    const touched = new Set<OpenFolder>();
    const settled = new Map<string, SettledFile[]>();
    const groups = new Map<string, {group: OutcomeGroup; files: {name: string; sopUid?: string}[]}>();
    for (const settlement of settlements) {
      const folder = this.open.get(settlement.folder);
      if (folder === undefined) throw new Error('a file was settled in a folder that is not open');
      touched.add(folder);
      this.count(folder, settlement);
      append(settled, settlement.folder, settledFile(settlement));
      this.group(groups, settlement);
    }
    const written = this.writer.add({
      job: this.job,
      folders: [...touched].map(folder => folder.record),
      settled,
      outcomes: [...groups.values()].map(({group, files}) => ({...group, files})),
      answered,
      durability: 'relaxed',
    });
    this.onSettled(
      settlements.length,
      settlements.reduce((sum, each) => sum + each.bytes, 0),
    );
    for (const {record} of touched) {
      if (settledCount(record.counts) === record.counts.files) this.onBalanced(record.path);
    }
    return written;
  }

  /** The instances of an open folder that the archive said it stored. */
  onArchive(path: string): readonly SettledFile[] {
    return this.open.get(path)?.onArchive ?? [];
  }

  /** The study that an open folder was planned under, or null. */
  plannedStudy(path: string): string | null {
    const folder = this.open.get(path);
    return folder === undefined ? null : studyOfKey(folder.record.order);
  }

  /**
   * Closes balanced folders in one strict transaction. `missing` holds, by folder, what the archive said it stored
   * and does not have: these move from stored to failed.
   */
  close(
    folders: readonly {path: string; verification: Verification; missing: readonly SettledFile[]}[],
    studies: {readonly done: number; readonly asked: number; readonly verified: number},
  ): Promise<void> {
    const outcomes: OutcomeGroup[] = [];
    const records: FolderRecord[] = [];
    for (const {path, verification, missing} of folders) {
      const folder = this.open.get(path);
      if (folder === undefined) throw new Error('a folder was closed that is not open');
      if (missing.length > 0) outcomes.push(this.moveToFailed(folder, missing));
      const {counts} = folder.record;
      const verdict = verdictOf(counts);
      const record: FolderRecord = {
        ...folder.record,
        state: 'done',
        verdict,
        reason: verdict === 'succeeded' ? null : commonestReason(folder.reasons),
        verification,
        finishedAt: this.clock.now(),
      };
      records.push(record);
      this.open.delete(path);
      this.remember(record);
    }
    const {plan, amounts} = this.job;
    this.job = {
      ...this.job,
      plan: {...plan, foldersDone: plan.foldersDone + folders.length},
      amounts: {...amounts, studiesDone: amounts.studiesDone + studies.done},
      verified: {
        studies: this.job.verified.studies + studies.verified,
        asked: this.job.verified.asked + studies.asked,
      },
    };
    return this.writer.add({
      job: this.job,
      folders: records,
      outcomes,
      closed: records.map(record => record.path),
      durability: 'strict',
    });
  }

  private count(folder: OpenFolder, settlement: Settlement): void {
    const {outcome, bytes, header} = settlement;
    folder.record = {
      ...folder.record,
      counts: withOutcome(folder.record.counts, outcome.kind),
      bytesDone: folder.record.bytesDone + bytes,
    };
    if (outcome.kind === 'failed' || outcome.kind === 'skipped') {
      const weight = outcome.kind === 'failed' ? FAILED_OUTWEIGHS : 1;
      folder.reasons.set(outcome.reason, (folder.reasons.get(outcome.reason) ?? 0) + weight);
      folder.record = {...folder.record, reason: commonestReason(folder.reasons)};
    }
    if ((outcome.kind === 'stored' || outcome.kind === 'linked') && header) {
      const file = settledFile(settlement);
      if (file.sopUid !== undefined) folder.onArchive.push(file);
    }
    this.job = {
      ...this.job,
      counts: withOutcome(this.job.counts, outcome.kind),
      amounts: {...this.job.amounts, bytesDone: this.job.amounts.bytesDone + bytes},
    };
  }

  private group(
    groups: Map<string, {group: OutcomeGroup; files: {name: string; sopUid?: string}[]}>,
    {folder, name, outcome, header}: Settlement,
  ): void {
    if (outcome.kind === 'stored' || outcome.kind === 'linked') return;
    const sopUid = header?.sopInstanceUid;
    const file = sopUid === undefined ? {name} : {name, sopUid};
    const key = JSON.stringify([folder, outcome]);
    const known = groups.get(key);
    if (known) known.files.push(file);
    else groups.set(key, {group: {jobId: this.job.id, folder, outcome, files: []}, files: [file]});
  }

  private moveToFailed(folder: OpenFolder, missing: readonly SettledFile[]): OutcomeGroup {
    const stored = Math.min(missing.length, folder.record.counts.stored);
    const linked = missing.length - stored;
    const move = (counts: FolderRecord['counts']) => ({
      ...counts,
      stored: counts.stored - stored,
      linked: counts.linked - linked,
      failed: counts.failed + missing.length,
    });
    folder.record = {...folder.record, counts: move(folder.record.counts)};
    this.job = {...this.job, counts: move(this.job.counts)};
    folder.reasons.set('missing-after-store', missing.length * FAILED_OUTWEIGHS);
    return {
      jobId: this.job.id,
      folder: folder.record.path,
      outcome: {kind: 'failed', reason: 'missing-after-store'},
      files: missing.map(({name, sopUid}) => (sopUid === undefined ? {name} : {name, sopUid})),
    };
  }

  private remember(record: FolderRecord): void {
    const {path, counts, verdict, reason, finishedAt} = record;
    this.recent.unshift({path, at: finishedAt ?? 0, counts, verdict: verdict ?? 'skipped', reason});
    if (this.recent.length > RECENT) this.recent.length = RECENT;
  }
}

/** A folder with a single failed file is failed for that file's reason, however many others were skipped. */
const FAILED_OUTWEIGHS = 2 ** 32;

function settledFile({name, outcome, header}: Settlement): SettledFile {
  const onArchive = outcome.kind === 'stored' || outcome.kind === 'linked';
  if (!onArchive || header?.sopInstanceUid === undefined || header.studyInstanceUid === undefined)
    return {name};
  return {name, studyUid: header.studyInstanceUid, sopUid: header.sopInstanceUid};
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
