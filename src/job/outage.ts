import {isAborted} from './is-aborted.js';
import type {EngineLimits} from './engine-limits.js';
import type {WaitsFor} from './job-state.js';
import type {Clock} from './ports/clock.js';
import type {Destination, SystemFault} from './ports/destination.js';
import type {Source} from './ports/source.js';
import type {WaitReason} from './reasons.js';

/** Told when a wait begins, when the next try is planned, and when it ends. */
export interface OutageListener {
  waiting(wait: {
    waitsFor: WaitsFor;
    reason: WaitReason;
    nextTryAt: number | null;
    attempt: number;
  }): Promise<void>;
  recovered(): Promise<void>;
}

/** Whether the archive itself was found down during a wait. */
export type ArchiveWas = 'archive-was-down' | 'archive-was-up';

/**
 * The one place where a job waits. Whoever meets a fault of the system reports it and gets a promise for the moment
 * when it is worth trying again; several who meet the same outage share one wait. A wait for the archive asks it with
 * growing pauses (exponential, with jitter, never earlier than Retry-After); a wait for the medium looks whether the
 * same one is back.
 */
export class Outage {
  private current: Promise<ArchiveWas> | null = null;
  private attempt = 0;
  private wake: AbortController | null = null;
  /** What the medium of this job looks like; changes where a person says that a changed one is the same. */
  private fingerprint: string | null;
  private accepted: 'this-medium' | null = null;

  constructor(
    private readonly deps: {
      readonly clock: Clock;
      readonly source: Source;
      readonly destination: Destination;
      readonly fingerprint: string | null;
      readonly limits: EngineLimits;
      readonly listener: OutageListener;
      readonly signal: AbortSignal;
    },
  ) {
    this.fingerprint = deps.fingerprint;
  }

  /** True while the job waits. */
  get active(): boolean {
    return this.current !== null;
  }

  /** Resolves when nobody waits any more. */
  async over(): Promise<void> {
    while (this.current !== null) await this.current;
  }

  /** Ends the present pause early. */
  tryNow(): void {
    this.wake?.abort();
  }

  /** A person says that the medium which is there is the right one, though it has changed. */
  acceptMedium(): void {
    this.accepted = 'this-medium';
    this.tryNow();
  }

  /** The archive has taken something: the next outage starts with a short pause again. */
  succeeded(): void {
    this.attempt = 0;
  }

  /**
   * Waits until the archive answers again, or until the medium is back where that is what is missing: a stick that is
   * pulled out makes an upload fail just as a dead server does. Resolves to whether the archive itself was down.
   * `looksAtOnce`: asks before the first pause, too, since an archive that died is often started again within it.
   */
  async afterFault(fault: SystemFault, looksAtOnce = false): Promise<ArchiveWas> {
    if (await this.mediumMissing()) return 'archive-was-up';
    // Who joins a wait that has begun looks for itself.
    const found = looksAtOnce && this.active ? this.look() : null;
    const was = await this.share(() => this.waitForArchive(fault, looksAtOnce));
    return (await found) ?? was;
  }

  /** Waits for the medium if it is gone; resolves to whether it had been. */
  async mediumMissing(): Promise<boolean> {
    const presence = await this.deps.source.presence();
    if (presence === 'present') return false;
    await this.share(() => this.waitForMedium(presence === 'gone' ? 'medium-gone' : 'permission'));
    return true;
  }

  private share(wait: () => Promise<ArchiveWas>): Promise<ArchiveWas> {
    if (this.current !== null) return this.current;
    const over = (): void => {
      this.current = null;
      this.wake = null;
    };
    const done = wait().then(
      async was => {
        over();
        if (!isAborted(this.deps.signal)) await this.deps.listener.recovered();
        return was;
      },
      (error: unknown) => {
        over();
        throw error;
      },
    );
    this.current = done;
    return done;
  }

  private async waitForArchive(first: SystemFault, looksAtOnce: boolean): Promise<ArchiveWas> {
    const {clock, destination, listener, signal} = this.deps;
    let fault = first;
    let was: ArchiveWas = (looksAtOnce ? await this.look() : null) ?? 'archive-was-up';
    while (!isAborted(signal)) {
      const pause = this.pauseBefore(fault);
      const waitsFor = fault.reason === 'sign-in' ? 'sign-in' : 'server';
      await listener.waiting({
        waitsFor,
        reason: fault.reason,
        nextTryAt: clock.now() + pause,
        attempt: this.attempt,
      });
      this.attempt++;
      await this.sleep(pause);
      if (isAborted(signal)) break;
      const answer = await destination.probe(signal);
      if (answer.ok) break;
      was = 'archive-was-down';
      fault = answer.fault;
    }
    return was;
  }

  private async look(): Promise<'archive-was-down' | null> {
    const {destination, signal} = this.deps;
    if (isAborted(signal)) return null;
    const answer = await destination.probe(signal);
    return answer.ok || isAborted(signal) ? null : 'archive-was-down';
  }

  private async waitForMedium(first: WaitReason): Promise<ArchiveWas> {
    const {source, limits, listener, signal} = this.deps;
    let reason = first;
    this.accepted = null;
    for (let attempt = 0; !isAborted(signal); attempt++) {
      await listener.waiting({waitsFor: 'medium', reason, nextTryAt: null, attempt});
      await this.sleep(limits.mediumLookMs);
      if (isAborted(signal)) break;
      const presence = await source.presence();
      if (presence === 'present') {
        const found = this.fingerprint === null ? null : await source.fingerprint();
        if (found === this.fingerprint) break;
        if (found !== null && this.hasAccepted()) {
          this.fingerprint = found;
          break;
        }
        reason = found === null ? 'medium-gone' : 'other-medium';
      } else {
        reason = presence === 'gone' ? 'medium-gone' : 'permission';
      }
    }
    return 'archive-was-up';
  }

  private hasAccepted(): boolean {
    return this.accepted !== null;
  }

  /** Full jitter over the upper half: at least half of the pause, so that a crowd of tabs does not come back at once. */
  private pauseBefore(fault: SystemFault): number {
    const {limits, clock} = this.deps;
    const ceiling = Math.min(limits.longestRetryMs, limits.firstRetryMs * 2 ** Math.min(this.attempt, 16));
    const jittered = ceiling / 2 + (clock.random() * ceiling) / 2;
    return Math.max(jittered, fault.retryAfterMs ?? 0);
  }

  private async sleep(ms: number): Promise<void> {
    const wake = new AbortController();
    this.wake = wake;
    await this.deps.clock.sleep(ms, AbortSignal.any([wake.signal, this.deps.signal]));
  }
}
