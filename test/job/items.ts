import type {Item} from '../../src/job/item.js';
import {FakeContent, type MemoryFile} from './fakes/fake-content.js';
import {instance} from './simulated-tree.js';

/** An item for a unit test; only what matters to it is said. */
export function item(
  more: {
    readonly name?: string;
    readonly size?: number;
    readonly date?: string | null;
    readonly study?: string;
    readonly sop?: string;
  } & Partial<Pick<Item, 'deaths' | 'tries' | 'triesAlone' | 'takenBefore'>> = {},
): Item {
  const {name = 'f', size = 10, date = '20200101', study = '1.2', sop = '1.2.3', ...counts} = more;
  const what = instance(study, sop, date);
  if (what.kind !== 'instance') throw new Error('not an instance');
  const file: MemoryFile = {name, size, lastModified: 1, what};
  const content = new FakeContent(file, () => true);
  return {
    folder: '',
    file: {name, open: () => Promise.resolve({ok: true, content})},
    content,
    header: what.header,
    deaths: 0,
    tries: 0,
    triesAlone: 0,
    takenBefore: 0,
    ...counts,
  };
}
