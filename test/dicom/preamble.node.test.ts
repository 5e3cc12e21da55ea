import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {classifyPreamble, neutralPreamble} from '../../src/dicom/preamble.js';
import {ascii, IDENTITY, part10, UID_OF, writeDataSet} from './data-set-writer.js';
import {instanceOf} from './reading.js';

function preambleOf(beginning: readonly number[] | string): Uint8Array {
  const preamble = new Uint8Array(128);
  preamble.set(typeof beginning === 'string' ? ascii(beginning) : beginning);
  return preamble;
}

describe('The first 128 bytes', () => {
  for (const [name, beginning, kind] of [
    ['zeros', '', 'zero'],
    ['a TIFF', [0x49, 0x49, 0x2a, 0], 'tiff'],
    ['a big-endian TIFF', [0x4d, 0x4d, 0, 0x2a], 'tiff'],
    ['a BigTIFF', [0x49, 0x49, 0x2b, 0], 'tiff'],
    ['a Windows program', 'MZ\x90', 'executable'],
    ['an ELF program', '\x7fELF', 'executable'],
    ['a Mach-O program', [0xcf, 0xfa, 0xed, 0xfe], 'executable'],
    ['a Mach-O program for several processors', [0xca, 0xfe, 0xba, 0xbe], 'executable'],
    ['a shell script', '#!/bin/sh\nrm -r /', 'executable'],
    ['a script for a browser', '\n  <SCRIPT>alert(1)', 'executable'],
    ['a batch file', '@ECHO off', 'executable'],
    ['a ZIP', 'PK\x03\x04', 'executable'],
    ['a 7z archive', '7z\xbc\xaf\x27\x1c', 'executable'],
    ['a gzip archive', [0x1f, 0x8b, 8], 'executable'],
    ['something else', 'scanner 17, room 4', 'other'],
    ['a program that does not stand at the beginning', '\0\0MZ', 'other'],
  ] as const) {
    it(`are told: ${name}`, () => {
      const preamble = preambleOf(beginning);
      assert.equal(classifyPreamble(preamble), kind);
      const header = instanceOf(
        part10(writeDataSet(IDENTITY, 'explicit-le'), UID_OF['explicit-le'], {preamble}),
      );
      assert.equal(header.preamble, kind);
    });
  }

  it('are harmless once they are neutral', () => {
    assert.equal(neutralPreamble().length, 128);
    assert.equal(classifyPreamble(neutralPreamble()), 'zero');
  });
});
