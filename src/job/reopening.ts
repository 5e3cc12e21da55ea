import {decide} from './decide.js';
import type {Item} from './item.js';
import {settlementOf} from './item-stream.js';
import type {Ledger, Settlement} from './ledger.js';
import {readFiles} from './open-files.js';
import type {Outage} from './outage.js';
import type {HeaderReader} from './ports/header-reader.js';

/**
 * Takes files up again before they are sent a second time: the medium may have been out, and the file may have changed
 * since, in which case the browser would refuse to send what it opened before.
 */
export class Reopening {
  constructor(
    private readonly reader: HeaderReader,
    private readonly outage: Outage,
    private readonly ledger: Ledger,
    private readonly signal: AbortSignal,
  ) {}

  /** The items as they are now, and outcomes for those that cannot be sent any more. First sendings pass untouched. */
  async refresh(items: readonly Item[]): Promise<{
    items: readonly {readonly before: Item; readonly now: Item}[];
    settlements: readonly Settlement[];
  }> {
    if (items.every(item => item.tries === 0 && item.deaths === 0)) {
      return {items: items.map(item => ({before: item, now: item})), settlements: []};
    }
    const read = await readFiles(
      items.map(item => item.file),
      this.reader,
      this.outage,
      this.signal,
    );
    const fresh: {before: Item; now: Item}[] = [];
    const settlements: Settlement[] = [];
    for (const [i, item] of items.entries()) {
      const each = read[i];
      if (each === undefined) break; // stopped meanwhile
      if (each.kind === 'fault') {
        const reason = each.fault === 'permission' ? 'unreadable' : each.fault;
        settlements.push(settlementOf(item, {kind: 'failed', reason}));
        continue;
      }
      const decision = decide(each.reading, this.ledger.record.options);
      if (decision.kind === 'settle') settlements.push(settlementOf(item, decision.outcome));
      else fresh.push({before: item, now: {...item, content: each.content, header: decision.header}});
    }
    return {items: fresh, settlements};
  }

  /** Whether the file's bytes can be read to the end. */
  isReadable(item: Item): Promise<boolean> {
    return this.reader.isReadable(item.content, this.signal);
  }
}
