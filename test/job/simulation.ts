import {DEFAULT_LIMITS, type EngineLimits} from '../../src/job/engine-limits.js';
import {foundOnStart, isUnsettled, newJob, restarted} from '../../src/job/job-lifecycle.js';
import {DEFAULT_OPTIONS, type JobOptions} from '../../src/job/job-options.js';
import type {JobRecord} from '../../src/job/job-record.js';
import {JobRunner} from '../../src/job/job-runner.js';
import {type CheckpointStore, StoreFault} from '../../src/job/ports/checkpoint-store.js';
import type {ReadFault} from '../../src/job/ports/source.js';
import type {WaitReason} from '../../src/job/reasons.js';
import {isOver} from '../../src/job/state-machine.js';
import {Dice} from './dice.js';
import {type ArchiveCall, FakeArchive, type Mishap, systemFault} from './fakes/fake-archive.js';
import {FakeHeaderReader} from './fakes/fake-header-reader.js';
import type {SourceCall} from './fakes/memory-source.js';
import {MemoryCheckpointStore} from './fakes/memory-store.js';
import {VirtualClock} from './fakes/virtual-clock.js';
import {Flaws} from './simulated-flaws.js';
import {SimulatedTree} from './simulated-tree.js';
import {brokenAtTheEnd, brokenSendings, brokenSums} from './simulation-checks.js';

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
const LONGEST_MS = 30 * 24 * 3_600_000;
const RUNS_ALLOWED = 60;

/** What still happens to a job; each kind so many times, so that faults end. */
interface Storm {
  faults: number;
  crashes: number;
  pauses: number;
  cancels: number;
  changes: number;
  losses: number;
}

/** One life of a tab. */
interface Tab {
  isDead: boolean;
  die: () => void;
}

/**
 * Runs one job of a random tree through random faults, pauses, crashes, power cuts, changes and a cancel, all from one
 * seed, until it is over; faults end after a while, flaws of single files stay. Every promise of the engine is checked:
 * while files are sent, whenever the job rests, and at the end.
 */
export class Simulation {
  readonly #dice: Dice;
  readonly #clock: VirtualClock;
  readonly #tree: SimulatedTree;
  readonly #archive: FakeArchive;
  readonly #flaws: Flaws;
  readonly #isRoomy: boolean;
  #limits: EngineLimits;
  readonly #options: JobOptions;
  readonly #canQuery: boolean;
  readonly #storm: Storm;
  readonly #broken: string[] = [];
  readonly #lost = new Set<string>();
  #store = new MemoryCheckpointStore();
  #faults = 0;
  #stops = 0;
  #crashes = 0;
  #exchanged: Promise<void> | null = null;
  #live: {readonly tab: Tab; readonly runner: JobRunner} | null = null;

  constructor(readonly seed: number) {
    const dice = new Dice(seed);
    this.#dice = dice;
    this.#clock = new VirtualClock(seed + 1);
    this.#tree = new SimulatedTree(dice);
    this.#archive = new FakeArchive(this.#clock);
    this.#canQuery = dice.chance(0.85);
    this.#archive.capabilities = {copy: true, link: false, query: this.#canQuery};
    this.#archive.tellsDuplicates = dice.chance(0.5);
    this.#limits = {
      ...DEFAULT_LIMITS,
      batchFiles: 1 + dice.below(8),
      batchBytes: 500 + dice.below(4000),
      folderWindow: 3 + dice.below(40),
      readChunk: 1 + dice.below(8),
      openFolders: 2 + dice.below(8),
      verifyAfter: 1 + dice.below(20),
      doubtfulFiles: 1 + dice.below(20),
      mediumLookMs: 10_000,
    };
    this.#options = {
      ...DEFAULT_OPTIONS,
      dates: dice.chance(0.3) ? {from: '20200101', to: '20211231'} : null,
      skipExisting: dice.chance(0.8),
      verify: dice.chance(0.8),
      maxInFlight: 1 + dice.below(5),
    };
    const isCalm = dice.chance(0.2);
    this.#isRoomy = isCalm && dice.chance(0.7);
    if (this.#isRoomy) this.#limits = {...this.#limits, openFolders: 50, folderWindow: 1000};
    this.#storm = isCalm
      ? {faults: 0, crashes: 0, pauses: 0, cancels: 0, changes: 0, losses: 0}
      : {
          faults: dice.below(25),
          crashes: dice.below(5),
          pauses: dice.below(4),
          cancels: dice.chance(0.2) ? 1 : 0,
          changes: dice.chance(0.3) ? dice.below(6) : 0,
          losses: dice.chance(0.15) ? dice.below(4) : 0,
        };
    this.#flaws = new Flaws(dice, this.#tree, this.#archive);
    this.#archive.hook = call => this.#onArchive(call);
    this.#tree.source.hook = call => this.#meanwhile(() => this.#onSource(call));
    const aroundStore = (): Promise<void> => this.#meanwhile(() => this.#onStore());
    this.#store.hooks = {before: aroundStore, after: aroundStore};
  }

  async run(): Promise<SimulationResult> {
    let record = newJob({
      id: 'job',
      source: {name: 'stick', fingerprint: await this.#tree.source.fingerprint()},
      destination: {name: 'archive'},
      options: this.#options,
      now: this.#clock.now(),
    });
    await this.#store.write({job: record, durability: 'strict'});
    for (let runs = 0; !isOver(record.state) || isUnsettled(record); runs++) {
      if (runs > RUNS_ALLOWED) return this.#result(record, ['the job does not end']);
      record = await this.#runOnce(record);
      if (this.#broken.length > 0) return this.#result(record, []);
    }
    return this.#result(
      record,
      brokenAtTheEnd({
        record,
        store: this.#store,
        tree: this.#tree,
        archive: this.#archive,
        flaws: this.#flaws,
        lost: this.#lost,
        faults: this.#faults,
        stops: this.#stops,
        canQuery: this.#canQuery,
        isRoomy: this.#isRoomy,
      }),
    );
  }

  /** One life of the engine: until it rests, or until the tab dies. */
  async #runOnce(record: JobRecord): Promise<JobRecord> {
    // Whether the right medium is there is asked before a job is gone on with.
    if (this.#exchanged !== null) await this.#clock.run(this.#exchanged);
    const tab: Tab = {isDead: false, die: () => undefined};
    const death = new Promise<void>(resolve => (tab.die = resolve));
    const store = this.#store;
    const runner = new JobRunner(record, {
      source: this.#tree.source,
      destination: this.#archive,
      store: unheardWhenDead(store, tab),
      reader: new FakeHeaderReader(this.#clock, 1, () => this.#meanwhile(() => undefined)),
      clock: this.#clock,
      limits: this.#limits,
      canQuery: this.#canQuery,
      changed: () => undefined,
    });
    this.#live = {tab, runner};
    if (record.state.phase !== 'cancelled' && this.#storm.cancels > 0 && this.#dice.chance(0.1))
      this.#cancel();
    const life: {error: Error | null} = {error: null};
    const running = runner.run().catch((error: unknown) => {
      life.error = error instanceof Error ? error : new Error(String(error));
    });
    const end = await this.#clock.run(Promise.race([running, death]), LONGEST_MS);
    this.#live = null;
    if (life.error !== null) throw life.error;
    if (end !== 'settled') {
      this.#broken.push(`the engine is ${end} while ${runner.record.state.phase}`);
      return record;
    }
    const kept = (await this.#store.job('job')) ?? record;
    this.#broken.push(...brokenSums(this.#store, kept));
    if (isOver(kept.state)) return kept;
    return restarted(foundOnStart(kept, this.#clock.now())) ?? kept;
  }

  /** What may happen at every await; a tab that dies at this one never sees it end. */
  async #meanwhile<T>(then: () => T | Promise<T>): Promise<T> {
    const {tab, runner} = this.#live ?? {};
    const dice = this.#dice;
    if (tab === undefined || runner === undefined) return then();
    if (this.#happens('crashes', 0.004)) {
      this.#crash(tab, runner);
      return new Promise(() => undefined);
    }
    if (this.#happens('pauses', 0.003)) {
      this.#stops++;
      runner.pause();
    }
    if (this.#happens('cancels', 0.002)) this.#cancel();
    if (dice.chance(0.02)) runner.tryNow();
    if (this.#happens('changes', 0.02)) this.#tree.change();
    if (this.#happens('losses', 0.01)) this.#lose();
    return then();
  }

  /** The old engine lives on unseen, with a store of its own; the browser breaks off what it was sending. */
  #crash(tab: Tab, runner: JobRunner): void {
    this.#crashes++;
    this.#stops++;
    this.#store = this.#store.survivor(this.#dice.chance(0.3) ? 'power-cut' : 'kill');
    tab.isDead = true;
    runner.pause();
    tab.die();
  }

  #cancel(): void {
    this.#storm.cancels = 0;
    this.#stops++;
    this.#live?.runner.cancel();
  }

  #lose(): void {
    const held = [...this.#archive.all()];
    if (held.length === 0) return;
    const {studyUid, sopUid} = this.#dice.pick(held);
    this.#archive.lose(studyUid, sopUid);
    this.#lost.add(sopUid);
  }

  #onStore(): void {
    if (this.#fault(0.004)) throw new StoreFault('quota');
  }

  async #onArchive(call: ArchiveCall): Promise<Mishap | null> {
    const tab = this.#live?.tab;
    return this.#meanwhile(() => {
      if (call.kind === 'send' && tab?.isDead === false) {
        this.#broken.push(...brokenSendings(this.#store, call.parcels));
      }
      return this.#mishap(call.kind);
    });
  }

  #mishap(kind: ArchiveCall['kind']): Mishap | null {
    const dice = this.#dice;
    if (!this.#fault(0.12)) return null;
    if (dice.chance(0.05)) {
      this.#archive.signedIn = false;
      this.#later(dice.below(1_800_000), () => (this.#archive.signedIn = true));
    }
    if (dice.chance(0.05)) {
      this.#archive.capacity = this.#archive.size;
      this.#later(dice.below(1_800_000), () => (this.#archive.capacity = Infinity));
    }
    const fault = systemFault(dice.pick(WAITS), {
      bytesLeft: kind === 'send' && dice.chance(0.7),
      retryAfterMs: dice.chance(0.2) ? dice.below(120_000) : null,
    });
    const stored = fault.bytesLeft ? dice.below(6) : 0;
    const what = dice.below(10);
    if (kind !== 'send' || what < 6) return {kind: 'fault', fault, stored};
    if (what < 9) return {kind: 'silence', stored: dice.below(6), named: dice.below(6)};
    return {kind: 'too-large', limitBytes: null};
  }

  #onSource({kind}: SourceCall): ReadFault | null {
    const dice = this.#dice;
    const {source} = this.#tree;
    if (kind === 'presence' && source.medium === 'gone' && this.#fault(0.3)) this.#exchange();
    if (source.medium !== 'present' || !this.#fault(0.02)) return null;
    if (dice.chance(0.5)) return 'unreadable';
    const away = dice.chance(0.7) ? 'gone' : 'permission';
    source.medium = away;
    this.#later(dice.below(300_000), () => {
      if (this.#exchanged === null) source.medium = 'present';
    });
    return null;
  }

  /** The engine has seen the medium go: another one of the same name comes in its place for a while. */
  #exchange(): void {
    if (this.#exchanged !== null) return;
    const {source} = this.#tree;
    const other = this.#tree.other();
    this.#exchanged = (async () => {
      const swap = (medium: 'present' | 'gone') => {
        source.exchange(other);
        source.medium = medium;
      };
      await this.#pass(60_000);
      swap('present');
      await this.#pass(60_000);
      swap('gone');
      await this.#pass(60_000);
      source.medium = 'present';
      this.#exchanged = null;
    })();
  }

  #pass(ms: number): Promise<void> {
    return this.#clock.sleep(ms, new AbortController().signal);
  }

  #later(ms: number, then: () => void): void {
    void this.#pass(ms).then(then);
  }

  #result(record: JobRecord, broken: readonly string[]): SimulationResult {
    return {record, broken: [...this.#broken, ...broken], crashes: this.#crashes, faults: this.#faults};
  }

  #fault(probability: number): boolean {
    if (this.#live === null || !this.#happens('faults', probability)) return false;
    this.#faults++;
    return true;
  }

  #happens(kind: keyof Storm, probability: number): boolean {
    if (this.#storm[kind] === 0 || !this.#dice.chance(probability)) return false;
    this.#storm[kind]--;
    return true;
  }
}

/** The store as a tab sees it: once the tab is dead, nothing that it still does reaches the store. */
function unheardWhenDead(store: MemoryCheckpointStore, tab: Tab): CheckpointStore {
  const isDead = (): boolean => tab.isDead;
  return new Proxy<CheckpointStore>(store, {
    get: (target, name: keyof CheckpointStore) => {
      const method: unknown = target[name].bind(target);
      if (typeof method !== 'function') return method;
      return async (...args: readonly unknown[]): Promise<unknown> => {
        if (isDead()) return new Promise(() => undefined);
        const result: unknown = await Reflect.apply(method, target, args);
        return isDead() ? new Promise(() => undefined) : result;
      };
    },
  });
}
