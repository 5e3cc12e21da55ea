import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import type {Source, WalkStep} from '../../src/job/ports/source.js';
import {anyTree, filesByFolder, folderOf, nameOf, type Tree, tree} from './tree.js';

export interface SourceUnderTest {
  /** A source named `name` that holds these files. */
  make(files: Tree, name?: string): Promise<Source>;
  dispose(): Promise<void>;
}

export const never = new AbortController().signal;

export async function steps(source: Source, signal = never): Promise<readonly WalkStep[]> {
  const met: WalkStep[] = [];
  for await (const step of source.walk(signal)) met.push(step);
  return met;
}

/** Counts of files by folder; fails where a folder comes twice or cannot be read. */
export async function walked(source: Source): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const step of await steps(source)) {
    if (step.kind !== 'folder') throw new Error(`${step.path} is ${step.fault}`);
    expect(counts).to.not.have.property(step.path);
    counts[step.path] = step.files;
  }
  return counts;
}

export async function listed(source: Source, path: string): Promise<readonly string[]> {
  const listing = await source.list(path, never);
  if (!listing.ok) throw new Error(`${path} is ${listing.fault}`);
  return listing.files.map(file => file.name);
}

export async function caught(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => null,
    (error: unknown) => error,
  );
}

const NAMES = [
  'IM000001',
  'image 1.dcm',
  ' leading and inner  spaces',
  'Größe.dcm',
  'é decomposed',
  '画像-01',
  '🩻',
  '.DS_Store',
  '..hidden',
  'Thumbs.db',
  '%2e%2e%2f',
  'a&b=c#d?e',
  '<img src=x onerror=alert(1)>'.replaceAll(/[<>]/g, '_'),
  'x'.repeat(200),
  '1.2.840.113619.2.55.3.604688119.971.1449498271.123',
];

/** What every source does. */
export function sourceContract(name: string, underTest: SourceUnderTest): void {
  describe(`source, ${name}`, () => {
    afterEach(() => underTest.dispose());

    it('has the name of its folder', async () => {
      expect((await underTest.make(tree('a'), 'Old PACS')).name).to.equal('Old PACS');
    });

    it('walks folders that hold files, with their numbers, the source itself among them', async () => {
      const files = tree('readme', 'P1/S1/1', 'P1/S1/2', 'P1/S2/1', 'P2/only/deep/down/1');
      expect(await walked(await underTest.make(files))).to.deep.equal({
        '': 1,
        'P1/S1': 2,
        'P1/S2': 1,
        'P2/only/deep/down': 1,
      });
    });

    it('finds nothing in an empty folder', async () => {
      const source = await underTest.make(tree());
      expect(await walked(source)).to.deep.equal({});
      expect(await listed(source, '')).to.deep.equal([]);
    });

    it('counts and lists files of any name', async () => {
      const files = tree(...NAMES.map(file => `folder of ${file}/${file}`), ...NAMES);
      const source = await underTest.make(files);
      expect(await walked(source)).to.deep.equal(filesByFolder(files));
      expect(await listed(source, '')).to.deep.equal([...NAMES].sort());
      for (const file of NAMES) expect(await listed(source, `folder of ${file}`)).to.deep.equal([file]);
    });

    it('lists by name in the order of code units', async () => {
      const source = await underTest.make(tree('d/I10', 'd/i1', 'd/I2', 'd/ä', 'd/z', 'd/I1'));
      expect(await listed(source, 'd')).to.deep.equal(['I1', 'I10', 'I2', 'i1', 'z', 'ä']);
    });

    it('lists no files of a folder that holds only folders, and says of an unknown one that it vanished', async () => {
      const source = await underTest.make(tree('a/b/c'));
      expect(await listed(source, 'a')).to.deep.equal([]);
      expect(await source.list('a/x', never)).to.deep.equal({ok: false, fault: 'vanished'});
    });

    it('opens what it lists', async () => {
      const source = await underTest.make(new Map([['d/f', 'twelve bytes']]));
      const listing = await source.list('d', never);
      const opened = listing.ok ? await listing.files[0]?.open() : null;
      if (!opened?.ok) throw new Error('not opened');
      expect(opened.content.size).to.equal(12);
      expect(opened.content.lastModified).to.be.greaterThan(0);
      expect(await opened.content.text()).to.equal('twelve bytes');
    });

    it('samples the first and the last file by name, rather those that may be images', async () => {
      const files = tree(
        ...[
          'many/I3',
          'many/I1',
          'many/I2',
          'many/A.txt',
          'many/zoom.exe',
          'many/.DS_Store',
          'many/DICOMDIR',
        ],
        ...['one/I1', 'one/index.html', 'none/a.txt', 'none/b.pdf', 'none/c.jpg'],
      );
      const samples: Record<string, readonly string[]> = {};
      for (const step of await steps(await underTest.make(files))) {
        if (step.kind === 'folder') samples[step.path] = step.samples.map(file => file.name);
      }
      expect(samples).to.deep.equal({many: ['I1', 'I3'], one: ['I1'], none: ['a.txt', 'c.jpg']});
    });

    it('opens its samples', async () => {
      const [step] = await steps(await underTest.make(new Map([['d/f', 'abc']])));
      const opened = step?.kind === 'folder' ? await step.samples[0]?.open() : null;
      expect(opened?.ok && (await opened.content.text())).to.equal('abc');
    });

    it('loses no file of any tree, and lists as many as it walks', async () => {
      await fc.assert(
        fc.asyncProperty(anyTree, async files => {
          const source = await underTest.make(files);
          const counts = await walked(source);
          expect(counts).to.deep.equal(filesByFolder(files));
          for (const path of Object.keys(counts)) {
            const names = [...files.keys()].filter(file => folderOf(file) === path).map(nameOf);
            expect(await listed(source, path)).to.deep.equal(names.sort());
          }
        }),
        {numRuns: 15},
      );
    });

    it('stops with the reason of the signal', async () => {
      const source = await underTest.make(tree('a/1', 'b/1', 'c/1', 'd/1'));
      const stop = new AbortController();
      const reason = new Error('enough');
      const walk = source.walk(stop.signal)[Symbol.asyncIterator]();
      await walk.next();
      stop.abort(reason);
      expect(await caught(walk.next())).to.equal(reason);
      expect(await caught(steps(source, stop.signal))).to.equal(reason);
      expect(await caught(source.list('a', stop.signal))).to.equal(reason);
    });

    it('is present', async () => {
      expect(await (await underTest.make(tree('a/1'))).presence()).to.equal('present');
      expect(await (await underTest.make(tree())).presence()).to.equal('present');
    });

    describe('fingerprint', () => {
      const files = tree('DICOMDIR', 'P1/S1/1', 'P1/S1/2', 'P2/1');
      const fingerprint = async (of: Tree, as?: string): Promise<string | null> =>
        (await underTest.make(of, as)).fingerprint();

      it('is a hash, the same each time', async () => {
        const source = await underTest.make(files);
        const first = await source.fingerprint();
        expect(first).to.match(/^[0-9a-f]{64}$/);
        expect(await source.fingerprint()).to.equal(first);
      });

      it('tells media of the same name apart: by a name, by a size, deep down too', async () => {
        const all = await Promise.all([
          fingerprint(files),
          fingerprint(new Map([...files, ['new', '']])),
          fingerprint(new Map([...files, ['P1/S1/3', '']])),
          fingerprint(new Map([...files, ['P1/S1/2', 'longer than it was before']])),
          fingerprint(tree('other')),
        ]);
        expect(new Set(all).size).to.equal(all.length);
      });
    });
  });
}
