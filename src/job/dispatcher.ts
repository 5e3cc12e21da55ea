import {isAborted} from './is-aborted.js';
import {Bell} from './bell.js';
import {type Duplicates, identityOf} from './duplicates.js';
import type {EngineLimits} from './engine-limits.js';
import type {Holdings} from './holdings.js';
import {type Batch, batchOf, type Item} from './item.js';
import type {ItemBuffer} from './item-buffer.js';
import {settlementOf} from './item-stream.js';
import type {Ledger, Settlement} from './ledger.js';
import {NewestFirstGate} from './newest-first-gate.js';
import type {Outage} from './outage.js';
import type {Destination, SendResult, SystemFault, Verdict} from './ports/destination.js';
import type {Reopening} from './reopening.js';
import type {SendWindow} from './send-window.js';
import {TaskSet} from './task-set.js';

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

/** Faults that leave the sent files in doubt, so that a try is counted; the others only ask for patience. */
const DOUBTFUL_FAULTS = new Set(['unreachable', 'stalled', 'server-error']);

/**
 * Sends batches and sees to it that every file gets a verdict of its own. What is under way stands in the checkpoint
 * before it leaves. After a lost answer, or one that does not name every file, the archive is asked what it has; the
 * rest is sent again in smaller batches, in the end file by file. Whatever went down with the archive goes alone.
 */
export class Dispatcher {
  private readonly bell = new Bell();
  private readonly tasks = new TaskSet(() => this.bell.ring());
  private readonly retries: Batch[] = [];
  private readonly gate = new NewestFirstGate();
  private underWay = new Set<Batch>();
  private batchNumber: number;

  constructor(private readonly deps: DispatcherDeps) {
    this.batchNumber = deps.firstBatch;
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
    while (!isAborted(signal)) {
      const batch = this.nextBatch(buffer);
      if (batch !== null) {
        this.launch(batch);
        continue;
      }
      if (buffer.drained && this.retries.length === 0 && this.underWay.size === 0) break;
      await this.bell.heard();
      this.tasks.throwIfFailed();
    }
    await this.tasks.allDone();
  }

  /** The batch that may leave now; null where there is none, or no room for it, or a reason to wait. */
  private nextBatch(buffer: ItemBuffer): Batch | null {
    const {outage, window} = this.deps;
    if (outage.active) return null;
    for (const batch of this.underWay) if (batch.alone) return null;
    const retry = this.retries[0];
    if (retry !== undefined) {
      const room = retry.alone ? this.underWay.size === 0 : this.underWay.size < window.requests;
      if (!room) return null;
      this.retries.shift();
      return retry;
    }
    if (this.underWay.size >= window.requests) return null;
    const {batchFiles, batchBytes} = window;
    // With nothing under way there is no point in waiting for more; otherwise only full batches leave.
    if (buffer.isEmpty || (this.underWay.size > 0 && !buffer.isReady(batchFiles, batchBytes))) return null;
    const items = buffer.peek(batchFiles, batchBytes);
    const batch = batchOf(
      items,
      items.some(item => item.deaths > 0),
    );
    if (batch.alone && this.underWay.size > 0) return null;
    if (!this.gate.mayLeave(batch)) return null;
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
    const {destination, ledger, reopening, signal} = this.deps;
    const fresh = await reopening.refresh(batch.items);
    if (fresh.settlements.length > 0) await this.settle(fresh.settlements);
    const items = fresh.items;
    if (items.length === 0 || isAborted(signal)) return;
    const number = this.batchNumber++;
    await ledger.sent(number, items);
    const parcels = items.map(item => ({
      path: item.folder === '' ? item.file.name : `${item.folder}/${item.file.name}`,
      content: item.content,
      header: item.header,
    }));
    const result = await destination.send(parcels, signal);
    await this.handle(number, items, batch.alone, result);
  }

  private async handle(
    number: number,
    items: readonly Item[],
    alone: boolean,
    result: SendResult,
  ): Promise<void> {
    switch (result.kind) {
      case 'aborted':
        // Still in flight in the checkpoint: asked about first when the job goes on.
        return;
      case 'too-large':
        return this.tooLarge(number, items, result.limitBytes);
      case 'answered':
        return this.answered(number, items, result.verdicts, result.fault);
      case 'fault':
        return this.lost(number, items, alone, result.fault);
    }
  }

  private async tooLarge(number: number, items: readonly Item[], limit: number | null): Promise<void> {
    const [only] = items;
    const bytes = batchOf(items).bytes;
    if (items.length === 1 && only !== undefined) {
      const detail = limit === null ? `${bytes} bytes` : `limit ${limit} bytes`;
      await this.settle(
        [settlementOf(only, {kind: 'failed', reason: 'too-large-for-server', detail})],
        [number],
      );
      return;
    }
    this.deps.window.tooLarge(bytes);
    this.retryInHalves(items);
    await this.settle([], [number]);
  }

  private async answered(
    number: number,
    items: readonly Item[],
    verdicts: readonly Verdict[],
    fault: SystemFault | null,
  ): Promise<void> {
    const {window, outage, signal} = this.deps;
    const settlements: Settlement[] = [];
    const again: Item[] = [];
    const unnamed: Item[] = [];
    for (const [i, item] of items.entries()) {
      const verdict = verdicts[i] ?? {kind: 'unnamed'};
      if (verdict.kind === 'unnamed') unnamed.push(item);
      else if (isWorthAnotherTry(verdict, item)) again.push({...item, tries: item.tries + 1});
      else settlements.push(settlementOf(item, outcomeOf(verdict)));
    }
    if (fault === null) window.answered();
    else window.fault();
    if (settlements.some(({outcome}) => outcome.kind === 'stored')) outage.succeeded();
    await this.settle(settlements, unnamed.length + again.length === 0 ? [number] : []);
    if (fault !== null) await outage.afterFault(fault);
    if (isAborted(signal)) return;
    for (const item of again) this.retries.push(batchOf([item]));
    if (unnamed.length > 0) await this.resolveDoubt(unnamed, fault === null);
    await this.settle([], [number]);
  }

  private async lost(
    number: number,
    items: readonly Item[],
    alone: boolean,
    fault: SystemFault,
  ): Promise<void> {
    const {ledger, outage, window, signal} = this.deps;
    window.fault();
    const doubtful = DOUBTFUL_FAULTS.has(fault.reason);
    const suspicious = doubtful && fault.bytesLeft;
    const suspected = items.map(item => (suspicious ? {...item, deaths: item.deaths + 1} : item));
    // Counted before the wait, so that it is not forgotten if the tab dies as well.
    if (suspicious) await ledger.sent(number, suspected);
    const archive = await outage.afterFault(fault);
    if (isAborted(signal)) return;
    const wentDown = suspicious && archive === 'archive-was-down';
    if (wentDown) {
      // The record stays in the checkpoint: it holds the count of deaths until the job ends.
      await this.resolveDoubt(suspected, false, true);
      return;
    }
    await this.resolveDoubt(items, doubtful, alone);
    await this.settle([], [number]);
  }

  /**
   * Nothing is known of these files: the archive is asked which it has. The others go again: in halves where they
   * were tried before, alone where the archive went down with them, and not at all where that has not helped.
   */
  private async resolveDoubt(items: readonly Item[], countsAsTry: boolean, alone = false): Promise<void> {
    const {holdings, limits, reopening, signal} = this.deps;
    const settlements: Settlement[] = [];
    const again: Item[] = [];
    const there = new Map<string, ReadonlySet<string>>();
    for (const item of items) {
      const study = item.header.studyInstanceUid;
      if (holdings.asks && !there.has(study)) there.set(study, await holdings.instances(study));
      if (isAborted(signal)) return;
      const next = countsAsTry ? {...item, tries: item.tries + 1} : item;
      if (there.get(study)?.has(item.header.sopInstanceUid) === true) {
        settlements.push(settlementOf(item, {kind: 'stored'}));
      } else if (next.deaths >= limits.deathsAllowed) {
        settlements.push(settlementOf(item, {kind: 'failed', reason: 'stops-the-archive'}));
      } else if (next.tries >= limits.triesAllowed && items.length === 1) {
        settlements.push(settlementOf(item, await reopening.whyNoVerdict(item)));
      } else {
        again.push(next);
      }
    }
    if (alone) for (const item of again) this.retries.push(batchOf([item], true));
    else if (again.some(item => item.tries > 0)) this.retryInHalves(again);
    else if (again.length > 0) this.retries.push(batchOf(again));
    if (settlements.length > 0) await this.settle(settlements);
  }

  private retryInHalves(items: readonly Item[]): void {
    const middle = Math.ceil(items.length / 2);
    for (const half of [items.slice(0, middle), items.slice(middle)]) {
      if (half.length > 0) this.retries.push(batchOf(half));
    }
  }

  /** Settles, and decides upon the duplicates that waited for these files. */
  private async settle(settlements: readonly Settlement[], answered: readonly number[] = []): Promise<void> {
    const {duplicates, ledger} = this.deps;
    const all = [...settlements];
    for (const {outcome, header} of settlements) {
      const instance = identityOf(header);
      if (instance === null) continue;
      if (outcome.kind === 'failed' || outcome.kind === 'skipped') {
        const next = duplicates.failed(instance);
        if (next !== null) this.retries.push(batchOf([next], next.deaths > 0));
      } else {
        for (const item of duplicates.stored(instance)) all.push(settlementOf(item, {kind: 'already-there'}));
      }
    }
    if (all.length > 0 || answered.length > 0) await ledger.settle(all, answered);
  }
}

/** PS3.7 C.5.7: a processing failure may pass; the file gets one more chance, alone. */
function isWorthAnotherTry(verdict: Verdict, item: Item): boolean {
  return verdict.kind === 'refused' && verdict.reason === 'processing-failure' && item.tries === 0;
}

function outcomeOf(verdict: Exclude<Verdict, {kind: 'unnamed'}>): Settlement['outcome'] {
  if (verdict.kind !== 'refused') return {kind: verdict.kind};
  const {reason, detail} = verdict;
  return detail === undefined ? {kind: 'failed', reason} : {kind: 'failed', reason, detail};
}
