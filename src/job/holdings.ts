import {isAborted} from './is-aborted.js';
import type {Outage} from './outage.js';
import type {Asked, Destination} from './ports/destination.js';

/** Studies whose instances are remembered. The folders of one study are taken together, so few suffice. */
const STUDIES_REMEMBERED = 256;

/**
 * Asks the archive what it holds. A fault while asking makes the job wait, and the question is asked again; where the
 * archive answers no queries it holds nothing that we know of.
 */
export class Holdings {
  private readonly known = new Map<string, ReadonlySet<string>>();

  constructor(
    private readonly destination: Destination,
    private readonly canQuery: boolean,
    private readonly outage: Outage,
    private readonly signal: AbortSignal,
  ) {}

  get asks(): boolean {
    return this.canQuery;
  }

  /** Learns about studies before their files are decided upon; each is asked about once. */
  async learn(studyUids: Iterable<string>): Promise<void> {
    if (!this.canQuery) return;
    const unknown = [...new Set(studyUids)].filter(uid => !this.known.has(uid));
    if (unknown.length === 0) return;
    const there = await this.ask(() => this.destination.studies(unknown, this.signal));
    for (const uid of unknown) {
      this.remember(uid, there?.has(uid) === true ? await this.instances(uid) : new Set());
    }
  }

  /** What `learn` found of a study. */
  holds(studyUid: string, sopUid: string): boolean {
    return this.known.get(studyUid)?.has(sopUid) === true;
  }

  /** What the archive holds of a study at this moment; empty when the job was stopped meanwhile. */
  async instances(studyUid: string): Promise<ReadonlySet<string>> {
    return (await this.ask(() => this.destination.instances(studyUid, this.signal))) ?? new Set();
  }

  private async ask<T>(question: () => Promise<Asked<T>>): Promise<T | null> {
    while (!isAborted(this.signal)) {
      const answer = await question();
      if (isAborted(this.signal)) break;
      if (answer.ok) return answer.value;
      await this.outage.afterFault(answer.fault);
    }
    return null;
  }

  private remember(uid: string, instances: ReadonlySet<string>): void {
    this.known.set(uid, instances);
    if (this.known.size <= STUDIES_REMEMBERED) return;
    const oldest = this.known.keys().next();
    if (!oldest.done) this.known.delete(oldest.value);
  }
}
