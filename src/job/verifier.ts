import {isAborted} from './is-aborted.js';
import type {EngineLimits} from './engine-limits.js';
import type {Holdings} from './holdings.js';
import type {Ledger} from './ledger.js';
import type {Clock} from './ports/clock.js';
import type {SettledFile} from './ports/checkpoint-store.js';
import {StudyTally} from './study-tally.js';
import {TaskSet} from './task-set.js';
import type {Verification} from './folder-record.js';

/** Some archives need a moment until a stored instance is found by a query. */
const SECOND_LOOKS = 3;
const LOOK_AGAIN_MS = 2_000;

/** A folder whose files all have an outcome, waiting to be closed. */
interface Balanced {
  readonly path: string;
  readonly files: readonly SettledFile[];
  readonly studies: ReadonlySet<string>;
  /** The study that the folder was planned under; null where its samples told of none. */
  readonly planned: string | null;
}

/**
 * Closes folders. Before a folder is called done, the archive is asked whether it holds what it said it stored; this
 * is done study by study, as soon as the folders of the next study come in, so that a study is asked about once.
 */
export class Verifier {
  private pending: Balanced[] = [];
  private readonly tasks: TaskSet;
  private readonly tally = new StudyTally();

  constructor(
    private readonly deps: {
      readonly ledger: Ledger;
      readonly holdings: Holdings;
      readonly clock: Clock;
      readonly limits: EngineLimits;
      readonly signal: AbortSignal;
      readonly closed: () => void;
    },
  ) {
    this.tasks = new TaskSet(deps.closed);
  }

  /** Takes a balanced folder over. */
  add(path: string): void {
    const {ledger, limits} = this.deps;
    const files = ledger.onArchive(path);
    const planned = ledger.plannedStudy(path);
    const studies = new Set(files.flatMap(file => (file.studyUid === undefined ? [] : [file.studyUid])));
    const earlier = this.pending.filter(folder => isDisjoint(folder.studies, studies));
    const instances = this.pending.reduce((sum, folder) => sum + folder.files.length, files.length);
    this.pending.push({path, files, studies, planned});
    if (instances >= limits.verifyAfter || this.pending.length * 2 >= limits.openFolders) this.closeAll();
    else if (studies.size === 0) this.start([{path, files, studies, planned}]);
    else if (earlier.length > 0) this.start(earlier);
  }

  /** Closes what is pending without waiting for the end of its study. */
  closeAll(): void {
    if (this.pending.length > 0) this.start(this.pending);
  }

  get hasFailed(): boolean {
    return this.tasks.hasFailed;
  }

  /** Throws the first failure of any closing: whoever waits for folders to close would wait for ever. */
  throwIfFailed(): void {
    this.tasks.throwIfFailed();
  }

  /** Resolves when nothing is being closed any more; rejects with the first failure of any closing. */
  allClosed(): Promise<void> {
    return this.tasks.allDone();
  }

  private start(folders: readonly Balanced[]): void {
    const paths = new Set(folders.map(folder => folder.path));
    this.pending = this.pending.filter(folder => !paths.has(folder.path));
    this.tasks.add(this.close(folders));
  }

  private async close(folders: readonly Balanced[]): Promise<void> {
    const {ledger, holdings, signal} = this.deps;
    const studies = new Set(folders.flatMap(folder => [...folder.studies]));
    const asks = ledger.record.options.verify && holdings.asks;
    const missing = asks ? await this.missing(folders, studies) : new Map<Balanced, readonly SettledFile[]>();
    if (isAborted(signal)) return;
    const incomplete = new Set([...missing.values()].flat().map(file => file.studyUid));
    // A study all of which was there before has nothing to be asked about, but is done all the same.
    const standings = new Map<string, 'verified' | 'incomplete' | 'not-asked'>(
      folders.flatMap(({planned}) => (planned === null ? [] : [[planned, 'not-asked']])),
    );
    for (const uid of studies) {
      standings.set(uid, !asks ? 'not-asked' : incomplete.has(uid) ? 'incomplete' : 'verified');
    }
    await ledger.close(
      folders.map(folder => ({
        path: folder.path,
        verification: verification(folder, asks, missing.get(folder) ?? []),
        missing: missing.get(folder) ?? [],
      })),
      this.tally.add(standings),
    );
  }

  private async missing(
    folders: readonly Balanced[],
    studies: ReadonlySet<string>,
  ): Promise<Map<Balanced, readonly SettledFile[]>> {
    const {holdings, clock, signal} = this.deps;
    let missing = new Map<Balanced, readonly SettledFile[]>();
    for (let look = 0; look <= SECOND_LOOKS && !isAborted(signal); look++) {
      if (look > 0) await clock.sleep(LOOK_AGAIN_MS, signal);
      const there = new Map<string, ReadonlySet<string>>();
      for (const uid of studies) there.set(uid, await holdings.instances(uid));
      missing = new Map(
        folders.map(folder => [
          folder,
          folder.files.filter(file => there.get(file.studyUid ?? '')?.has(file.sopUid ?? '') !== true),
        ]),
      );
      if ([...missing.values()].every(files => files.length === 0)) break;
    }
    return missing;
  }
}

function verification(folder: Balanced, asked: boolean, missing: readonly SettledFile[]): Verification {
  if (folder.files.length === 0) return 'nothing-to-verify';
  if (!asked) return 'not-asked';
  return missing.length === 0 ? 'verified' : 'incomplete';
}

function isDisjoint(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const each of a) if (b.has(each)) return false;
  return true;
}
