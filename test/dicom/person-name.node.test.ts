import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {formatPersonName, parsePersonName} from '../../src/dicom/person-name.js';

describe('A person name', () => {
  it('has up to three groups of five components', () => {
    const name = parsePersonName('Yamada^Tarou^^Dr^MD=山田^太郎=やまだ^たろう');
    assert.deepEqual(name.alphabetic, {
      family: 'Yamada',
      given: 'Tarou',
      middle: '',
      prefix: 'Dr',
      suffix: 'MD',
    });
    assert.equal(name.ideographic?.given, '太郎');
    assert.equal(name.phonetic?.family, 'やまだ');
  });

  it('has no group where there is nothing in it', () => {
    assert.deepEqual(parsePersonName('=王^小東'), {
      alphabetic: null,
      ideographic: {family: '王', given: '小東', middle: '', prefix: '', suffix: ''},
      phonetic: null,
    });
    assert.deepEqual(parsePersonName('^^^^'), {alphabetic: null, ideographic: null, phonetic: null});
  });

  for (const [value, shown] of [
    ['Doe^Jane', 'Jane Doe'],
    ['Doe^Jane^M^Dr^MD', 'Dr Jane M Doe, MD'],
    ['Anonymized', 'Anonymized'],
    ['Wang^XiaoDong=王^小東', 'XiaoDong Wang (王 小東)'],
    ['=山田^太郎=やまだ^たろう', '山田 太郎'],
    ['==やまだ^たろう', 'やまだ たろう'],
    ['Doe^Jane\\Roe^Richard', 'Jane Doe'],
    ['', ''],
    ['^^^', ''],
  ] as const) {
    it(`is shown as a person writes it: ${JSON.stringify(value)}`, () => {
      assert.equal(formatPersonName(value), shown);
    });
  }
});
