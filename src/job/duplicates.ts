import type {Item} from './item.js';

/** Instances that are remembered as sent; a duplicate further away is left to the archive to recognise. */
const REMEMBERED = 50_000;

/** The same SOP Instance UID in two studies is a conflict that the archive has to see, not a duplicate. */
export interface Identity {
  readonly studyInstanceUid: string;
  readonly sopInstanceUid: string;
}

const keyOf = (instance: Identity): string => `${instance.studyInstanceUid}|${instance.sopInstanceUid}`;

export function identityOf(header: Partial<Identity> | null): Identity | null {
  const {studyInstanceUid, sopInstanceUid} = header ?? {};
  return studyInstanceUid === undefined || sopInstanceUid === undefined
    ? null
    : {studyInstanceUid, sopInstanceUid};
}

/**
 * Files of one source that carry the same SOP Instance UID. Only the first is sent; the others wait for its verdict,
 * because "already there" would be a lie if the first one failed.
 */
export class Duplicates {
  private readonly firsts = new Map<string, 'on-its-way' | 'on-the-archive'>();
  private readonly held = new Map<string, Item[]>();

  /** What to do with an item: send it, hold it until the first one has a verdict, or count it as already there. */
  admit(item: Item): 'send' | 'held' | 'already-there' {
    const key = keyOf(item.header);
    switch (this.firsts.get(key)) {
      case 'on-the-archive':
        return 'already-there';
      case 'on-its-way': {
        const others = this.held.get(key);
        if (others) others.push(item);
        else this.held.set(key, [item]);
        return 'held';
      }
      case undefined:
        this.remember(key);
        return 'send';
    }
  }

  /** The first one is on the archive: those held for it can be settled as already there. */
  stored(instance: Identity): readonly Item[] {
    const key = keyOf(instance);
    if (this.firsts.has(key)) this.firsts.set(key, 'on-the-archive');
    const others = this.held.get(key) ?? [];
    this.held.delete(key);
    return others;
  }

  /** The first one failed: the next is to be sent in its place. */
  failed(instance: Identity): Item | null {
    const key = keyOf(instance);
    const others = this.held.get(key);
    const next = others?.shift() ?? null;
    if (others?.length === 0) this.held.delete(key);
    if (next === null) this.firsts.delete(key);
    return next;
  }

  private remember(key: string): void {
    this.firsts.set(key, 'on-its-way');
    if (this.firsts.size <= REMEMBERED) return;
    for (const [oldest, state] of this.firsts) {
      if (state === 'on-its-way') continue;
      this.firsts.delete(oldest);
      break;
    }
  }
}
