import {isAborted} from './is-aborted.js';
import {Bell} from './bell.js';
import {BenefitOfDoubt} from './benefit-of-doubt.js';
import {type Duplicates, identityOf} from './duplicates.js';
import type {EngineLimits} from './engine-limits.js';
import type {Holdings} from './holdings.js';
import {type Batch, batchOf, type Item} from './item.js';
import type {ItemBuffer} from './item-buffer.js';
import {settlementOf} from './item-stream.js';
import type {Ledger, Settlement} from './ledger.js';
import {NewestFirstGate} from './newest-first-gate.js';
import type {Outage} from './outage.js';
import type {Destination, Parcel} from './ports/destination.js';
import type {Reopening} from './reopening.js';
import {RetryQueue} from './retry-queue.js';
import type {SendWindow} from './send-window.js';
import {TaskSet} from './task-set.js';
import {VerdictResolver} from './verdict-resolver.js';

export interface DispatcherDeps {
  readonly destination: Destination;
  readonly holdings: Holdings;
  readonly duplicates: Duplicates;
  readonly reopening: Reopening;
  readonly ledger: Ledger;
  readonly outage: Outage;
  readonly window: SendWindow;
  readonly limits: EngineLimits;
  readonly signal: AbortSignal;
  readonly firstBatch: number;
}

/**
 * Sends batches, several at a time, and sees to it that every file gets a verdict of its own. What is under way stands
 * in the checkpoint before it leaves. What comes back without a verdict is sent again before anything new, but for
 * files in doubt: these take turns with new ones, which show whether the archive takes anything at all.
 */
export class Dispatcher {
  private readonly bell = new Bell();
  private readonly tasks = new TaskSet(() => this.bell.ring());
  private readonly retries = new RetryQueue();
  private readonly gate = new NewestFirstGate();
  private readonly underWay = new Set<Batch>();
  private readonly verdicts: VerdictResolver;
  private buffer: ItemBuffer | null = null;
  private batchNumber: number;
  /** Whose turn it is while files are in doubt. */
  private turn: 'retry' | 'new' = 'retry';

  constructor(private readonly deps: DispatcherDeps) {
    this.batchNumber = deps.firstBatch;
    this.verdicts = new VerdictResolver({
      ...deps,
      benefit: new BenefitOfDoubt(deps.limits),
      retries: this.retries,
      othersLeft: () =>
        this.buffer?.isEmpty === false && this.retries.doubtful + 1 < deps.limits.doubtfulFiles,
    });
  }

  get requestsInFlight(): number {
    return this.underWay.size;
  }

  get filesInFlight(): number {
    let files = 0;
    for (const batch of this.underWay) files += batch.items.length;
    return files;
  }

  /** The first item of the request that left last, for the display. */
  current: Item | null = null;

  /** To be called when the buffer has changed, a wait has ended, or the job was stopped. */
  wake(): void {
    this.bell.ring();
  }

  /** Sends until the buffer is drained and every file has its verdict, or until the job is stopped. */
  async run(buffer: ItemBuffer): Promise<void> {
    const {signal} = this.deps;
    this.buffer = buffer;
    while (!isAborted(signal)) {
      const batch = this.nextBatch(buffer);
      if (batch !== null) {
        this.launch(batch);
        continue;
      }
      if (buffer.drained && this.retries.isEmpty && this.underWay.size === 0) break;
      await this.bell.heard();
      this.tasks.throwIfFailed();
    }
    await this.tasks.allDone();
  }

  /** The batch that may leave now; null where there is none, or no room for it, or a reason to wait. */
  private nextBatch(buffer: ItemBuffer): Batch | null {
    const {outage, window} = this.deps;
    if (outage.active || this.underWay.size >= window.requests) return null;
    for (const batch of this.underWay) if (batch.alone) return null;
    const first = this.retries.first;
    if (first === null) return this.newBatch(buffer);
    const isDoubtful = first.items.some(item => item.tries > 0);
    const newOnes = isDoubtful && this.turn === 'new' && !this.isFullOfDoubt ? this.newBatch(buffer) : null;
    this.turn = newOnes === null ? 'new' : 'retry';
    return newOnes ?? this.retry(first);
  }

  private get isFullOfDoubt(): boolean {
    return this.retries.doubtful >= this.deps.limits.doubtfulFiles;
  }

  private retry(first: Batch): Batch | null {
    const {window} = this.deps;
    if (first.alone && this.underWay.size > 0) return null;
    return this.retries.take(window.batchFiles, window.batchBytes);
  }

  private newBatch(buffer: ItemBuffer): Batch | null {
    const {batchFiles, batchBytes} = this.deps.window;
    // With nothing under way there is no point in waiting for more; otherwise only full batches leave.
    if (buffer.isEmpty || (this.underWay.size > 0 && !buffer.isReady(batchFiles, batchBytes))) return null;
    const items = buffer.peek(batchFiles, batchBytes);
    const batch = batchOf(items);
    if ((batch.alone && this.underWay.size > 0) || !this.gate.mayLeave(batch)) return null;
    buffer.take(items.length);
    return batch;
  }

  private launch(batch: Batch): void {
    this.underWay.add(batch);
    this.gate.left(batch);
    this.current = batch.items[0] ?? null;
    this.tasks.add(
      this.deliver(batch).finally(() => {
        this.underWay.delete(batch);
        this.gate.answered(batch);
      }),
    );
  }

  private async deliver(batch: Batch): Promise<void> {
    const {destination, ledger, outage, signal} = this.deps;
    const items = await this.takenUpAgain(batch.items);
    if (items.length === 0 || isAborted(signal)) return;
    const number = this.batchNumber++;
    await ledger.sent(number, items);
    // Another request may have met a fault meanwhile: nothing is sent into a known outage.
    await outage.over();
    if (isAborted(signal)) return;
    const result = await destination.send(items.map(parcelOf), signal);
    await this.verdicts.resolve(number, items, result);
  }

  /** The files as they are now. One that has become another instance makes way for those that waited for the old one. */
  private async takenUpAgain(items: readonly Item[]): Promise<readonly Item[]> {
    const {reopening, duplicates} = this.deps;
    const fresh = await reopening.refresh(items);
    const settlements: Settlement[] = [...fresh.settlements];
    const ready: Item[] = [];
    for (const {before, now} of fresh.items) {
      if (isSameInstance(before, now)) {
        ready.push(now);
        continue;
      }
      const next = duplicates.failed(before.header);
      if (next !== null) this.retries.add([next]);
      const admitted = duplicates.admit(now);
      if (admitted === 'send') ready.push(now);
      else if (admitted === 'already-there') settlements.push(settlementOf(now, {kind: 'already-there'}));
    }
    if (settlements.length > 0) await this.verdicts.settle(settlements);
    return ready;
  }
}

function isSameInstance(a: Item, b: Item): boolean {
  const [first, second] = [identityOf(a.header), identityOf(b.header)];
  return (
    first?.sopInstanceUid === second?.sopInstanceUid && first?.studyInstanceUid === second?.studyInstanceUid
  );
}

function parcelOf({folder, file, content, header}: Item): Parcel {
  return {path: folder === '' ? file.name : `${folder}/${file.name}`, content, header};
}
