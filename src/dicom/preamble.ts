import type {Preamble} from './instance-header.js';

/** PS3.10 7.1: 128 bytes that DICOM itself does not use, then `DICM`. */
export const PREAMBLE_LENGTH = 128;

const bytesOf = (text: string): readonly number[] => Array.from(text, letter => letter.charCodeAt(0));

/** TIFF and BigTIFF in both byte orders: such files are an image and a DICOM instance at once, by design. */
const TIFF_MAGICS = [
  [0x49, 0x49, 0x2a, 0x00],
  [0x4d, 0x4d, 0x00, 0x2a],
  [0x49, 0x49, 0x2b, 0x00],
  [0x4d, 0x4d, 0x00, 0x2b],
];

/** Beginnings that an operating system, an interpreter or an unpacker would act upon. */
const EXECUTABLE_MAGICS = [
  bytesOf('MZ'), // DOS, Windows
  bytesOf('ZM'), // DOS, the old way
  [0x7f, ...bytesOf('ELF')],
  [0xfe, 0xed, 0xfa, 0xce], // Mach-O, 32 and 64 bits, both byte orders
  [0xfe, 0xed, 0xfa, 0xcf],
  [0xce, 0xfa, 0xed, 0xfe],
  [0xcf, 0xfa, 0xed, 0xfe],
  [0xca, 0xfe, 0xba, 0xbe], // Mach-O for several processors, Java classes
  [0xbe, 0xba, 0xfe, 0xca],
  [0xca, 0xfe, 0xba, 0xbf],
  [0x00, ...bytesOf('asm')], // WebAssembly
  bytesOf('dex\n'),
  bytesOf('#!'),
  [0xef, 0xbb, 0xbf, ...bytesOf('#!')],
  bytesOf('PK\x03\x04'),
  bytesOf('PK\x05\x06'),
  bytesOf('7z\xbc\xaf\x27\x1c'),
  bytesOf('Rar!\x1a\x07'),
  [0x1f, 0x8b], // gzip
  bytesOf('BZh'),
  [0xfd, ...bytesOf('7zXZ\0')],
  [0x28, 0xb5, 0x2f, 0xfd], // zstd
  bytesOf('MSCF'), // cabinet
  [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], // MSI, OLE
  [0x4c, 0x00, 0x00, 0x00, 0x01, 0x14, 0x02, 0x00], // Windows shortcut
  bytesOf('!<arch>\n'), // Debian packages, libraries
  bytesOf('%PDF-'),
  bytesOf('{\\rtf'),
];

/** Scripts that need no magic of their own; compared in lower case, after white space. */
const SCRIPT_BEGINNINGS = [
  '<script',
  '<?php',
  '<html',
  '<!doctype html',
  '<svg',
  '<?xml',
  '<%',
  '@echo',
  'rem ',
  'powershell',
  'cmd ',
  'cmd.exe',
];

const beginsWith = (bytes: Uint8Array, magic: readonly number[]) =>
  magic.every((byte, index) => bytes[index] === byte);

function beginsLikeScript(bytes: Uint8Array): boolean {
  let from = 0;
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) from = 3;
  while (from < PREAMBLE_LENGTH && [0x09, 0x0a, 0x0d, 0x20].includes(bytes[from] ?? 0)) from++;
  const text = String.fromCharCode(...bytes.subarray(from, from + 16)).toLowerCase();
  return SCRIPT_BEGINNINGS.some(beginning => text.startsWith(beginning));
}

function isZero(bytes: Uint8Array): boolean {
  for (let index = 0; index < PREAMBLE_LENGTH; index++) if (bytes[index] !== 0) return false;
  return true;
}

/** What the first 128 bytes of a Part 10 file are. What counts is how they begin: that is what a system acts upon. */
export function classifyPreamble(bytes: Uint8Array): Preamble {
  if (isZero(bytes)) return 'zero';
  if (TIFF_MAGICS.some(magic => beginsWith(bytes, magic))) return 'tiff';
  if (EXECUTABLE_MAGICS.some(magic => beginsWith(bytes, magic)) || beginsLikeScript(bytes))
    return 'executable';
  return 'other';
}

/** 128 zero bytes, in the place of a preamble that shall not travel. */
export function neutralPreamble(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(PREAMBLE_LENGTH);
}
