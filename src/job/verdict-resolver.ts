import type {BenefitOfDoubt} from './benefit-of-doubt.js';
import {triedAgain} from './benefit-of-doubt.js';
import {type Duplicates, identityOf} from './duplicates.js';
import type {EngineLimits} from './engine-limits.js';
import type {Holdings} from './holdings.js';
import {isAborted} from './is-aborted.js';
import {batchOf, type Item} from './item.js';
import {settlementOf} from './item-stream.js';
import type {Ledger, Settlement} from './ledger.js';
import type {Outcome} from './outcome.js';
import type {Outage} from './outage.js';
import type {SendResult, SystemFault, Verdict} from './ports/destination.js';
import type {Reopening} from './reopening.js';
import type {RetryQueue} from './retry-queue.js';
import type {SendWindow} from './send-window.js';

export interface VerdictResolverDeps {
  readonly holdings: Holdings;
  readonly duplicates: Duplicates;
  readonly reopening: Reopening;
  readonly ledger: Ledger;
  readonly outage: Outage;
  readonly window: SendWindow;
  readonly limits: EngineLimits;
  readonly signal: AbortSignal;
  readonly benefit: BenefitOfDoubt;
  readonly retries: RetryQueue;
  /** Whether other files could be sent while a doubtful one waits. */
  readonly othersLeft: () => boolean;
}

type Failed = Outcome & {kind: 'failed'};

/** A file without a verdict; `blame` is what the archive said of it, where it said anything. */
interface Doubt {
  readonly item: Item;
  readonly blame: Failed | null;
}

/** Faults that leave the sent files in doubt, so that a try is counted; the others only ask for patience. */
const DOUBTFUL_FAULTS = new Set(['unreachable', 'stalled', 'server-error']);

const NO_ANSWER: SystemFault = {reason: 'server-error', retryAfterMs: null, status: null, bytesLeft: true};

/**
 * Turns what came of a request into a verdict for each of its files. Where the answer leaves a file in doubt the
 * archive is asked what it has, and the rest goes back to the retries, in smaller batches, in the end file by file.
 */
export class VerdictResolver {
  constructor(private readonly deps: VerdictResolverDeps) {}

  async resolve(number: number, items: readonly Item[], result: SendResult): Promise<void> {
    switch (result.kind) {
      case 'aborted':
        // Still in flight in the checkpoint: asked about first when the job goes on.
        return;
      case 'too-large':
        return this.tooLarge(number, items, result.limitBytes);
      case 'answered':
        return this.answered(number, items, result.verdicts, result.fault);
      case 'fault':
        return this.lost(number, items, result.fault);
    }
  }

  /** Settles, and decides upon the duplicates that waited for these files. */
  async settle(settlements: readonly Settlement[], answered: readonly number[] = []): Promise<void> {
    const {duplicates, ledger, limits, retries} = this.deps;
    const all = [...settlements];
    for (const {outcome, header} of settlements) {
      const instance = identityOf(header);
      if (instance === null) continue;
      if (outcome.kind === 'failed' || outcome.kind === 'skipped') {
        const next = duplicates.failed(instance);
        if (next === null) continue;
        // The same instance again is likely to do the same: one death more is enough.
        const isFeared = outcome.reason === 'stops-the-archive';
        retries.add([isFeared ? {...next, deaths: Math.max(next.deaths, limits.deathsAllowed - 1)} : next]);
      } else {
        for (const item of duplicates.stored(instance)) all.push(settlementOf(item, {kind: 'already-there'}));
      }
    }
    if (all.length > 0 || answered.length > 0) await ledger.settle(all, answered);
  }

  private async tooLarge(number: number, items: readonly Item[], limit: number | null): Promise<void> {
    const [only] = items;
    const {bytes} = batchOf(items);
    if (items.length === 1 && only !== undefined) {
      const detail = limit === null ? `${bytes} bytes` : `limit ${limit} bytes`;
      const outcome = {kind: 'failed', reason: 'too-large-for-server', detail} as const;
      await this.settle([settlementOf(only, outcome)], [number]);
      return;
    }
    this.deps.window.tooLarge(bytes, limit);
    this.deps.retries.addInHalves(items);
    await this.settle([], [number]);
  }

  private async answered(
    number: number,
    items: readonly Item[],
    verdicts: readonly Verdict[],
    fault: SystemFault | null,
  ): Promise<void> {
    const {window, outage, benefit, signal} = this.deps;
    const {settlements, doubts} = sorted(items, verdicts);
    const takenBefore = benefit.taken;
    if (settlements.length > 0) this.took(settlements.length);
    if (fault === null) window.answered();
    else window.fault();
    await this.settle(settlements, doubts.length === 0 ? [number] : []);
    if (fault !== null) await outage.afterFault(fault);
    if (isAborted(signal) || doubts.length === 0) return;
    await this.resolveDoubts(doubts, {
      tried: fault === null,
      takenBefore,
      isSilent: fault === null && settlements.length === 0,
    });
    if (!isAborted(signal)) await this.settle([], [number]);
  }

  private async lost(number: number, items: readonly Item[], fault: SystemFault): Promise<void> {
    const {ledger, outage, window, benefit, retries, signal} = this.deps;
    const takenBefore = benefit.taken;
    window.fault();
    const isSuspicious = DOUBTFUL_FAULTS.has(fault.reason) && fault.bytesLeft;
    const suspected = items.map(item => (isSuspicious ? {...item, deaths: item.deaths + 1} : item));
    // Counted before the wait and on the disk, so that it is not forgotten if tab or computer die as well.
    if (isSuspicious) await ledger.sent(number, suspected, 'strict');
    const archive = await outage.afterFault(fault, isSuspicious);
    if (isAborted(signal)) return;
    if (!fault.bytesLeft) {
      retries.add(items);
      await this.settle([], [number]);
      return;
    }
    const wentDown = isSuspicious && archive === 'archive-was-down';
    const doubts = (wentDown ? suspected : items).map(item => ({item, blame: null}));
    await this.resolveDoubts(doubts, {tried: isSuspicious && !wentDown, takenBefore, isSilent: false});
    // After a death the record stays in the checkpoint: it holds the count until the job ends.
    if (!wentDown && !isAborted(signal)) await this.settle([], [number]);
  }

  /**
   * Nothing is known of these files: the archive is asked which it has. The others go again, and not at all where
   * that has not helped. `isSilent`: the request had a good answer which named none of its files.
   */
  private async resolveDoubts(
    doubts: readonly Doubt[],
    how: {readonly tried: boolean; readonly takenBefore: number; readonly isSilent: boolean},
  ): Promise<void> {
    const {limits, benefit, outage, window, retries, signal} = this.deps;
    const there = await this.whatIsThere(doubts);
    if (isAborted(signal)) return;
    const settlements: Settlement[] = [];
    if (there.size > 0) this.took(there.size);
    else if (how.isSilent && benefit.tookNothing()) {
      window.fault();
      await outage.afterFault(NO_ANSWER);
      if (isAborted(signal)) return;
    }
    const again: Item[] = [];
    for (const {item, blame} of doubts) {
      if (there.has(item)) {
        settlements.push(settlementOf(item, {kind: 'stored'}));
        continue;
      }
      if (item.deaths >= limits.deathsAllowed) {
        settlements.push(settlementOf(item, {kind: 'failed', reason: 'stops-the-archive'}));
        continue;
      }
      const next = how.tried ? triedAgain(item, doubts.length === 1, how.takenBefore) : item;
      const outcome = how.tried ? await this.givenUp(next, blame) : null;
      if (isAborted(signal)) return;
      if (outcome === null) again.push(next);
      else settlements.push(settlementOf(item, outcome));
    }
    retries.add(again);
    if (settlements.length > 0) await this.settle(settlements);
  }

  private async whatIsThere(doubts: readonly Doubt[]): Promise<ReadonlySet<Item>> {
    const {holdings, signal} = this.deps;
    const there = new Set<Item>();
    if (!holdings.asks) return there;
    const studies = new Map<string, ReadonlySet<string>>();
    for (const {item} of doubts) {
      const {studyInstanceUid, sopInstanceUid} = item.header;
      const known = studies.get(studyInstanceUid) ?? (await holdings.instances(studyInstanceUid));
      if (isAborted(signal)) return there;
      studies.set(studyInstanceUid, known);
      if (known.has(sopInstanceUid)) there.add(item);
    }
    return there;
  }

  /** The outcome of a file that is not sent again, or null where it is. */
  private async givenUp(item: Item, blame: Failed | null): Promise<Failed | null> {
    const {benefit, ledger, outage, reopening, retries, othersLeft} = this.deps;
    // Often its own bytes cannot be read to the end; looked at once, since it may be large.
    if (blame === null && item.triesAlone === 2 && !(await reopening.isReadable(item))) {
      return (await outage.mediumMissing()) ? null : {kind: 'failed', reason: 'unreadable'};
    }
    const {stored, alreadyThere, linked} = ledger.record.counts;
    const isGivenUp = benefit.isGivenUp(item, {
      othersLeft: othersLeft(),
      doubtful: retries.doubtful,
      everTook: stored + alreadyThere + linked > 0,
    });
    return isGivenUp ? (blame ?? {kind: 'failed', reason: 'no-verdict'}) : null;
  }

  private took(files: number): void {
    this.deps.benefit.took(files);
    this.deps.outage.succeeded();
  }
}

/** PS3.7 C.5.7: a processing failure may pass, so it is no verdict yet. */
function sorted(
  items: readonly Item[],
  verdicts: readonly Verdict[],
): {settlements: Settlement[]; doubts: Doubt[]} {
  const settlements: Settlement[] = [];
  const doubts: Doubt[] = [];
  for (const [i, item] of items.entries()) {
    const verdict = verdicts[i] ?? {kind: 'unnamed'};
    if (verdict.kind === 'unnamed') {
      const {detail} = verdict;
      const blame = detail === undefined ? null : ({kind: 'failed', reason: 'no-verdict', detail} as const);
      doubts.push({item, blame});
    } else if (verdict.kind === 'refused') {
      const {reason, detail} = verdict;
      const outcome: Failed = {kind: 'failed', reason, ...(detail === undefined ? {} : {detail})};
      if (reason === 'processing-failure') doubts.push({item, blame: outcome});
      else settlements.push(settlementOf(item, outcome));
    } else {
      settlements.push(settlementOf(item, {kind: verdict.kind}));
    }
  }
  return {settlements, doubts};
}
