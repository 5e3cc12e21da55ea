import {expect} from '@open-wc/testing';
import {scanHeaders} from '../../src/dicom/header-scan.js';
import type {HeaderReading} from '../../src/dicom/instance-header.js';
import {
  concat,
  DEFLATED_UID,
  elementHead,
  IDENTITY,
  part10,
  sequence,
  SORTED,
  tagBytes,
  text,
  UID_OF,
  uint32,
  withIdentity,
  writeDataSet,
  type WrittenElement,
} from './data-set-writer.js';
import {deflateSync} from 'fflate';

const EXPLICIT = UID_OF['explicit-le'];
const KIB = 1024;

const studyOf = (reading: HeaderReading | undefined) =>
  reading?.kind === 'instance'
    ? reading.header.studyInstanceUid
    : `unusable: ${reading?.why ?? 'no reading'}`;

/** A file whose UIDs stand behind `before` bytes of something private, with `behind` bytes of pixel data. */
function fileWith({before = 0, behind = 100, study = '1.2.3.4'}): Uint8Array<ArrayBuffer> {
  const filler: WrittenElement[] =
    before > 0 ? [{tag: 0x00091010, vr: 'OB', value: new Uint8Array(before)}] : [];
  const identity = withIdentity(...filler).map(element =>
    element.tag === 0x0020000d ? text(element.tag, 'UI', study) : element,
  );
  const pixels: WrittenElement = {tag: 0x7fe00010, vr: 'OW', value: new Uint8Array(behind)};
  return part10(writeDataSet([...identity, pixels], 'explicit-le'), EXPLICIT);
}

describe('A scan of headers', () => {
  it('gives one reading for each file, in their order', async () => {
    const blobs = Array.from({length: 350}, (_, index) =>
      index % 7 === 0
        ? new Blob([`text ${index}`])
        : new Blob([fileWith({study: `1.2.${index}`, behind: (index % 3) * 40 * KIB})]),
    );
    const readings = await scanHeaders(blobs);
    expect(readings.length).to.equal(350);
    for (const [index, reading] of readings.entries()) {
      expect(studyOf(reading)).to.equal(index % 7 === 0 ? 'unusable: not-dicom' : `1.2.${index}`);
    }
  });

  it('gives none for no files', async () => {
    expect(await scanHeaders([])).to.deep.equal([]);
  });

  it('reads on where a header is longer, up to 16 MiB', async () => {
    const sizes = [0, 7 * KIB, 9 * KIB, 70 * KIB, 600 * KIB, 5 * KIB * KIB, 15 * KIB * KIB];
    const blobs = sizes.map(
      (before, index) => new Blob([fileWith({before, study: `1.2.${index}`, behind: 200 * KIB})]),
    );
    const readings = await scanHeaders(blobs);
    expect(readings.map(studyOf)).to.deep.equal(sizes.map((_, index) => `1.2.${index}`));
  });

  it('gives up on a header of more than 16 MiB, with its own reason', async () => {
    const readings = await scanHeaders([
      new Blob([fileWith({before: 17 * KIB * KIB})]),
      new Blob([fileWith({study: '1.2.9'})]),
    ]);
    expect(readings.map(studyOf)).to.deep.equal(['unusable: header-too-large', '1.2.9']);
  });

  it('reads slices of large files only', async () => {
    const read: number[] = [];
    class Counted extends Blob {
      override slice(start?: number, end?: number, type?: string): Blob {
        read.push((end ?? this.size) - (start ?? 0));
        return super.slice(start, end, type);
      }
    }
    const readings = await scanHeaders([new Counted([fileWith({behind: 3 * KIB * KIB})])]);
    expect(studyOf(readings[0])).to.equal('1.2.3.4');
    expect(read).to.deep.equal([8 * KIB]);
  });
});

describe('A file that cannot be read', () => {
  async function fileInFolder(name: string, bytes: Uint8Array<ArrayBuffer>) {
    const root = await navigator.storage.getDirectory();
    const handle = await root.getFileHandle(name, {create: true});
    const writable = await handle.createWritable();
    await writable.write(bytes);
    await writable.close();
    return {handle, file: await handle.getFile(), remove: () => root.removeEntry(name)};
  }

  it('since it was deleted costs only itself', async () => {
    const good = [new Blob([fileWith({study: '1.2.1'})]), new Blob([fileWith({study: '1.2.2'})])];
    const {file, remove} = await fileInFolder('gone.dcm', fileWith({}));
    await remove();
    const readings = await scanHeaders([good[0]!, file, good[1]!]);
    expect(readings.map(studyOf)).to.deep.equal(['1.2.1', 'unusable: vanished', '1.2.2']);
  });

  it('since it changed behind our back costs only itself', async () => {
    const good = [new Blob([fileWith({study: '1.2.1'})]), new Blob([fileWith({study: '1.2.2'})])];
    const {file, handle, remove} = await fileInFolder('changing.dcm', fileWith({behind: 5000}));
    await new Promise(resolve => setTimeout(resolve, 1100));
    const writable = await handle.createWritable();
    await writable.write(fileWith({behind: 10}));
    await writable.close();
    const readings = await scanHeaders([good[0]!, file, good[1]!]);
    expect(studyOf(readings[0])).to.equal('1.2.1');
    expect(studyOf(readings[1])).to.be.oneOf(['unusable: unreadable', 'unusable: changed']);
    expect(studyOf(readings[2])).to.equal('1.2.2');
    await remove();
  });

  it('in full, though it says how long it is, has changed', async () => {
    class Shrunk extends Blob {
      override get size(): number {
        return super.size + 100;
      }
    }
    const readings = await scanHeaders([new Blob([fileWith({study: '1.2.1'})]), new Shrunk([fileWith({})])]);
    expect(readings.map(studyOf)).to.deep.equal(['1.2.1', 'unusable: changed']);
  });
});

describe('Files made to do harm', () => {
  const mark = (tag: number, length: number) => concat([tagBytes(tag), uint32(length)]);
  const before = IDENTITY.filter(element => element.tag < 0x00081140);
  const behind = IDENTITY.filter(element => element.tag > 0x00081140);
  const around = (middle: Uint8Array) =>
    part10(
      concat([writeDataSet(before, 'explicit-le'), middle, writeDataSet(behind, 'explicit-le')]),
      EXPLICIT,
    );

  function nested(depth: number, closed: boolean): Uint8Array {
    const open = concat([
      elementHead(0x00081140, 'SQ', 0xffffffff, 'explicit-le'),
      mark(0xfffee000, 0xffffffff),
    ]);
    const close = concat([mark(0xfffee00d, 0), mark(0xfffee0dd, 0)]);
    return concat([
      ...Array<Uint8Array>(depth).fill(open),
      ...(closed ? Array<Uint8Array>(depth).fill(close) : []),
    ]);
  }

  const cases: readonly (readonly [string, Uint8Array<ArrayBuffer>, string])[] = [
    ['20,000 nested sequences', around(nested(20_000, true)), '1.2.3.4'],
    ['20,000 nested sequences that never end', around(nested(20_000, false)), 'unusable: cut-short'],
    ['400,000 nested sequences', around(nested(400_000, true)), '1.2.3.4'],
    [
      'a length of 4 GiB in 2 KiB',
      around(concat([elementHead(0x00081140, 'OB', 0xfffffff0, 'explicit-le'), new Uint8Array(2048)])),
      'unusable: damaged-header',
    ],
    ['a bomb that inflates to 1 GiB', part10(bomb(), DEFLATED_UID), 'unusable: header-too-large'],
    [
      'a value of undefined length without end',
      around(
        concat([elementHead(0x00091010, 'OB', 0xffffffff, 'explicit-le'), new Uint8Array(60_000).fill(0xfe)]),
      ),
      'unusable: damaged-header',
    ],
    [
      'a hundred thousand empty items',
      around(
        concat([
          elementHead(0x00081140, 'SQ', 0xffffffff, 'explicit-le'),
          ...Array<Uint8Array>(100_000).fill(mark(0xfffee000, 0)),
          mark(0xfffee0dd, 0),
        ]),
      ),
      '1.2.3.4',
    ],
    [
      'a hundred thousand empty elements',
      part10(
        writeDataSet(
          SORTED([
            ...IDENTITY,
            ...Array.from({length: 100_000}, (_, index) => text(0x00091000 + (index % 0xf000), 'LO', '')),
          ]),
          'explicit-le',
        ),
        EXPLICIT,
      ),
      '1.2.3.4',
    ],
  ];

  /** A stored beginning of nothing useful, then a gibibyte of zeros in a million bytes. */
  function bomb(): Uint8Array {
    const head = elementHead(0x00091010, 'OB', 0x40000000, 'explicit-le');
    return deflateSync(concat([head, new Uint8Array(64 * KIB * KIB)]), {level: 9});
  }

  it('cost only themselves, beside good ones in one scan', async () => {
    const good = Array.from({length: 5}, (_, index) => new Blob([fileWith({study: `1.2.${index}`})]));
    const blobs = [...good, ...cases.map(([, bytes]) => new Blob([bytes])), ...good];
    const readings = (await scanHeaders(blobs)).map(studyOf);
    const studies = good.map((_, index) => `1.2.${index}`);
    expect(readings).to.deep.equal([...studies, ...cases.map(([, , expected]) => expected), ...studies]);
  });

  it('end, cut wherever they are', async () => {
    const cut = cases.flatMap(([, bytes]) =>
      [0.1, 0.5, 0.9].map(part => new Blob([bytes.subarray(0, Math.floor(bytes.length * part))])),
    );
    const readings = await scanHeaders(cut);
    expect(readings.length).to.equal(cut.length);
    for (const reading of readings) expect(reading.kind).to.equal('unusable');
  });

  it('a nested decoy does not lend its UIDs', async () => {
    const decoy = sequence(0x00081140, [[text(0x0020000d, 'UI', '6.6.6')]]);
    const withoutStudy = withIdentity(decoy).filter(element => element.tag !== 0x0020000d);
    const readings = await scanHeaders([
      new Blob([part10(writeDataSet(withoutStudy, 'explicit-le'), EXPLICIT)]),
    ]);
    expect(studyOf(readings[0])).to.equal('unusable: no-study-uid');
  });
});
