import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {characterSetsOf, decodeText} from '../../src/dicom/character-set.js';

const hex = (text: string) => Uint8Array.from(text.split(' '), byte => parseInt(byte, 16));
const decode = (declared: string, bytes: string, vr: 'PN' | 'LO' = 'PN') =>
  decodeText(hex(bytes), characterSetsOf(declared), vr);

/** Examples of PS3.5 Annexes H to K, by their bytes. */
const NAMES: readonly (readonly [name: string, declared: string, bytes: string, text: string])[] = [
  ['Latin 1', 'ISO_IR 100', '42 75 63 5e 4a e9 72 f4 6d 65', 'Buc^Jérôme'],
  ['Cyrillic', 'ISO_IR 144', 'bb ee da 63 65', 'Люкce'],
  ['Greek', 'ISO_IR 126', 'c4 e9 ef ed', 'Διον'],
  ['Thai', 'ISO_IR 166', 'a1 a2', 'กข'],
  ['UTF-8', 'ISO_IR 192', 'e7 8e 8b 5e e5 b0 8f e6 9d b1', '王^小東'],
  ['GB18030', 'GB18030', 'cd f5 5e d0 a1 b6 ab', '王^小东'],
  ['GBK', 'GBK', 'cd f5 5e d0 a1 b6 ab', '王^小东'],
  [
    'Japanese with code extensions',
    '\\ISO 2022 IR 87',
    '59 61 6d 61 64 61 3d 1b 24 42 3b 33 45 44 1b 28 42 5e 1b 24 42 42 40 4f 3a 1b 28 42',
    'Yamada=山田^太郎',
  ],
  ['half-width Japanese', 'ISO 2022 IR 13\\ISO 2022 IR 87', 'd4 cf c0 de 5e c0 db b3', 'ﾔﾏﾀﾞ^ﾀﾛｳ'],
  ['Korean with code extensions', '\\ISO 2022 IR 149', '1b 24 29 43 b1 e8 5e 1b 24 29 43 c8 f1', '김^희'],
];

describe('A text', () => {
  for (const [name, declared, bytes, text] of NAMES) {
    it(`is decoded: ${name}`, () => assert.equal(decode(declared, bytes), text));
  }

  for (const written of [
    'ISO-IR 100',
    'iso_ir 100',
    'ISO IR 100',
    'ISO_IR_100',
    'ISO 8859-1',
    'ISO_8859-1',
    'Latin1',
    ' ISO_IR 100 ',
  ]) {
    it(`is decoded though its character set is written ${JSON.stringify(written)}`, () => {
      assert.equal(decode(written, '4a e9 72'), 'Jér');
    });
  }

  for (const written of ['UTF-8', 'utf8', 'ISO_IR 192']) {
    it(`is UTF-8 where ${written} is declared`, () => assert.equal(decode(written, 'c3 a9'), 'é'));
  }

  it('is Latin 1 where nothing is declared that is known', () => {
    assert.equal(decode('KLINGON', '4a e9 72'), 'Jér');
    assert.equal(decode('ISO_IR 9999\\X', '4a e9 72'), 'Jér');
  });

  it('whose character set is not declared is UTF-8 where it is valid as such, else Latin 1', () => {
    assert.equal(decodeText(hex('4a c3 a9'), null, 'LO'), 'Jé');
    assert.equal(decodeText(hex('4a e9 72'), null, 'LO'), 'Jér');
    assert.equal(decode('', '4a e9 72'), 'Jér');
  });

  it('that uses an escape sequence which is not declared is decoded all the same', () => {
    assert.equal(decode('ISO_IR 100', '1b 24 42 3b 33 45 44 1b 28 42'), '\u001b$B;3ED\u001b(B');
    assert.equal(decode('ISO 2022 IR 100', '1b 24 42 3b 33 45 44 1b 28 42'), '山田');
    assert.equal(decodeText(hex('1b 24 42 3b 33 45 44 1b 28 42'), null, 'PN'), '山田');
  });

  it('keeps the backslash that is the second byte of a character', () => {
    // 0x81 0x5C is one character of GB18030.
    assert.equal(Array.from(decode('GB18030', '81 5c', 'LO')).length, 1);
  });

  it('of any bytes and any declared sets is a text', () => {
    const terms = fc.constantFrom(
      '',
      'ISO_IR 6',
      'ISO_IR 100',
      'ISO_IR 13',
      'ISO_IR 192',
      'GB18030',
      'GBK',
      'ISO 2022 IR 6',
      'ISO 2022 IR 13',
      'ISO 2022 IR 87',
      'ISO 2022 IR 159',
      'ISO 2022 IR 149',
      'ISO 2022 IR 58',
      'ISO-IR 87',
      'nonsense',
    );
    const bytes = fc.array(
      fc.oneof(fc.constantFrom(0x1b, 0x24, 0x28, 0x29, 0x42, 0x43, 0x5c), fc.nat({max: 255})),
      {maxLength: 60},
    );
    fc.assert(
      fc.property(fc.array(terms, {maxLength: 4}), bytes, (declared, value) => {
        const text = decodeText(Uint8Array.from(value), characterSetsOf(declared.join('\\')), 'PN');
        assert.equal(typeof text, 'string');
      }),
      {numRuns: 2000},
    );
  });
});
