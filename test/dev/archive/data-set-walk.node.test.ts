import assert from 'node:assert/strict';
import {closeSync, mkdtempSync, openSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after, describe, it} from 'node:test';
import fc from 'fast-check';
import {FileSource, MemorySource} from '../../../dev/archive/byte-source.js';
import {walkDataSet, type DataSetEncoding} from '../../../dev/archive/data-set-walk.js';
import {sequence, text, type DataSet} from '../../../fixtures/data-element.js';
import {writeDataSet, type TransferSyntax} from '../../../fixtures/part10-writer.js';
import {dataSet} from '../../fixtures/random-data-set.js';

const ENCODINGS: Readonly<Record<string, DataSetEncoding>> = {
  implicitLittleEndian: {explicit: false, bigEndian: false},
  explicitLittleEndian: {explicit: true, bigEndian: false},
  explicitBigEndian: {explicit: true, bigEndian: true},
};
const SYNTAXES = Object.keys(ENCODINGS) as TransferSyntax[];
const LE = {explicit: true, bigEndian: false};

const hex = (tag: number) => tag.toString(16).toUpperCase().padStart(8, '0');

/** Every tag in the order of the data, with its depth. */
function expected(set: DataSet, depth = 0): string[] {
  return [...set]
    .sort((a, b) => a.tag - b.tag)
    .flatMap(e => [
      `${depth} ${hex(e.tag)}`,
      ...(e.kind === 'sequence' ? e.items.flatMap(item => expected(item, depth + 1)) : []),
    ]);
}

function walk(bytes: Buffer, encoding: DataSetEncoding) {
  const tags: string[] = [];
  const result = walkDataSet(new MemorySource(bytes), 0, encoding, {
    element({tag, vr}, depth) {
      tags.push(`${depth} ${hex(tag)}`);
      return vr === 'SQ' ? 'enter' : undefined;
    },
  });
  return {tags, result};
}

const folder = mkdtempSync(path.join(tmpdir(), 'walk-'));
after(() => rmSync(folder, {recursive: true, force: true}));

const le = (...words: number[]) => Buffer.concat(words.map(w => Buffer.from([w & 255, w >> 8])));
const long = (n: number) => Buffer.from([n & 255, (n >> 8) & 255, (n >> 16) & 255, (n >>> 24) & 255]);
/** Encapsulated pixel data (PS3.5 A.4): an empty offset table and one fragment. */
const encapsulated = (fragment: Buffer, closed = true) =>
  Buffer.concat([
    le(0x7fe0, 0x0010),
    Buffer.from('OB\0\0'),
    long(-1),
    le(0xfffe, 0xe000),
    long(0),
    le(0xfffe, 0xe000),
    long(fragment.length),
    fragment,
    ...(closed ? [le(0xfffe, 0xe0dd), long(0)] : []),
  ]);

describe('the walk over a data set', () => {
  it('meets every element of any data set, in every encoding', () => {
    fc.assert(
      fc.property(
        dataSet(3),
        fc.constantFrom(...SYNTAXES),
        fc.boolean(),
        (set, transferSyntax, undefinedLengths) => {
          const bytes = Buffer.from(writeDataSet(set, {transferSyntax, undefinedLengths}));
          const nested = new Set<string>();
          const collect = (s: DataSet) =>
            s.forEach(e => {
              if (e.kind !== 'sequence') return;
              nested.add(hex(e.tag));
              e.items.forEach(collect);
            });
          collect(set);
          // In implicit VR only the dictionary tells a sequence; a tag that is one here and none there is left out.
          fc.pre(
            transferSyntax !== 'implicitLittleEndian' ||
              (undefinedLengths && !nested.has('7FE00010')) ||
              nested.size === 0,
          );
          const {tags, result} = walk(bytes, ENCODINGS[transferSyntax] ?? LE);
          assert.deepEqual(result, {ok: true, end: bytes.length});
          assert.deepEqual(tags, expected(set));
        },
      ),
      {numRuns: 300},
    );
  });

  it('never calls a data set whole that was cut, wherever the cut falls', () => {
    fc.assert(
      fc.property(
        dataSet(2).filter(set => set.length > 0),
        fc.constantFrom(...SYNTAXES),
        fc.boolean(),
        fc.nat(),
        (set, transferSyntax, undefinedLengths, at) => {
          const whole = Buffer.from(writeDataSet(set, {transferSyntax, undefinedLengths}));
          const encoding = ENCODINGS[transferSyntax] ?? LE;
          const length = at % whole.length;
          const {result} = walk(whole.subarray(0, length), encoding);
          if (!result.ok) return;
          // A cut between two elements leaves a shorter, yet whole data set, and zeros behind it are padding.
          const sorted = [...set].sort((a, b) => a.tag - b.tag);
          const ends = sorted.map(
            (_, i) => writeDataSet(sorted.slice(0, i), {transferSyntax, undefinedLengths}).length,
          );
          const end = Math.max(...ends.filter(e => e <= length));
          assert.ok(end === length || whole.subarray(end, length).every(byte => byte === 0));
        },
      ),
      {numRuns: 500},
    );
  });

  it('sees that encapsulated pixel data is cut within a fragment, and before its end', () => {
    const whole = encapsulated(Buffer.alloc(30, 9));
    assert.deepEqual(walk(whole, LE).result, {ok: true, end: whole.length});
    for (let length = 1; length < whole.length; length++) {
      assert.deepEqual(
        walk(whole.subarray(0, length), LE).result,
        {ok: false, fault: 'cut-short'},
        `${length}`,
      );
    }
    const open = encapsulated(Buffer.alloc(30, 9), false);
    assert.deepEqual(walk(open, LE).result, {ok: false, fault: 'cut-short'});
  });

  it('lets bytes behind pixel data pass, as readers do', () => {
    const pixels = encapsulated(Buffer.alloc(4, 9));
    assert.ok(walk(Buffer.concat([pixels, Buffer.alloc(700)]), LE).result.ok);
    assert.ok(walk(Buffer.concat([pixels, Buffer.from('trailing words of a broken copier')]), LE).result.ok);
  });

  it('reads OV, SV and UV with their long form, and what is no VR with the short one', () => {
    const bytes = Buffer.concat([
      le(0x0009, 0x1001),
      Buffer.from('SV\0\0'),
      long(8),
      Buffer.alloc(8, 1),
      le(0x0009, 0x1002),
      Buffer.from('??'),
      le(2),
      Buffer.from('ab'),
      le(0x0009, 0x1003),
      Buffer.from('ZZ\0\0'),
      long(2),
      Buffer.from('ab'),
    ]);
    assert.deepEqual(walk(bytes, LE).tags, ['0 00091001', '0 00091002', '0 00091003']);
  });

  it('reads an UN of undefined length as a sequence in implicit VR', () => {
    const item = Buffer.concat([le(0x0008, 0x0060), long(2), Buffer.from('CT')]);
    const bytes = Buffer.concat([
      le(0x0009, 0x1001),
      Buffer.from('UN\0\0'),
      long(-1),
      le(0xfffe, 0xe000),
      long(item.length),
      item,
      le(0xfffe, 0xe0dd),
      long(0),
    ]);
    assert.deepEqual(walk(bytes, LE).tags, ['0 00091001', '1 00080060']);
  });

  it('goes down a hundred thousand levels without a stack', () => {
    const level = Buffer.concat([
      le(0x0008, 0x1140),
      Buffer.from('SQ\0\0'),
      long(-1),
      le(0xfffe, 0xe000),
      long(-1),
    ]);
    const deep = Buffer.concat(Array.from({length: 100_000}, () => level));
    assert.deepEqual(walk(deep, LE).result, {ok: false, fault: 'cut-short'});
  });

  it('refuses items that stand where none may', () => {
    assert.deepEqual(walk(Buffer.concat([le(0xfffe, 0xe000), long(0)]), LE).result, {
      ok: false,
      fault: 'damaged',
    });
  });

  it('reads the same from a file as from memory', () => {
    const set = [sequence(0x00081140, [text(0x00081150, 'UI', '1.2')]), text(0x00100010, 'PN', 'A^B')];
    const bytes = Buffer.from(
      writeDataSet(set, {transferSyntax: 'explicitLittleEndian', undefinedLengths: true}),
    );
    const big = Buffer.concat([
      bytes,
      le(0x7fe0, 0x0010),
      Buffer.from('OW\0\0'),
      long(100_000),
      Buffer.alloc(100_000),
    ]);
    const file = path.join(folder, 'a');
    writeFileSync(file, big);
    const fd = openSync(file, 'r');
    const tags: string[] = [];
    const result = walkDataSet(new FileSource(fd, big.length), 0, LE, {
      element({tag}) {
        tags.push(hex(tag));
        return undefined;
      },
    });
    closeSync(fd);
    assert.deepEqual(result, {ok: true, end: big.length});
    assert.deepEqual(tags, ['00081140', '00081150', '00100010', '7FE00010']);
  });
});
