import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {parseAccept, parseMediaType} from '../../../dev/archive/media-type.js';

describe('a media type', () => {
  it('is read with and without quotes', () => {
    for (const text of [
      'multipart/related; type="application/dicom"; boundary="a b=c"',
      'Multipart/Related;boundary="a b=c" ; TYPE=application/dicom',
    ]) {
      const media = parseMediaType(text);
      assert.equal(media?.type, 'multipart/related');
      assert.equal(media.parameters.get('type'), 'application/dicom');
      assert.equal(media.parameters.get('boundary'), 'a b=c');
    }
  });

  it('keeps separators within quotes and takes backslashes out', () => {
    assert.equal(parseMediaType('a/b; x="1;2\\"3"')?.parameters.get('x'), '1;2"3');
  });

  it('is refused where it is none', () => {
    for (const text of ['', 'dicom', 'a/b; x="open', '; a=b', 'a /b'])
      assert.equal(parseMediaType(text), null);
  });

  it('is wanted in the order of its weight', () => {
    const types = parseAccept('application/json;q=0.1, text/plain;q=0, application/dicom+json').map(
      m => m.type,
    );
    assert.deepEqual(types, ['application/dicom+json', 'application/json']);
    assert.deepEqual(
      parseAccept(undefined).map(m => m.type),
      ['*/*'],
    );
  });
});
