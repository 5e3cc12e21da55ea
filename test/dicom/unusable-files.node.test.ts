import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {InstanceHeader} from '../../src/dicom/instance-header.js';
import {
  ascii,
  concat,
  DEFLATED_UID,
  elementHead,
  IDENTITY,
  part10,
  sequence,
  SORTED,
  text,
  UID_OF,
  uint32,
  withIdentity,
  writeDataSet,
  writeFileMeta,
} from './data-set-writer.js';
import {
  assertIdentity,
  EXPLICIT,
  explicitFile,
  faultOf,
  instanceOf,
  pixels,
  readWhole,
  split,
} from './reading.js';

describe('What is not an instance', () => {
  it('is empty with 0 bytes', () => assert.equal(faultOf(new Uint8Array(0)), 'empty'));

  for (const [name, bytes] of [
    ['a text', ascii('The quick brown fox jumps over the lazy dog. '.repeat(40))],
    ['a short text', ascii('x')],
    ['a text of eight letters', ascii('ABCDEFGH')],
    ['zeros', new Uint8Array(4096)],
    ['a ZIP', concat([ascii('PK\x03\x04'), new Uint8Array(500).fill(7)])],
    ['a gzip', concat([Uint8Array.of(0x1f, 0x8b, 8, 0), new Uint8Array(500).fill(1)])],
    ['a JPEG', concat([Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), ascii('\0\x10JFIF\0'), new Uint8Array(500)])],
    [
      'an AppleDouble file',
      concat([Uint8Array.of(0, 5, 0x16, 7, 0, 2, 0, 0), ascii('Mac OS X        '), new Uint8Array(200)]),
    ],
    ['JSON', ascii('{"a": [1, 2, 3], "b": "c"}'.repeat(20))],
    ['bytes that begin like group 0008', concat([Uint8Array.of(8, 0, 5, 0), new Uint8Array(300).fill(0x41)])],
  ] as const) {
    it(`is not DICOM: ${name}`, () => assert.equal(faultOf(bytes), 'not-dicom'));
  }

  it('is a DICOMDIR by its file header, however little follows', () => {
    const meta = writeFileMeta(EXPLICIT, '1.2.840.10008.1.3.10');
    assert.equal(faultOf(part10(new Uint8Array(0), EXPLICIT, {meta})), 'dicomdir');
  });

  it('is a DICOMDIR by its records, without file header', () => {
    const records = [
      text(0x00041130, 'CS', 'SET'),
      {tag: 0x00041212, vr: 'US', value: new Uint8Array(2)},
      sequence(0x00041220, []),
    ];
    for (const syntax of ['implicit-le', 'explicit-le', 'explicit-be'] as const) {
      assert.equal(faultOf(writeDataSet(records, syntax)), 'dicomdir', syntax);
    }
  });

  it('lacks its Study Instance UID: ACR-NEMA', () => {
    const acrNema = writeDataSet(
      [
        {tag: 0x00080000, vr: 'UL', value: uint32(50)},
        text(0x00080010, 'LO', 'ACR-NEMA 2.0'),
        text(0x00080020, 'DA', '1994.11.05'),
        text(0x00080060, 'CS', 'MR'),
        text(0x00100010, 'PN', 'Doe^Jane'),
        {tag: 0x00280010, vr: 'US', value: Uint8Array.of(0, 1)},
        {tag: 0x7fe00010, vr: 'OW', value: new Uint8Array(200)},
      ],
      'implicit-le',
    );
    const reading = readWhole(acrNema);
    assert.equal(reading.kind === 'unusable' && reading.why, 'no-study-uid');
    assert.equal(reading.kind === 'unusable' && reading.header?.studyDate, '19941105');
  });

  for (const [tag, why] of [
    [0x0020000d, 'no-study-uid'],
    [0x0020000e, 'no-series-uid'],
    [0x00080018, 'no-sop-uid'],
    [0x00080016, 'no-sop-uid'],
  ] as const) {
    it(`lacks ${tag.toString(16)}: ${why}`, () => {
      const rest = withIdentity(pixels(100)).filter(element => element.tag !== tag);
      assert.equal(faultOf(part10(writeDataSet(rest, 'explicit-le'), EXPLICIT)), why);
      const blank = withIdentity(pixels(100)).map(element =>
        element.tag === tag ? text(tag, 'UI', '') : element,
      );
      assert.equal(faultOf(part10(writeDataSet(blank, 'explicit-le'), EXPLICIT)), why);
    });
  }
});

describe('A file that was cut', () => {
  const file = explicitFile(sequence(0x00081140, [[text(0x00081150, 'UI', '1.2.3')]]), pixels(4000));
  const identityEnd =
    132 +
    writeFileMeta(EXPLICIT).length +
    writeDataSet(withIdentity(sequence(0x00081140, [[text(0x00081150, 'UI', '1.2.3')]])), 'explicit-le')
      .length;

  it('inside the file header or an element is cut short', () => {
    for (const length of [132, 140, 160, 200, 300, identityEnd - 3]) {
      assert.equal(faultOf(file.subarray(0, length)), 'cut-short', `at ${length}`);
    }
  });

  it('inside the pixel data is cut short, and still tells whose it is', () => {
    const reading = readWhole(file.subarray(0, file.length - 1000));
    assert.equal(reading.kind === 'unusable' && reading.why, 'cut-short');
    assertIdentity((reading as {header: InstanceHeader}).header);
  });

  it('by nothing but a padding byte is whole', () => {
    assertIdentity(instanceOf(file.subarray(0, file.length - 1)));
  });

  it('inside a fragment of encapsulated pixel data is cut short', () => {
    const whole = explicitFile({
      tag: 0x7fe00010,
      vr: 'OB',
      value: {fragments: [new Uint8Array(0), new Uint8Array(500)]},
    });
    assertIdentity(instanceOf(whole));
    assert.equal(faultOf(whole.subarray(0, whole.length - 100)), 'cut-short');
  });
});

describe('Bytes that make no element', () => {
  it('before the UIDs are a damaged header', () => {
    const [head] = split(0x00100000);
    assert.equal(faultOf(part10(concat([head, new Uint8Array(200).fill(0xee)]), EXPLICIT)), 'damaged-header');
  });

  it('with a length of 4 GiB in a small file are a damaged header', () => {
    const [head, tail] = split(0x00080070);
    for (const [vr, length] of [
      ['UT', 0xfffffffe],
      ['OB', 0xfffffff0],
    ] as const) {
      const huge = elementHead(0x00080070, vr, length, 'explicit-le');
      assert.equal(faultOf(part10(concat([head, huge, tail]), EXPLICIT)), 'damaged-header');
    }
    const implicit = concat([
      split(0x00080070, 'implicit-le')[0],
      elementHead(0x00080070, '', 0xfffffffe, 'implicit-le'),
    ]);
    assert.equal(faultOf(part10(implicit, UID_OF['implicit-le'])), 'damaged-header');
  });

  it('that pretend to be deflated are a damaged header', () => {
    assert.equal(faultOf(part10(new Uint8Array(3000).fill(0xff), DEFLATED_UID)), 'damaged-header');
  });

  it('`DICM` at 128 by chance does not make a bare data set a Part 10 file', () => {
    const comment = new Uint8Array(200).fill(0x20);
    const before = writeDataSet([text(0x00080005, 'CS', 'ISO_IR 100')], 'implicit-le').length + 8;
    comment.set(ascii('DICM'), 128 - before);
    const file = writeDataSet(
      SORTED([...IDENTITY, {tag: 0x00080008, vr: 'CS', value: comment}]),
      'implicit-le',
    );
    assert.equal(String.fromCharCode(...file.subarray(128, 132)), 'DICM');
    assertIdentity(instanceOf(file));
  });

  it('one reading is the same, however often it is made', () => {
    const file = explicitFile();
    assert.deepEqual(readWhole(file), readWhole(file));
  });
});
