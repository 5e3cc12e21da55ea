import type {Item} from './item.js';

/** Instances that are remembered as sent; a duplicate further away is left to the archive to recognise. */
const REMEMBERED = 50_000;

/**
 * Files of one source that carry the same SOP Instance UID. Only the first is sent; the others wait for its verdict,
 * because "already there" would be a lie if the first one failed.
 */
export class Duplicates {
  private readonly firsts = new Map<string, 'on-its-way' | 'on-the-archive'>();
  private readonly held = new Map<string, Item[]>();

  /** What to do with an item: send it, hold it until the first one has a verdict, or count it as already there. */
  admit(item: Item): 'send' | 'held' | 'already-there' {
    const uid = item.header.sopInstanceUid;
    switch (this.firsts.get(uid)) {
      case 'on-the-archive':
        return 'already-there';
      case 'on-its-way': {
        const others = this.held.get(uid);
        if (others) others.push(item);
        else this.held.set(uid, [item]);
        return 'held';
      }
      case undefined:
        this.remember(uid);
        return 'send';
    }
  }

  /** The first one is on the archive: those held for it can be settled as already there. */
  stored(sopUid: string): readonly Item[] {
    if (this.firsts.has(sopUid)) this.firsts.set(sopUid, 'on-the-archive');
    const others = this.held.get(sopUid) ?? [];
    this.held.delete(sopUid);
    return others;
  }

  /** The first one failed: the next is to be sent in its place. */
  failed(sopUid: string): Item | null {
    const others = this.held.get(sopUid);
    const next = others?.shift() ?? null;
    if (others?.length === 0) this.held.delete(sopUid);
    if (next === null) this.firsts.delete(sopUid);
    return next;
  }

  private remember(uid: string): void {
    this.firsts.set(uid, 'on-its-way');
    if (this.firsts.size <= REMEMBERED) return;
    for (const [oldest, state] of this.firsts) {
      if (state === 'on-its-way') continue;
      this.firsts.delete(oldest);
      break;
    }
  }
}
