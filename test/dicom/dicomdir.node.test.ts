import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {
  fileIdKeys,
  readDicomdir,
  type DirectoryReading,
  type DirectoryRecord,
} from '../../src/dicom/dicomdir.js';
import {corpusFile, corpusIsMissing} from './corpus-files.js';
import {
  ascii,
  concat,
  elementHead,
  IDENTITY,
  part10,
  tagBytes,
  text,
  UID_OF,
  uint32,
  writeDataSet,
  writeFileMeta,
  type Syntax,
  type WrittenElement,
} from './data-set-writer.js';

const DIRECTORY_UID = '1.2.840.10008.1.3.10';

interface Plan {
  readonly type: string;
  readonly elements?: readonly WrittenElement[];
  readonly fileId?: string;
  readonly next?: number;
  readonly child?: number;
  readonly inUse?: number;
  readonly sopClassUid?: string;
}

/** Records whose `next` and `child` are indexes into the list; null offsets are left out of the file. */
function directory(
  plans: readonly Plan[],
  syntax: Syntax = 'explicit-le',
  offsets: 'right' | 'none' | 'wrong' = 'right',
) {
  const big = syntax === 'explicit-be';
  const ul = (tag: number, value: number): WrittenElement => ({tag, vr: 'UL', value: uint32(value, big)});
  const item = (plan: Plan, offsetOf: (index: number | undefined) => number) => {
    const content = writeDataSet(
      [
        ...(offsets === 'none' ? [] : [ul(0x00041400, offsetOf(plan.next))]),
        {
          tag: 0x00041410,
          vr: 'US',
          value: plan.inUse === 0 ? Uint8Array.of(0, 0) : Uint8Array.of(0xff, 0xff),
        },
        ...(offsets === 'none' ? [] : [ul(0x00041420, offsetOf(plan.child))]),
        text(0x00041430, 'CS', plan.type),
        ...(plan.fileId === undefined ? [] : [text(0x00041500, 'CS', plan.fileId)]),
        ...(plan.sopClassUid === undefined ? [] : [text(0x00041510, 'UI', plan.sopClassUid)]),
        ...(plan.elements ?? []),
      ],
      syntax,
    );
    return concat([tagBytes(0xfffee000, big), uint32(content.length, big), content]);
  };
  const lengths = plans.map(plan => item(plan, () => 0).length);
  const before = writeDataSet([text(0x00041130, 'CS', 'SET')], syntax);
  const meta = writeFileMeta(UID_OF[syntax], DIRECTORY_UID);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const head = elementHead(0x00041220, 'SQ', total, syntax);
  const first = 132 + meta.length + before.length + head.length;
  const startOf = (index: number | undefined) =>
    index === undefined
      ? 0
      : lengths.slice(0, index).reduce((sum, length) => sum + length, first) + (offsets === 'wrong' ? 77 : 0);
  return part10(concat([before, head, ...plans.map(plan => item(plan, startOf))]), UID_OF[syntax], {meta});
}

const patient = (id: string, links: Partial<Plan> = {}): Plan => ({
  type: 'PATIENT',
  elements: [text(0x00100010, 'PN', `Name^${id}`), text(0x00100020, 'LO', id)],
  ...links,
});
const study = (uid: string, date: string, links: Partial<Plan> = {}): Plan => ({
  type: 'STUDY',
  elements: [text(0x00080020, 'DA', date), text(0x0020000d, 'UI', uid)],
  ...links,
});
const series = (uid: string, links: Partial<Plan> = {}): Plan => ({
  type: 'SERIES',
  elements: [text(0x00080060, 'CS', 'CT'), text(0x0020000e, 'UI', uid)],
  ...links,
});
const image = (uid: string, fileId: string, links: Partial<Plan> = {}): Plan => ({
  type: 'IMAGE',
  fileId,
  elements: [text(0x00041511, 'UI', uid)],
  ...links,
});

function recordsOf(reading: DirectoryReading): readonly DirectoryRecord[] {
  if (!reading.ok) assert.fail(reading.why);
  return reading.records;
}

const inShort = (record: DirectoryRecord) =>
  [
    record.fileId.join('/'),
    record.sopInstanceUid,
    record.seriesInstanceUid,
    record.studyInstanceUid,
    record.studyDate,
    record.patientId,
  ].join(' ');

const PLAN = [
  patient('P1', {child: 1, next: 5}),
  study('1.1', '20200101', {child: 2}),
  series('1.1.1', {child: 3}),
  image('1.1.1.1', 'A\\B\\1', {next: 4}),
  image('1.1.1.2', 'A\\B\\2'),
  patient('P2', {child: 6}),
  study('2.1', '2021.02.03', {child: 7}),
  series('2.1.1', {child: 8}),
  image('2.1.1.1', 'A\\C\\1'),
];
const EXPECTED = [
  'A/B/1 1.1.1.1 1.1.1 1.1 20200101 P1',
  'A/B/2 1.1.1.2 1.1.1 1.1 20200101 P1',
  'A/C/1 2.1.1.1 2.1.1 2.1 20210203 P2',
];

describe('A DICOMDIR', () => {
  for (const syntax of ['explicit-le', 'implicit-le', 'explicit-be'] as const) {
    it(`gives every file its series, study, date and patient: ${syntax}`, () => {
      assert.deepEqual(recordsOf(readDicomdir(directory(PLAN, syntax))).map(inShort), EXPECTED);
    });
  }

  for (const offsets of ['none', 'wrong'] as const) {
    it(`is read in the order of its records where its offsets are ${offsets}`, () => {
      assert.deepEqual(
        recordsOf(readDicomdir(directory(PLAN, 'explicit-le', offsets))).map(inShort),
        EXPECTED,
      );
    });
  }

  it('is read by its offsets where its records lie in another order', () => {
    const last = PLAN.length - 1;
    const turned = (index: number | undefined) => (index === undefined ? {} : {at: last - index});
    const reversed = [...PLAN].reverse().map(({next, child, ...plan}): Plan => {
      const [nextAt, childAt] = [turned(next).at, turned(child).at];
      return {
        ...plan,
        ...(nextAt === undefined ? {} : {next: nextAt}),
        ...(childAt === undefined ? {} : {child: childAt}),
      };
    });
    assert.deepEqual(
      recordsOf(readDicomdir(directory(reversed)))
        .map(inShort)
        .sort(),
      EXPECTED,
    );
  });

  it('whose offsets run in a circle is read to its end', () => {
    const circle = [
      study('1.1', '20200101', {child: 1, next: 0}),
      series('1.1.1', {child: 0, next: 1}),
      image('1.1.1.1', 'X', {child: 0, next: 2}),
    ];
    assert.equal(recordsOf(readDicomdir(directory(circle))).length, 1);
  });

  it('leaves out records that were deleted', () => {
    const plan = PLAN.map(one => (one.fileId === 'A\\B\\2' ? {...one, inUse: 0} : one));
    assert.deepEqual(recordsOf(readDicomdir(directory(plan))).map(inShort), [EXPECTED[0], EXPECTED[2]]);
  });

  it('without patients, which points to further indexes, names them', () => {
    const reading = readDicomdir(
      directory([
        study('1.1', '20200101', {fileId: 'S1\\DIRFILE'}),
        study('1.2', '20200102', {fileId: 'S2\\OTHER', sopClassUid: DIRECTORY_UID}),
      ]),
    );
    assert.deepEqual(reading.ok && reading.nested, [
      ['S1', 'DIRFILE'],
      ['S2', 'OTHER'],
    ]);
    assert.deepEqual(recordsOf(reading), []);
  });

  it('has its own character set in each record', () => {
    const name: WrittenElement = {
      tag: 0x00100010,
      vr: 'PN',
      value: concat([Uint8Array.of(0xc3, 0xa9), ascii('  ')]),
    };
    const plan = [
      {type: 'PATIENT', child: 1, elements: [text(0x00080005, 'CS', 'ISO_IR 192'), name]},
      image('1.1', 'X'),
    ];
    assert.equal(recordsOf(readDicomdir(directory(plan)))[0]?.patientName, 'é');
  });

  it('that is cut is read as far as it goes, and says so', () => {
    const whole = directory(PLAN);
    const reading = readDicomdir(whole.subarray(0, whole.length - 40));
    assert.equal(reading.ok && reading.incomplete, true);
    assert.deepEqual(recordsOf(reading).map(inShort), EXPECTED.slice(0, 2));
    for (let length = 0; length < whole.length; length++) readDicomdir(whole.subarray(0, length));
  });

  it('is not taken for one where it is none', () => {
    const instance = part10(writeDataSet(IDENTITY, 'explicit-le'), UID_OF['explicit-le']);
    for (const bytes of [instance, ascii('text'), new Uint8Array(0)]) {
      assert.equal(readDicomdir(bytes).ok, false);
    }
  });

  it('in every odd form of the corpus says the same', {skip: corpusIsMissing}, () => {
    const folder = 'pydicom/src/pydicom/data/test_files/dicomdirtests';
    const read = (name: string) =>
      recordsOf(readDicomdir(corpusFile(`${folder}/${name}`)))
        .map(record => JSON.stringify(record))
        .sort();
    const plain = read('DICOMDIR');
    assert.equal(plain.length, 31);
    for (const form of ['bigEnd', 'implicit', 'nooffset', 'nopatient', 'reordered']) {
      assert.deepEqual(read(`DICOMDIR-${form}`), plain, form);
    }
    assert.deepEqual(read('DICOMDIR-empty.dcm'), []);
    assert.equal(read('TINY_ALPHA/DICOMDIR').length, 50);
  });
});

describe('A File ID', () => {
  it('meets its file whatever the medium made of the name', () => {
    const [exact, loose] = fileIdKeys(['IMAGES', 'IM0001']);
    assert.equal(fileIdKeys(['images', 'im0001'])[0], exact);
    assert.equal(fileIdKeys(['IMAGES', 'IM0001;1'])[0], exact);
    assert.notEqual(fileIdKeys(['IMAGES', 'IM0001.DCM'])[0], exact);
    assert.equal(fileIdKeys(['IMAGES', 'IM0001.DCM'])[1], loose);
    assert.notEqual(fileIdKeys(['IMAGES', 'IM0002'])[1], loose);
  });
});
