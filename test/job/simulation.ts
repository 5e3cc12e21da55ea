import type {HeaderReading, InstanceHeader} from '../../src/dicom/instance-header.js';
import {DEFAULT_LIMITS, type EngineLimits} from '../../src/job/engine-limits.js';
import {foundOnStart, newJob, restarted} from '../../src/job/job-lifecycle.js';
import {DEFAULT_OPTIONS, type JobOptions} from '../../src/job/job-options.js';
import type {JobRecord} from '../../src/job/job-record.js';
import {JobRunner} from '../../src/job/job-runner.js';
import {settled} from '../../src/job/outcome.js';
import {type CheckpointStore, StoreFault} from '../../src/job/ports/checkpoint-store.js';
import type {ReadFault} from '../../src/job/ports/source.js';
import type {WaitReason} from '../../src/job/reasons.js';
import {isOver} from '../../src/job/state-machine.js';
import {FakeArchive, type Mishap, systemFault} from './fakes/fake-archive.js';
import {FakeHeaderReader} from './fakes/fake-header-reader.js';
import {MemorySource} from './fakes/memory-source.js';
import {MemoryCheckpointStore} from './fakes/memory-store.js';
import {seededRandom} from './fakes/seeded-random.js';
import {VirtualClock} from './fakes/virtual-clock.js';

/** What a simulated job came to. `broken` lists the promises that were not kept, in words. */
export interface SimulationResult {
  readonly record: JobRecord;
  readonly broken: readonly string[];
  readonly crashes: number;
  readonly faults: number;
}

const WAITS: readonly WaitReason[] = [
  'unreachable',
  'stalled',
  'busy',
  'server-error',
  'archive-full',
  'sign-in',
];
const UNUSABLE = ['not-dicom', 'empty', 'cut-short', 'no-study-uid', 'dicomdir'] as const;
const LONGEST_MS = 7 * 24 * 3_600_000;

/**
 * Runs one job of a random tree through random faults, pauses, crashes and power cuts, all from one seed, until it is
 * over; faults end after a while. Then every promise of the engine is checked.
 */
export class Simulation {
  readonly #random: () => number;
  readonly #clock: VirtualClock;
  readonly #source: MemorySource;
  readonly #archive: FakeArchive;
  readonly #store = new MemoryCheckpointStore();
  readonly #limits: EngineLimits;
  readonly #options: JobOptions;
  readonly #broken: string[] = [];
  #faultsLeft: number;
  #crashesLeft: number;
  #pausesLeft: number;
  #faults = 0;
  #crashes = 0;
  #runner: JobRunner | null = null;

  constructor(readonly seed: number) {
    this.#random = seededRandom(seed);
    this.#clock = new VirtualClock(seed + 1);
    this.#source = this.#tree();
    this.#archive = new FakeArchive(this.#clock);
    this.#archive.tellsDuplicates = this.#chance(0.5);
    this.#faultsLeft = this.#chance(0.2) ? 0 : this.#below(25);
    this.#crashesLeft = this.#below(4);
    this.#pausesLeft = this.#below(3);
    this.#limits = {
      ...DEFAULT_LIMITS,
      batchFiles: 1 + this.#below(5),
      batchBytes: 500 + this.#below(3000),
      folderWindow: 3 + this.#below(20),
      readChunk: 1 + this.#below(6),
      openFolders: 2 + this.#below(6),
      verifyAfter: 1 + this.#below(20),
    };
    this.#options = {
      ...DEFAULT_OPTIONS,
      dates: this.#chance(0.3) ? {from: '20200101', to: '20211231'} : null,
      skipExisting: this.#chance(0.8),
      verify: this.#chance(0.8),
      maxInFlight: 1 + this.#below(4),
    };
    this.#archive.hook = call => this.#onArchive(call.kind);
    this.#source.hook = () => this.#onSource();
    this.#store.hooks = {
      before: () => this.#onStore(),
      after: () => this.#onStore(),
    };
  }

  async run(): Promise<SimulationResult> {
    let record = newJob({
      id: 'job',
      source: {name: 'stick', fingerprint: await this.#source.fingerprint()},
      destination: {name: 'archive'},
      options: this.#options,
      now: this.#clock.now(),
    });
    for (let runs = 0; !isOver(record.state); runs++) {
      if (runs > 100) return this.#result(record, ['the job does not end']);
      record = await this.#runOnce(record);
    }
    return this.#result(record, await this.#checks(record));
  }

  /** One life of the engine: until it rests, or until the tab dies. */
  async #runOnce(record: JobRecord): Promise<JobRecord> {
    const tab = {isDead: false};
    const runner = new JobRunner(record, {
      source: this.#source,
      destination: this.#archive,
      store: silentWhenDead(this.#store, tab),
      reader: new FakeHeaderReader(this.#clock),
      clock: this.#clock,
      limits: this.#limits,
      canQuery: true,
      changed: () => undefined,
    });
    this.#runner = runner;
    const crash = this.#crash(runner, tab);
    const life: {error: unknown} = {error: null};
    const running = runner.run().catch((error: unknown) => (life.error = error));
    const ends = Promise.race([running, crash]);
    const end = await this.#clock.run(ends, LONGEST_MS);
    this.#runner = null;
    if (life.error !== null) throw life.error;
    if (end !== 'settled') {
      this.#broken.push(`the engine is ${end} while ${runner.record.state.phase}`);
      return {...runner.record, state: {phase: 'cancelled', at: 0}};
    }
    const kept = (await this.#store.job('job')) ?? runner.record;
    if (isOver(kept.state)) return kept;
    return restarted(foundOnStart(kept, this.#clock.now())) ?? kept;
  }

  #crashNow: () => void = () => undefined;

  /** Settles when the tab dies: from then on the old engine gets no answer from its store any more. */
  #crash(runner: JobRunner, tab: {isDead: boolean}): Promise<void> {
    return new Promise(resolve => {
      this.#crashNow = () => {
        tab.isDead = true;
        this.#crashes++;
        if (this.#chance(0.3)) this.#store.restore(this.#store.snapshotOnDisk());
        // The browser breaks off what it was sending; parts of it may arrive.
        runner.pause();
        resolve();
      };
    });
  }

  #onStore(): void {
    if (this.#runner === null) return;
    const runner = this.#runner;
    if (this.#crashesLeft > 0 && this.#chance(0.01)) {
      this.#crashesLeft--;
      this.#crashNow();
    }
    if (this.#runner !== runner) return;
    if (this.#pausesLeft > 0 && this.#chance(0.005)) {
      this.#pausesLeft--;
      runner.pause();
    }
    if (this.#takeFault(0.005)) throw new StoreFault('quota');
  }

  #onArchive(kind: 'probe' | 'send' | 'studies' | 'instances'): Mishap | null {
    if (!this.#takeFault(0.15)) return null;
    const reason = this.#pick(WAITS);
    const fault = systemFault(reason, {
      bytesLeft: kind === 'send' && this.#chance(0.7),
      retryAfterMs: this.#chance(0.2) ? this.#below(120_000) : null,
    });
    if (kind !== 'send') return {kind: 'fault', fault, stored: 0};
    const stored = this.#below(5);
    const dice = this.#below(10);
    if (dice < 6) return {kind: 'fault', fault, stored};
    if (dice < 9) return {kind: 'silence', stored, named: this.#below(stored + 1)};
    return {kind: 'too-large', limitBytes: null};
  }

  #onSource(): ReadFault | null {
    if (!this.#takeFault(0.02)) return null;
    if (this.#chance(0.5)) return 'unreadable';
    this.#source.medium = this.#chance(0.7) ? 'gone' : 'permission';
    void this.#clock
      .sleep(this.#below(3_600_000), new AbortController().signal)
      .then(() => (this.#source.medium = 'present'));
    return null;
  }

  /** Everything that was promised, checked against the tree, the archive and the checkpoint. */
  async #checks(record: JobRecord): Promise<string[]> {
    const broken: string[] = [];
    const files = [...this.#source.files()];
    const outcomes = new Map<string, string>();
    for (let cursor: number | undefined; ;) {
      const page = await this.#store.outcomes('job', 7, cursor);
      for (const group of page.groups) {
        for (const file of group.files) {
          const path = `${group.folder}/${file.name}`;
          if (outcomes.has(path)) broken.push(`${path} has two outcomes`);
          outcomes.set(path, group.outcome.kind);
        }
      }
      if (page.next === null) break;
      cursor = page.next;
    }
    const {counts} = record;
    if (settled(counts) !== counts.files) broken.push(`the sums do not balance: ${JSON.stringify(counts)}`);
    const folders = await this.#store.folderPaths('job', 1000);
    const sum = folders.reduce((all, folder) => all + settled(folder.counts), 0);
    if (sum !== counts.files) broken.push(`folders hold ${sum} files, the job ${counts.files}`);
    if (folders.some(folder => folder.state !== 'done')) broken.push('a folder is not done');
    const wholeFolders = [...outcomes.keys()]
      .filter(path => path.endsWith('/'))
      .map(path => path.slice(0, -1));
    for (const {folder, file} of files) {
      const isLost = wholeFolders.some(
        path => folder === path || folder.startsWith(`${path}/`) || path === '',
      );
      const listed = outcomes.get(`${folder}/${file.name}`);
      if (listed !== undefined || isLost) continue;
      if (file.what.kind !== 'instance') broken.push(`${folder}/${file.name} has no outcome`);
      else if (!this.#archive.holds(file.what.header.studyInstanceUid, file.what.header.sopInstanceUid)) {
        broken.push(`${folder}/${file.name} is called stored, but the archive does not hold it`);
      }
    }
    for (const [path, outcome] of outcomes) {
      const found = files.find(({folder, file}) => `${folder}/${file.name}` === path);
      if (outcome !== 'already-there' || found?.file.what.kind !== 'instance') continue;
      const {studyInstanceUid, sopInstanceUid} = found.file.what.header;
      if (!this.#archive.holds(studyInstanceUid, sopInstanceUid)) broken.push(`${path} is not already there`);
    }
    if ((await this.#store.inFlight('job')).length > 0) broken.push('something is still in flight');
    return broken;
  }

  #result(record: JobRecord, broken: readonly string[]): SimulationResult {
    return {
      record,
      broken: [...this.#broken, ...broken],
      crashes: this.#crashes,
      faults: this.#faults,
    };
  }

  #tree(): MemorySource {
    const source = new MemorySource();
    const studies = Array.from({length: 1 + this.#below(5)}, (_, i) => ({
      uid: `1.2.${i}`,
      date: this.#chance(0.1) ? null : `20${18 + this.#below(6)}0${1 + this.#below(9)}15`,
    }));
    let serial = 0;
    const folders = this.#below(9);
    for (let f = 0; f < folders; f++) {
      const folder = this.#chance(0.1) ? '' : this.#chance(0.3) ? `deep/er/${f}` : `f${f}`;
      const home = this.#pick(studies);
      for (let n = this.#below(12); n > 0; n--) {
        const study = this.#chance(0.8) ? home : this.#pick(studies);
        const sop = this.#chance(0.05) ? `9.${this.#below(serial + 1)}` : `9.${serial}`;
        serial++;
        source.put(folder, {
          name: `${f}-${serial}`,
          size: 1 + this.#below(1000),
          lastModified: serial,
          what: this.#chance(0.15)
            ? {kind: 'unusable', why: this.#pick(UNUSABLE)}
            : instanceReading(study.uid, sop, study.date),
        });
      }
    }
    return source;
  }

  #takeFault(probability: number): boolean {
    if (this.#runner === null || this.#faultsLeft === 0 || !this.#chance(probability)) return false;
    this.#faultsLeft--;
    this.#faults++;
    return true;
  }

  #chance(probability: number): boolean {
    return this.#random() < probability;
  }

  #below(n: number): number {
    return Math.floor(this.#random() * n);
  }

  #pick<T>(list: readonly T[]): T {
    return list[this.#below(list.length)] as T;
  }
}

/** The store as a tab sees it: once the tab is dead, nothing that it still does reaches the store. */
function silentWhenDead(store: MemoryCheckpointStore, tab: {readonly isDead: boolean}): CheckpointStore {
  return new Proxy<CheckpointStore>(store, {
    get:
      (target, name: keyof CheckpointStore) =>
      async (...args: readonly never[]) => {
        if (tab.isDead) return new Promise(() => undefined);
        const result: unknown = await Reflect.apply(target[name], target, args);
        return tab.isDead ? new Promise(() => undefined) : result;
      },
  });
}

export function instanceReading(studyUid: string, sopUid: string, date: string | null): HeaderReading {
  const header: InstanceHeader = {
    encoding: 'part10',
    transferSyntaxUid: '1.2.840.10008.1.2.1',
    sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
    sopInstanceUid: sopUid,
    studyInstanceUid: studyUid,
    seriesInstanceUid: `${studyUid}.1`,
    studyDate: date,
    orderDate: date === null ? null : {date, source: 'study'},
    studyTime: null,
    modality: 'CT',
    patientId: 'P',
    patientName: 'DOE^JANE',
    patientBirthDate: null,
    studyDescription: '',
    accessionNumber: '',
    preamble: 'zero',
  };
  return {kind: 'instance', header};
}
