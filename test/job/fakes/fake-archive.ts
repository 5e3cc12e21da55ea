import type {Clock} from '../../../src/job/ports/clock.js';
import type {
  Asked,
  Capabilities,
  Destination,
  DestinationInfo,
  Parcel,
  SendResult,
  SystemFault,
  Verdict,
} from '../../../src/job/ports/destination.js';
import type {FailReason, WaitReason} from '../../../src/job/reasons.js';
import {FakeContent} from './fake-content.js';

export type ArchiveCall =
  | {readonly kind: 'probe'}
  | {readonly kind: 'send'; readonly parcels: readonly Parcel[]}
  | {readonly kind: 'studies'; readonly studyUids: readonly string[]}
  | {readonly kind: 'instances'; readonly studyUid: string};

/**
 * What goes wrong with one call.
 * `fault`: no answer, or an answer about the system; of a send, the first `stored` parcels are kept all the same.
 * `silence`: a 200 that names only the first `named` parcels; `stored` of them are kept.
 */
export type Mishap =
  | {readonly kind: 'fault'; readonly fault: SystemFault; readonly stored: number}
  | {readonly kind: 'silence'; readonly stored: number; readonly named: number}
  | {readonly kind: 'too-large'; readonly limitBytes: number | null};

export type ArchiveHook = (call: ArchiveCall) => Mishap | null | Promise<Mishap | null>;

export function systemFault(
  reason: WaitReason,
  more: Partial<Omit<SystemFault, 'reason'>> = {},
): SystemFault {
  return {reason, retryAfterMs: null, status: null, bytesLeft: true, ...more};
}

/** An archive that is only a set of what it holds, with everything that can go wrong around it. */
export class FakeArchive implements Destination {
  hook: ArchiveHook = () => null;
  capabilities: Capabilities = {copy: true, link: false, query: true};
  /** While false every call is answered with 401. */
  signedIn = true;
  /** Requests of more bytes are answered with 413. */
  limitBytes = Infinity;
  /** Says the limit with its 413. */
  tellsLimit = false;
  /** Instances that it has room for. */
  capacity = Infinity;
  /** Says `already-there` of what it holds; else `stored`, as many archives do. */
  tellsDuplicates = true;
  /** SOP Instance UIDs that it refuses, and why. */
  readonly refuses = new Map<string, FailReason>();
  /** SOP Instance UIDs over which it dies, before anything of the request is stored. */
  readonly diesOf = new Set<string>();
  /** SOP Instance UIDs that it neither stores nor mentions. */
  readonly ignores = new Set<string>();
  /** SOP Instance UIDs over which a whole request ends with an error of its own, though it lives on. */
  readonly failsOn = new Set<string>();
  /** While true every request to store ends so. */
  isBroken = false;
  deaths = 0;
  /** How long it is away after a death, in milliseconds. */
  restartMs = 5_000;
  /** How long a call takes at most, in milliseconds. */
  latencyMs = 200;
  /** How often each SOP Instance UID was sent here, whatever came of it. */
  readonly timesSent = new Map<string, number>();
  /** The best dates of what it stored, in the order of arrival; an empty text where there is none. */
  readonly datesArrived: string[] = [];
  readonly #held = new Map<string, Set<string>>();
  #awayUntil = 0;

  constructor(readonly clock: Clock) {}

  get size(): number {
    return [...this.#held.values()].reduce((sum, study) => sum + study.size, 0);
  }

  holds(studyUid: string, sopUid: string): boolean {
    return this.#held.get(studyUid)?.has(sopUid) ?? false;
  }

  hold(studyUid: string, sopUid: string): void {
    this.#held.set(studyUid, (this.#held.get(studyUid) ?? new Set()).add(sopUid));
  }

  *all(): Iterable<{readonly studyUid: string; readonly sopUid: string}> {
    for (const [studyUid, sops] of this.#held) for (const sopUid of sops) yield {studyUid, sopUid};
  }

  /** Behind the back of whoever sent it. */
  lose(studyUid: string, sopUid: string): void {
    this.#held.get(studyUid)?.delete(sopUid);
  }

  probe(signal: AbortSignal): Promise<Asked<DestinationInfo>> {
    return this.#ask({kind: 'probe'}, signal, () => ({
      name: 'Fake archive',
      imageFolder: null,
      freeBytes: null,
      capabilities: this.capabilities,
    }));
  }

  studies(studyUids: readonly string[], signal: AbortSignal): Promise<Asked<ReadonlySet<string>>> {
    return this.#ask(
      {kind: 'studies', studyUids},
      signal,
      () => new Set(studyUids.filter(uid => (this.#held.get(uid)?.size ?? 0) > 0)),
    );
  }

  instances(studyUid: string, signal: AbortSignal): Promise<Asked<ReadonlySet<string>>> {
    return this.#ask({kind: 'instances', studyUid}, signal, () => new Set(this.#held.get(studyUid)));
  }

  async send(parcels: readonly Parcel[], signal: AbortSignal): Promise<SendResult> {
    if (signal.aborted) return {kind: 'aborted'};
    const mishap = await this.hook({kind: 'send', parcels});
    if (isAborted(signal)) return {kind: 'aborted'};
    if (this.clock.now() < this.#awayUntil) {
      return {kind: 'fault', fault: systemFault('unreachable', {bytesLeft: false})};
    }
    for (const {header} of parcels) {
      this.timesSent.set(header.sopInstanceUid, (this.timesSent.get(header.sopInstanceUid) ?? 0) + 1);
    }
    await this.#delay(signal);
    // Broken off on the way there: some parcels may have been taken.
    if (isAborted(signal)) {
      this.#store(parcels.slice(0, Math.floor(this.clock.random() * (parcels.length + 1))));
      return {kind: 'aborted'};
    }
    const result = this.#receive(parcels, mishap);
    await this.#delay(signal);
    // Broken off on the way back: what was stored stays stored.
    return isAborted(signal) ? {kind: 'aborted'} : result;
  }

  #receive(parcels: readonly Parcel[], mishap: Mishap | null): SendResult {
    if (!this.signedIn) return {kind: 'fault', fault: systemFault('sign-in', {status: 401})};
    const bytes = parcels.reduce((sum, parcel) => sum + parcel.content.size, 0);
    if (mishap?.kind === 'too-large') return mishap;
    if (bytes > this.limitBytes) {
      return {kind: 'too-large', limitBytes: this.tellsLimit ? this.limitBytes : null};
    }
    if (parcels.some(parcel => this.diesOf.has(parcel.header.sopInstanceUid))) {
      this.deaths++;
      this.#awayUntil = this.clock.now() + this.restartMs;
      return {kind: 'fault', fault: systemFault('stalled')};
    }
    if (this.isBroken || parcels.some(parcel => this.failsOn.has(parcel.header.sopInstanceUid))) {
      return {kind: 'fault', fault: systemFault('server-error', {status: 500})};
    }
    // A browser that cannot read a file breaks the request off before an answer.
    if (parcels.some(({content}) => content instanceof FakeContent && !content.readable())) {
      return {kind: 'fault', fault: systemFault('unreachable')};
    }
    if (mishap?.kind === 'fault') {
      this.#store(parcels.slice(0, mishap.stored));
      return {kind: 'fault', fault: mishap.fault};
    }
    const kept = mishap?.kind === 'silence' ? parcels.slice(0, mishap.stored) : parcels;
    const named = mishap?.kind === 'silence' ? Math.min(mishap.named, mishap.stored) : parcels.length;
    const {verdicts, full} = this.#store(kept);
    return {
      kind: 'answered',
      verdicts: parcels.map((_, i) => (i < named ? verdicts[i] : undefined) ?? {kind: 'unnamed'}),
      fault: full ? systemFault('archive-full', {status: 200}) : null,
    };
  }

  #store(parcels: readonly Parcel[]): {readonly verdicts: readonly Verdict[]; readonly full: boolean} {
    let full = false;
    const verdicts = parcels.map(({header}): Verdict => {
      const {studyInstanceUid: study, sopInstanceUid: sop} = header;
      const refused = this.refuses.get(sop);
      if (this.ignores.has(sop)) return {kind: 'unnamed'};
      if (refused) return {kind: 'refused', reason: refused};
      if (this.holds(study, sop)) return {kind: this.tellsDuplicates ? 'already-there' : 'stored'};
      if (this.size >= this.capacity) {
        full = true;
        return {kind: 'unnamed', detail: 'A700'};
      }
      this.hold(study, sop);
      this.datesArrived.push(header.orderDate?.date ?? '');
      return {kind: 'stored'};
    });
    return {verdicts, full};
  }

  async #ask<T>(call: ArchiveCall, signal: AbortSignal, answer: () => T): Promise<Asked<T>> {
    // The contract has no word for an aborted question: whoever aborted it does not look at the answer.
    const aborted: Asked<T> = {ok: false, fault: systemFault('unreachable', {bytesLeft: false})};
    if (signal.aborted) return aborted;
    const mishap = await this.hook(call);
    await this.#delay(signal);
    if (isAborted(signal) || this.clock.now() < this.#awayUntil) return aborted;
    if (!this.signedIn) return {ok: false, fault: systemFault('sign-in', {status: 401, bytesLeft: false})};
    return mishap?.kind === 'fault' ? {ok: false, fault: mishap.fault} : {ok: true, value: answer()};
  }

  #delay(signal: AbortSignal): Promise<void> {
    return this.clock.sleep((this.clock.random() * this.latencyMs) / 2, signal);
  }
}

/** Asked anew each time: between two questions the signal may have fired. */
const isAborted = (signal: AbortSignal): boolean => signal.aborted;
