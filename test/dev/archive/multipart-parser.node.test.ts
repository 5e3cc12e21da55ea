import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {MultipartParser, type MultipartEvent} from '../../../dev/archive/multipart-parser.js';

interface Part {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const ascii = (text: string) => Buffer.from(text, 'latin1');

function write(boundary: string, parts: readonly Part[], preamble = '', epilogue = ''): Buffer {
  const pieces = parts.flatMap(({headers, body}) => [
    ascii(`--${boundary}\r\n`),
    ...Object.entries(headers).map(([name, value]) => ascii(`${name}: ${value}\r\n`)),
    ascii('\r\n'),
    body,
    ascii('\r\n'),
  ]);
  return Buffer.concat([ascii(preamble), ...pieces, ascii(`--${boundary}--\r\n${epilogue}`)]);
}

function parse(boundary: string, chunks: readonly Buffer[], maxHeaderBytes?: number) {
  const parser = new MultipartParser(boundary, maxHeaderBytes);
  const events: MultipartEvent[] = [...chunks.flatMap(chunk => parser.push(chunk)), ...parser.finish()];
  const parts: {headers: Record<string, string>; body: Buffer; ended: boolean}[] = [];
  let closed = false;
  let error: string | null = null;
  for (const event of events) {
    const last = parts.at(-1);
    if (event.kind === 'start') {
      parts.push({headers: Object.fromEntries(event.headers), body: Buffer.alloc(0), ended: false});
    } else if (event.kind === 'data' && last) last.body = Buffer.concat([last.body, event.bytes]);
    else if (event.kind === 'end' && last) last.ended = true;
    else if (event.kind === 'closed') closed = true;
    else if (event.kind === 'error') error = event.code;
  }
  return {parts, closed, error};
}

/** Cuts a body at the given places, taken modulo its length. */
function cut(body: Buffer, places: readonly number[]): Buffer[] {
  const at = [...new Set(places.map(p => p % (body.length + 1)))].sort((a, b) => a - b);
  return [0, ...at].map((from, i) => body.subarray(from, at[i] ?? body.length));
}

const BOUNDARY = 'x-=b';
/** Bytes in which beginnings of the delimiter are frequent. */
const body = fc
  .array(
    fc.constantFrom('\r', '\n', '\r\n', '-', '--', '\r\n--', '\r\n--x-', 'x-=', 'b', '\0', 'ÿ', 'data'),
    {
      maxLength: 30,
    },
  )
  .map(pieces => pieces.join(''))
  .filter(text => !`\r\n${text}\r\n`.includes(`\r\n--${BOUNDARY}`))
  .map(ascii);
const part = fc.record({
  headers: fc.constantFrom<Record<string, string>>(
    {},
    {'content-type': 'application/dicom'},
    {a: 'b', c: 'd: e'},
  ),
  body,
});

describe('the multipart parser', () => {
  it('finds the same parts however the body is cut into chunks', () => {
    fc.assert(
      fc.property(
        fc.array(part, {maxLength: 5}),
        fc.array(fc.nat(), {maxLength: 40}),
        fc.constantFrom('', 'preamble\r\n', '\r\n'),
        fc.constantFrom('', 'epilogue', `--${BOUNDARY}\r\n\r\nno part`),
        (parts, places, preamble, epilogue) => {
          const {
            parts: found,
            closed,
            error,
          } = parse(BOUNDARY, cut(write(BOUNDARY, parts, preamble, epilogue), places));
          assert.equal(error, null);
          assert.ok(closed);
          assert.ok(found.every(p => p.ended));
          assert.deepEqual(
            found.map(p => ({headers: p.headers, body: p.body.toString('latin1')})),
            parts.map(p => ({headers: p.headers, body: p.body.toString('latin1')})),
          );
        },
      ),
      {numRuns: 500},
    );
  });

  it('takes every byte by itself', () => {
    const whole = write('B', [{headers: {'content-type': 'application/dicom'}, body: ascii('\r\n--A\r\n-')}]);
    const {parts, closed} = parse(
      'B',
      [...whole].map(byte => Buffer.from([byte])),
    );
    assert.ok(closed);
    assert.equal(parts[0]?.body.toString('latin1'), '\r\n--A\r\n-');
  });

  it('never calls a body closed that ends early', () => {
    fc.assert(
      fc.property(fc.array(part, {minLength: 1, maxLength: 3}), fc.nat(), (parts, at) => {
        const whole = write(BOUNDARY, parts);
        // The closing delimiter ends four bytes before the body does: `--`, CR, LF.
        const {closed, error} = parse(BOUNDARY, [whole.subarray(0, at % (whole.length - 2))]);
        assert.equal(closed, false);
        assert.equal(error, 'not-closed');
      }),
    );
  });

  it('lets a part be empty, with the line end shared or not', () => {
    for (const empty of ['--B\r\n\r\n--B--', '--B\r\n\r\n\r\n--B--', '--B\r\nA: b\r\n\r\n--B--']) {
      const {parts, closed, error} = parse('B', [ascii(empty)]);
      assert.deepEqual([parts.length, parts[0]?.body.length, closed, error], [1, 0, true, null], empty);
    }
  });

  it('allows blanks behind a delimiter', () => {
    const {parts, error} = parse('B', [ascii('--B \t\r\n\r\none\r\n--B--')]);
    assert.deepEqual([parts[0]?.body.toString(), error], ['one', null]);
  });

  it('names what breaks the syntax', () => {
    const cases = [
      ['--Bx\r\n\r\n', 'bad-delimiter'],
      ['--B\r\nno colon\r\n\r\n', 'bad-header'],
      ['--B\r\n: value\r\n\r\n', 'bad-header'],
      ['', 'not-closed'],
      ['no delimiter at all', 'not-closed'],
      ['--B\n\nLF only\n--B--', 'bad-delimiter'],
    ] as const;
    for (const [text, code] of cases)
      assert.equal(parse('B', [ascii(text)]).error, code, JSON.stringify(text));
  });

  it('bounds the headers of a part, in one chunk and in many', () => {
    const long = ascii(`--B\r\nA: ${'x'.repeat(500)}\r\n\r\n`);
    assert.equal(parse('B', [long], 100).error, 'header-too-large');
    assert.equal(
      parse(
        'B',
        [...long].map(b => Buffer.from([b])),
        100,
      ).error,
      'header-too-large',
    );
    const many = ascii(`--B\r\n${'A: b\r\n'.repeat(50)}\r\n`);
    assert.equal(parse('B', [many], 100).error, 'header-too-large');
  });

  it('says nothing more after a fault', () => {
    const parser = new MultipartParser('B');
    assert.equal(parser.push(ascii('--Bxy')).at(-1)?.kind, 'error');
    assert.deepEqual(parser.push(ascii('\r\n--B\r\n\r\nx\r\n--B--')), []);
    assert.deepEqual(parser.finish(), []);
  });
});
