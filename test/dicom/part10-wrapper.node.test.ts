import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import dicomParser from 'dicom-parser';
import {IMPLEMENTATION_CLASS_UID, part10Prefix} from '../../src/dicom/part10-wrapper.js';
import {concat, IDENTITY, part10, UID_OF, writeDataSet, writeFileMeta} from './data-set-writer.js';
import {assertIdentity, instanceOf} from './reading.js';

describe('A file header put before a bare data set', () => {
  for (const syntax of ['implicit-le', 'explicit-le', 'explicit-be'] as const) {
    it(`makes a Part 10 file of it, its bytes unchanged: ${syntax}`, () => {
      const bare = writeDataSet(
        [...IDENTITY, {tag: 0x7fe00010, vr: 'OW', value: new Uint8Array(50)}],
        syntax,
      );
      const prefix = part10Prefix(instanceOf(bare));
      const wrapped = concat([prefix, bare]);
      assert.deepEqual(wrapped.subarray(prefix.length), bare);

      const header = instanceOf(wrapped);
      assertIdentity(header);
      assert.equal(header.encoding, 'part10');
      assert.equal(header.transferSyntaxUid, UID_OF[syntax]);

      const read = dicomParser.parseDicom(wrapped);
      assert.equal(read.string('x00020002'), '1.2.840.10008.5.1.4.1.1.2');
      assert.equal(read.string('x00020003'), '1.2.3.4.5.6');
      assert.equal(read.string('x00020010'), UID_OF[syntax]);
      assert.equal(read.string('x00020012'), IMPLEMENTATION_CLASS_UID);
      assert.equal(read.string('x0020000d'), '1.2.3.4');
      assert.equal(read.uint32('x00020000'), prefix.length - 132 - 12, 'the group length is right');
      assert.equal(prefix.length % 2, 0);
    });
  }

  it('is preamble and DICM alone where the rest is there', () => {
    const file = concat([writeFileMeta('1.2.840.10008.1.2.4.80'), writeDataSet(IDENTITY, 'explicit-le')]);
    const prefix = part10Prefix(instanceOf(file));
    assert.equal(prefix.length, 132);
    const header = instanceOf(concat([prefix, file]));
    assertIdentity(header);
    assert.equal(header.encoding, 'part10');
    assert.equal(header.transferSyntaxUid, '1.2.840.10008.1.2.4.80');
  });

  it('is nothing for a Part 10 file', () => {
    const file = part10(writeDataSet(IDENTITY, 'explicit-le'), UID_OF['explicit-le']);
    assert.equal(part10Prefix(instanceOf(file)).length, 0);
  });
});
