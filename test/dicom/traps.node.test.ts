import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {deflateSync} from 'fflate';
import {readHeader} from '../../src/dicom/read-header.js';
import {
  ascii,
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
  writeFileMeta,
  type WrittenElement,
} from './data-set-writer.js';
import {assertIdentity, EXPLICIT, explicitFile, instanceOf, pixels, readWhole, split} from './reading.js';

describe('What an ordinary file says', () => {
  for (const syntax of ['implicit-le', 'explicit-le', 'explicit-be'] as const) {
    it(`is read from a Part 10 file in ${syntax}`, () => {
      const header = instanceOf(part10(writeDataSet(withIdentity(pixels(64)), syntax), UID_OF[syntax]));
      assertIdentity(header);
      assert.equal(header.encoding, 'part10');
      assert.equal(header.transferSyntaxUid, UID_OF[syntax]);
      assert.equal(header.preamble, 'zero');
      assert.deepEqual(header.orderDate, {date: '20240229', source: 'study'});
    });

    it(`is read from a bare data set in ${syntax}`, () => {
      const header = instanceOf(writeDataSet(withIdentity(pixels(64)), syntax));
      assertIdentity(header);
      assert.equal(header.encoding, `raw-${syntax}`);
      assert.equal(header.transferSyntaxUid, UID_OF[syntax]);
      assert.equal(header.preamble, 'none');
    });
  }

  it('is read from a file header without preamble, compressed syntax included', () => {
    const syntax = '1.2.840.10008.1.2.4.80';
    const header = instanceOf(concat([writeFileMeta(syntax), writeDataSet(IDENTITY, 'explicit-le')]));
    assertIdentity(header);
    assert.equal(header.encoding, 'no-preamble');
    assert.equal(header.transferSyntaxUid, syntax);
  });
});

describe('A slice that is too short', () => {
  const file = explicitFile(pixels(4000));
  const whole = readWhole(file);

  it('never reads as a file without Study Instance UID, wherever it ends', () => {
    for (let length = 0; length < file.length; length++) {
      const reading = readHeader(file.subarray(0, length), file.length);
      if (reading.kind !== 'more') assert.deepEqual(reading, whole, `cut at ${length}`);
    }
  });

  it('asks for more than it was given, and for no more than the file has', () => {
    for (let length = 0; length < 400; length++) {
      const reading = readHeader(file.subarray(0, length), file.length);
      if (reading.kind === 'more') {
        assert.ok(reading.needed > length && reading.needed <= file.length, `${reading.needed} at ${length}`);
      }
    }
  });

  it('is enough once the Series Instance UID is in it', () => {
    const end = 132 + writeFileMeta(EXPLICIT).length + writeDataSet(IDENTITY, 'explicit-le').length;
    assert.equal(readHeader(file.subarray(0, end), file.length).kind, 'instance');
    assert.equal(readHeader(file.subarray(0, end - 1), file.length).kind, 'more');
  });
});

describe('What dicom-parser would misread', () => {
  for (const vr of ['OV', 'SV', 'UV']) {
    it(`does not derail the reading: ${vr} before the UIDs`, () => {
      const value = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
      assertIdentity(instanceOf(explicitFile({tag: 0x00080081, vr, value}, {tag: 0x00091010, vr, value})));
    });
  }

  it('text is cut where it ends, not where a character set has its 0xA0', () => {
    const name = concat([ascii('Voil'), Uint8Array.of(0xc3, 0xa0)]);
    const elements = withIdentity().map((element): WrittenElement => {
      if (element.tag === 0x00080005) return text(element.tag, 'CS', 'ISO_IR 192');
      return element.tag === 0x00100020 ? {...element, value: name} : element;
    });
    assert.equal(instanceOf(part10(writeDataSet(elements, 'explicit-le'), EXPLICIT)).patientId, 'Voilà');
  });

  it('a deflated data set is inflated', () => {
    const header = instanceOf(
      part10(deflateSync(writeDataSet(withIdentity(pixels(5000)), 'explicit-le')), DEFLATED_UID),
    );
    assertIdentity(header);
    assert.equal(header.transferSyntaxUid, DEFLATED_UID);
  });

  it('a deflated data set may end with a padding byte', () => {
    const deflated = concat([deflateSync(writeDataSet(IDENTITY, 'explicit-le')), new Uint8Array(1)]);
    assertIdentity(instanceOf(part10(deflated, DEFLATED_UID)));
  });

  for (const padding of [' ', '\0', '  ', '\0 ']) {
    it(`a transfer syntax padded by ${JSON.stringify(padding)} keeps its meaning`, () => {
      for (const syntax of ['implicit-le', 'explicit-be'] as const) {
        const header = instanceOf(
          part10(writeDataSet(IDENTITY, syntax), UID_OF[syntax], {
            meta: writeFileMeta(UID_OF[syntax] + padding),
          }),
        );
        assertIdentity(header);
        assert.equal(header.transferSyntaxUid, UID_OF[syntax]);
      }
      const deflated = deflateSync(writeDataSet(IDENTITY, 'explicit-le'));
      assertIdentity(
        instanceOf(part10(deflated, DEFLATED_UID, {meta: writeFileMeta(DEFLATED_UID + padding)})),
      );
    });
  }

  it('groups up to 0002 behind the file header belong to the data set', () => {
    const odd: WrittenElement = {tag: 0x00010001, vr: 'LO', value: ascii('private ')};
    for (const syntax of ['implicit-le', 'explicit-le'] as const) {
      const nested = sequence(0x00010002, [[odd]], {vr: 'SQ'});
      const file = part10(writeDataSet([odd, nested, ...IDENTITY], syntax), UID_OF[syntax]);
      assertIdentity(instanceOf(file));
    }
  });

  it('a file header without group length, or with a wrong one, ends where group 0002 ends', () => {
    const meta = writeFileMeta(EXPLICIT);
    const wrong = meta.slice();
    wrong[8] = 7;
    for (const changed of [meta.subarray(12), wrong]) {
      assertIdentity(instanceOf(part10(writeDataSet(IDENTITY, 'explicit-le'), EXPLICIT, {meta: changed})));
    }
  });

  it('an item delimiter with a length is a delimiter', () => {
    const broken = concat([
      elementHead(0x00081140, 'SQ', 0xffffffff, 'explicit-le'),
      tagBytes(0xfffee000),
      uint32(0xffffffff),
      writeDataSet([text(0x00081150, 'UI', '1.2')], 'explicit-le'),
      tagBytes(0xfffee00d),
      uint32(0x1234),
      tagBytes(0xfffee0dd),
      uint32(0x99),
    ]);
    const [head, tail] = split(0x00081140);
    assertIdentity(instanceOf(part10(concat([head, broken, tail]), EXPLICIT)));
  });

  it('a private OB of undefined length hides nothing that follows', () => {
    const fragments: WrittenElement = {
      tag: 0x00091010,
      vr: 'OB',
      value: {fragments: [Uint8Array.of(1, 2, 3, 4), new Uint8Array(0)]},
    };
    assertIdentity(instanceOf(explicitFile(fragments)));
  });

  it('a private OB of undefined length without items ends at its delimiter', () => {
    const heap = concat([
      elementHead(0x00091010, 'OB', 0xffffffff, 'explicit-le'),
      Uint8Array.of(9, 9, 9, 9, 9, 9, 9, 9, 0xfe, 0xff, 9, 9),
      tagBytes(0xfffee0dd),
      uint32(0),
    ]);
    const [head, tail] = split(0x00091010);
    assertIdentity(instanceOf(part10(concat([head, heap, tail]), EXPLICIT)));
  });

  it('a private OB of undefined length that is empty and never delimited hides nothing either', () => {
    const empty = elementHead(0x00091010, 'OB', 0xffffffff, 'explicit-le');
    const [head, tail] = split(0x00091010);
    assertIdentity(instanceOf(part10(concat([head, empty, tail]), EXPLICIT)));
  });

  it('the VR UN is read, for texts and for sequences of undefined length', () => {
    const unknown = withIdentity(sequence(0x00091010, [[text(0x0020000d, 'UI', '9.9.9')]], {vr: 'UN'})).map(
      element => (element.value instanceof Uint8Array ? {...element, vr: 'UN'} : element),
    );
    assertIdentity(instanceOf(part10(writeDataSet(unknown, 'explicit-le'), EXPLICIT)));
  });

  it('UIDs inside of sequences are not those of the instance', () => {
    const decoys = [
      text(0x00080018, 'UI', '6.6.6'),
      text(0x0020000d, 'UI', '6.6'),
      text(0x0020000e, 'UI', '6'),
    ];
    for (const undefinedLength of [true, false]) {
      for (const undefinedItems of [true, false]) {
        const nested = sequence(0x00081140, [decoys, decoys], {undefinedLength, undefinedItems});
        for (const syntax of ['implicit-le', 'explicit-le', 'explicit-be'] as const) {
          assertIdentity(instanceOf(part10(writeDataSet(withIdentity(nested), syntax), UID_OF[syntax])));
        }
      }
    }
  });

  it('of an element that stands twice the last counts, as with other readers', () => {
    const twice = SORTED([text(0x00100020, 'LO', 'first'), ...IDENTITY]);
    assert.equal(instanceOf(part10(writeDataSet(twice, 'explicit-le'), EXPLICIT)).patientId, 'P-1');
  });

  it('group lengths and empty values are borne', () => {
    const lengths = [0x00080000, 0x00100000, 0x00200000].map((tag): WrittenElement => ({
      tag,
      vr: 'UL',
      value: uint32(100),
    }));
    assertIdentity(
      instanceOf(explicitFile(...lengths, text(0x00080008, 'CS', ''), text(0x00090010, 'LO', ''))),
    );
  });

  it('elements out of order are found', () => {
    assertIdentity(instanceOf(part10(writeDataSet([...IDENTITY].reverse(), 'explicit-le'), EXPLICIT)));
  });
});

describe('A file header that is wrong about its data set', () => {
  for (const [declared, written] of [
    ['implicit-le', 'explicit-le'],
    ['explicit-le', 'implicit-le'],
    ['explicit-le', 'explicit-be'],
    ['explicit-be', 'explicit-le'],
    ['explicit-be', 'implicit-le'],
    ['implicit-le', 'explicit-be'],
  ] as const) {
    it(`is noticed: ${declared} declared, ${written} written`, () => {
      const header = instanceOf(part10(writeDataSet(IDENTITY, written), UID_OF[declared]));
      assertIdentity(header);
      assert.equal(header.transferSyntaxUid, UID_OF[declared], 'what the file says is told as it stands');
    });
  }

  it('is damage where it names no transfer syntax at all', () => {
    const meta = writeDataSet([text(0x00020002, 'UI', '1.2.840.10008.5.1.4.1.1.2')], 'explicit-le');
    const reading = readWhole(part10(writeDataSet(IDENTITY, 'implicit-le'), '', {meta}));
    assert.equal(reading.kind === 'unusable' && reading.why, 'damaged-header');
    assert.equal(reading.kind === 'unusable' && reading.header?.studyInstanceUid, '1.2.3.4');
  });
});

describe('An element that is written against the rules', () => {
  it('is passed over where its VR is none: ??', () => {
    const odd = concat([tagBytes(0x00091001), ascii('??'), Uint8Array.of(4, 0), ascii('abcd')]);
    const [head, tail] = split(0x00091001);
    assertIdentity(instanceOf(part10(concat([head, odd, tail]), EXPLICIT)));
  });

  it('is passed over where its VR is one of the future, with a long head', () => {
    const odd = concat([tagBytes(0x00091001), ascii('QQ'), new Uint8Array(2), uint32(4), ascii('abcd')]);
    const [head, tail] = split(0x00091001);
    assertIdentity(instanceOf(part10(concat([head, odd, tail]), EXPLICIT)));
  });

  it('is passed over where its VR was left out', () => {
    const odd = concat([tagBytes(0x00091001), uint32(4), ascii('abcd')]);
    const [head, tail] = split(0x00091001);
    assertIdentity(instanceOf(part10(concat([head, odd, tail]), EXPLICIT)));
  });

  it('is read where a long VR has a 16-bit length', () => {
    const odd = concat([tagBytes(0x00091001), ascii('UN'), Uint8Array.of(4, 0), ascii('abcd')]);
    const [head, tail] = split(0x00091001);
    assertIdentity(instanceOf(part10(concat([head, odd, tail]), EXPLICIT)));
  });

  it('may leave out the delimiters of items', () => {
    const noItemDelimiter = concat([
      elementHead(0x00081140, 'SQ', 0xffffffff, 'explicit-le'),
      tagBytes(0xfffee000),
      uint32(0xffffffff),
      writeDataSet([text(0x00081150, 'UI', '1.2')], 'explicit-le'),
      tagBytes(0xfffee000),
      uint32(0xffffffff),
      tagBytes(0xfffee0dd),
      uint32(0),
    ]);
    const [head, tail] = split(0x00081140);
    assertIdentity(instanceOf(part10(concat([head, noItemDelimiter, tail]), EXPLICIT)));
  });

  it('may leave out the delimiter of a sequence whose items have lengths', () => {
    const noDelimiter = concat([
      elementHead(0x00081140, 'SQ', 0xffffffff, 'explicit-le'),
      tagBytes(0xfffee000),
      uint32(0),
    ]);
    const [head, tail] = split(0x00081140);
    assertIdentity(instanceOf(part10(concat([head, noDelimiter, tail]), EXPLICIT)));
  });
});
