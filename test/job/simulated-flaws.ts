import type {FailReason} from '../../src/job/reasons.js';
import type {Dice} from './dice.js';
import type {FakeArchive} from './fakes/fake-archive.js';
import type {SimulatedTree} from './simulated-tree.js';

const REFUSALS: readonly FailReason[] = ['sop-class-refused', 'not-understood', 'processing-failure'];

/** What is wrong with single files for ever, and what the archive held before: the storm passes, these stay. */
export class Flaws {
  /** SOP Instance UIDs with the reason for which they have to fail. */
  readonly failing = new Map<string, FailReason>();
  readonly held = new Set<string>();
  readonly limitBytes: number;

  constructor(dice: Dice, tree: SimulatedTree, archive: FakeArchive) {
    const share = dice.pick([0, 0, 0.05, 0.2]);
    const heldBefore = dice.pick([0, 0, 0.3]);
    this.limitBytes = dice.chance(0.15) ? 300 + dice.below(3000) : Infinity;
    archive.limitBytes = this.limitBytes;
    archive.tellsLimit = dice.chance(0.5);
    for (const {file} of tree.source.files()) {
      if (file.what.kind !== 'instance') continue;
      const {studyInstanceUid, sopInstanceUid} = file.what.header;
      if (dice.chance(share)) this.#spoil(dice, archive, sopInstanceUid);
      else if (dice.chance(heldBefore)) {
        archive.hold(studyInstanceUid, sopInstanceUid);
        this.held.add(sopInstanceUid);
      }
    }
  }

  get isNone(): boolean {
    return this.failing.size === 0 && this.limitBytes === Infinity;
  }

  #spoil(dice: Dice, archive: FakeArchive, sop: string): void {
    if (this.held.has(sop) || this.failing.has(sop)) return;
    const what = dice.below(5);
    if (what === 0) {
      archive.diesOf.add(sop);
      this.failing.set(sop, 'stops-the-archive');
    } else if (what === 1) {
      archive.ignores.add(sop);
      this.failing.set(sop, 'no-verdict');
    } else if (what === 2) {
      archive.failsOn.add(sop);
      this.failing.set(sop, 'no-verdict');
    } else {
      const reason = dice.pick(REFUSALS);
      archive.refuses.set(sop, reason);
      this.failing.set(sop, reason);
    }
  }
}
