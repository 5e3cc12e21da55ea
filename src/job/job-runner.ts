import {isAborted} from './is-aborted.js';
import {Bell} from './bell.js';
import {Dispatcher} from './dispatcher.js';
import {Duplicates} from './duplicates.js';
import type {EngineLimits} from './engine-limits.js';
import {Holdings} from './holdings.js';
import {InFlightRecovery} from './in-flight-recovery.js';
import type {Item} from './item.js';
import {ItemBuffer} from './item-buffer.js';
import {ItemStream} from './item-stream.js';
import type {JobRecord} from './job-record.js';
import type {JobSnapshot} from './job-snapshot.js';
import type {StoreFaultCode} from './job-state.js';
import {Ledger} from './ledger.js';
import {NO_COUNTS, settled} from './outcome.js';
import {Outage} from './outage.js';
import {plan} from './planner.js';
import {type CheckpointStore, StoreFault} from './ports/checkpoint-store.js';
import type {Clock} from './ports/clock.js';
import type {Destination} from './ports/destination.js';
import type {HeaderReader} from './ports/header-reader.js';
import type {Source} from './ports/source.js';
import {RateMeter} from './rate-meter.js';
import {Reopening} from './reopening.js';
import {SendWindow} from './send-window.js';
import {settleTheRest} from './settle-the-rest.js';
import {afterEvent, isOver, type JobEvent, isActive} from './state-machine.js';
import {Verifier} from './verifier.js';

export interface JobRunnerDeps {
  readonly source: Source;
  readonly destination: Destination;
  readonly store: CheckpointStore;
  readonly reader: HeaderReader;
  readonly clock: Clock;
  readonly limits: EngineLimits;
  /** Whether the archive answers queries. */
  readonly canQuery: boolean;
  /** Called when something has changed that a snapshot shows. */
  readonly changed: () => void;
}

/** How a run ended early on somebody's wish. */
type Stop = 'pause' | 'cancel';

/** What lives only while files are being sent. */
interface Transfer {
  readonly dispatcher: Dispatcher;
  readonly verifier: Verifier;
}

/**
 * Runs one job from its record to rest: plan, transfer, verification. It follows the state machine, and whatever
 * happens, the checkpoint says what is true. A runner runs once; to go on with a job, make another from its record.
 */
export class JobRunner {
  private readonly ledger: Ledger;
  private readonly meter: RateMeter;
  private readonly stopper = new AbortController();
  private readonly outage: Outage;
  private stopWish: Stop | null = null;
  private transfer: Transfer | null = null;
  private workingSince: number | null = null;

  constructor(
    record: JobRecord,
    private readonly deps: JobRunnerDeps,
  ) {
    const {clock, source, destination, limits, store} = deps;
    this.ledger = new Ledger(record, store, clock);
    this.meter = new RateMeter(clock.now());
    this.outage = new Outage({
      clock,
      source,
      destination,
      fingerprint: record.source.fingerprint,
      limits,
      signal: this.stopper.signal,
      listener: {
        waiting: wait => this.apply({type: 'fault', ...wait}),
        recovered: async () => {
          await this.apply({type: 'recovered'});
          this.transfer?.dispatcher.wake();
        },
      },
    });
  }

  get record(): JobRecord {
    return this.ledger.record;
  }

  pause(): void {
    this.stop('pause');
  }

  cancel(): void {
    this.stop('cancel');
  }

  tryNow(): void {
    this.outage.tryNow();
  }

  /** For a job that waits because of `other-medium`, where the folder has only changed meanwhile. */
  acceptMedium(): void {
    this.outage.acceptMedium();
  }

  /**
   * Runs until the job is completed, paused, cancelled, or its store fails. Never rejects with a `StoreFault`. A
   * cancelled job whose files do not all have an outcome yet is brought to its end (see `isUnsettled`).
   */
  async run(): Promise<void> {
    const {clock} = this.deps;
    this.workingSince = clock.now();
    try {
      const {signal} = this.stopper;
      if (isOver(this.record.state)) {
        await this.settleTheRest();
        return;
      }
      if (!this.record.plan.walked && !isAborted(signal)) await this.plan();
      if (!isAborted(signal)) await this.send();
      if (this.stopWish === null) await this.finish();
      else await this.rest(this.stopWish);
    } catch (error) {
      if (!(error instanceof StoreFault)) throw error;
      this.storeFailed(error.code);
    } finally {
      this.deps.changed();
    }
  }

  snapshot(): JobSnapshot {
    const {clock} = this.deps;
    this.meter.tick(clock.now(), this.outage.active);
    const {counts} = this.record;
    const current = this.transfer?.dispatcher.current ?? null;
    return {
      record: {...this.record, workedMs: this.workedMs()},
      currentFolder: current?.folder ?? null,
      currentStudy: current === null ? null : studyOf(current),
      requestsInFlight: this.transfer?.dispatcher.requestsInFlight ?? 0,
      filesInFlight: this.transfer?.dispatcher.filesInFlight ?? 0,
      rates: this.meter.rates,
      bytesPerSecond: this.meter.bytesPerSecond,
      filesPerSecond: this.meter.filesPerSecond,
      timeLeftMs: this.meter.timeFor(counts.files - settled(counts)),
      recentFolders: this.ledger.recent,
    };
  }

  private async plan(): Promise<void> {
    const {source, reader, limits} = this.deps;
    const {signal} = this.stopper;
    for (;;) {
      const begun = {folders: 0, foldersDone: 0, walked: false};
      await this.deps.store.deletePlan(this.record.id);
      await this.ledger.change({
        plan: begun,
        counts: NO_COUNTS,
        amounts: {bytesDone: 0, studiesDone: 0, studiesPlanned: 0},
      });
      const walk = {complete: false};
      await this.together(async () => {
        walk.complete = await plan({
          source,
          reader,
          outage: this.outage,
          ledger: this.ledger,
          limits,
          signal,
        });
      });
      if (isAborted(signal)) return;
      if (walk.complete) break;
    }
    await this.apply({type: 'planned'}, 'strict', {plan: {...this.record.plan, walked: true}});
  }

  private async send(): Promise<void> {
    const {source, destination, store, reader, clock, limits, canQuery} = this.deps;
    const {signal} = this.stopper;
    const {ledger, outage} = this;
    const holdings = new Holdings(destination, canQuery, outage, signal);
    const recovery = await InFlightRecovery.load(store, this.record.id, holdings);
    if (isAborted(signal)) return;
    await ledger.recovered(recovery.record, recovery.replaces);

    const room = new Bell();
    const duplicates = new Duplicates();
    const verifier = new Verifier({
      ledger,
      holdings,
      clock,
      limits,
      signal,
      closed: () => {
        // Nobody else waits for it: the others are stopped here, and `allClosed` passes the failure on.
        if (verifier.hasFailed) this.stopper.abort();
        room.ring();
        this.deps.changed();
      },
    });
    ledger.onBalanced = path => verifier.add(path);
    ledger.onSettled = (files, bytes) => this.meter.add(files, bytes);
    const dispatcher = new Dispatcher({
      destination,
      holdings,
      duplicates,
      reopening: new Reopening(reader, outage, ledger, signal),
      ledger,
      outage,
      window: new SendWindow({
        requests: this.record.options.maxInFlight,
        files: limits.batchFiles,
        bytes: limits.batchBytes,
      }),
      limits,
      signal,
      firstBatch: recovery.nextBatch,
    });
    this.transfer = {dispatcher, verifier};
    const buffer = new ItemBuffer(limits.batchFiles * 2, () => dispatcher.wake());
    const isFull = () => ledger.openFolders >= limits.openFolders;
    const stream = new ItemStream({
      source,
      store,
      reader,
      holdings,
      duplicates,
      recovery,
      ledger,
      outage,
      limits,
      signal,
      room: {
        isFull,
        wait: async () => {
          while (isFull() && !isAborted(signal)) {
            verifier.closeAll();
            await room.heard();
            verifier.throwIfFailed();
          }
        },
      },
    });
    signal.addEventListener('abort', () => {
      buffer.stop();
      room.ring();
      dispatcher.wake();
    });
    await this.together(async () => {
      try {
        await this.together(
          async () => {
            try {
              for await (const item of stream.items()) await buffer.put(item);
            } finally {
              buffer.end();
            }
          },
          () => dispatcher.run(buffer),
        );
        if (!isAborted(signal)) verifier.closeAll();
      } finally {
        // Whatever happened: nothing of this run goes on behind the back of what comes next.
        await verifier.allClosed();
      }
    });
  }

  /** All is sent and asked about. Nothing is called complete whose sums do not balance. */
  private async finish(): Promise<void> {
    const {counts, id} = this.record;
    if (settled(counts) !== counts.files || this.ledger.openFolders > 0) {
      await this.apply({type: 'interrupted', at: this.deps.clock.now(), why: 'damaged'}, 'strict');
      return;
    }
    const batches = (await this.deps.store.inFlight(id)).map(each => each.batch);
    await this.ledger.recovered(null, batches);
    await this.apply({type: 'finished', at: this.deps.clock.now(), failed: counts.failed}, 'strict');
  }

  private async rest(wish: Stop): Promise<void> {
    const at = this.deps.clock.now();
    if (wish === 'pause') {
      await this.apply({type: 'paused', at}, 'strict');
      return;
    }
    await this.apply({type: 'cancelled', at}, 'strict');
    this.deps.changed();
    await this.settleTheRest();
  }

  private settleTheRest(): Promise<void> {
    const {store, source, destination, canQuery, clock, limits} = this.deps;
    return settleTheRest({
      ledger: this.ledger,
      store,
      source,
      destination: canQuery ? destination : null,
      clock,
      limits,
    });
  }

  /** Only what is in the store is true, and the interruption will not get there: it is found again on start-up. */
  private storeFailed(why: StoreFaultCode): void {
    this.stopper.abort();
    this.workingSince = null;
    const {state} = this.record;
    const at = this.deps.clock.now();
    this.ledger.revert(afterEvent(state, {type: 'interrupted', at, why}) ?? state);
  }

  private stop(wish: Stop): void {
    if (this.stopWish === 'cancel') return;
    this.stopWish = wish;
    this.stopper.abort();
  }

  /** Changes the state and writes it down; an event that the state machine refuses is a fault of this program. */
  private async apply(
    event: JobEvent,
    durability: 'strict' | 'relaxed' = 'relaxed',
    more: Partial<JobRecord> = {},
  ): Promise<void> {
    const state = afterEvent(this.record.state, event);
    if (state === null) throw new Error(`${event.type} cannot happen while ${this.record.state.phase}`);
    const workedMs = this.workedMs();
    this.workingSince =
      state.phase === 'planning' || state.phase === 'running' ? this.deps.clock.now() : null;
    const endedAt = isActive(state) ? null : this.deps.clock.now();
    const written = this.ledger.change({...more, state, workedMs, endedAt}, durability);
    this.deps.changed();
    await written;
  }

  private workedMs(): number {
    const {workedMs} = this.record;
    return this.workingSince === null ? workedMs : workedMs + this.deps.clock.now() - this.workingSince;
  }

  /** Runs parts of the engine side by side; when one fails, the others are stopped before the failure is passed on. */
  private async together(...parts: readonly (() => Promise<void>)[]): Promise<void> {
    const results = await Promise.allSettled(
      parts.map(async part => {
        try {
          await part();
        } catch (error) {
          this.stopper.abort();
          throw error;
        }
      }),
    );
    const failures = results.flatMap(result =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    );
    // Source and reader reject when they are stopped: that is no failure.
    const failure = failures.find(error => !isAbort(error));
    if (failure !== undefined)
      throw failure instanceof Error ? failure : new Error('a part of the engine failed', {cause: failure});
  }
}

const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';

function studyOf({header}: Item): JobSnapshot['currentStudy'] {
  const {orderDate, modality, studyDescription, patientName, patientId} = header;
  return {date: orderDate?.date ?? null, modality, description: studyDescription, patientName, patientId};
}
