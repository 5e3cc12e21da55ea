/** What the parser has met, in order: for each part one `start`, any number of `data`, one `end`; at last `closed`. */
export type MultipartEvent =
  | {readonly kind: 'start'; readonly headers: ReadonlyMap<string, string>}
  | {readonly kind: 'data'; readonly bytes: Buffer}
  | {readonly kind: 'end'}
  | {readonly kind: 'closed'}
  | {readonly kind: 'error'; readonly code: MultipartFault};

export type MultipartFault =
  /** The body ended before the closing delimiter. */
  | 'not-closed'
  /** After a delimiter stands neither `--` nor the end of the line. */
  | 'bad-delimiter'
  /** A header line without a colon, or with a name that is none. */
  | 'bad-header'
  /** The headers of a part are longer than the limit. */
  | 'header-too-large';

type State = 'preamble' | 'after-delimiter' | 'headers' | 'body-start' | 'body' | 'epilogue' | 'failed';

const CRLF = Buffer.from('\r\n');
const HEADER_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/**
 * Parses a multipart body (RFC 2046 5.1) as it arrives, in chunks of any size. It holds back only what may be the
 * beginning of a delimiter, or an unfinished header. Line ends are CRLF, as the RFC has them.
 */
export class MultipartParser {
  private readonly delimiter: Buffer;
  private readonly dashBoundary: Buffer;
  private readonly maxHeaderBytes: number;
  private state: State = 'preamble';
  /** The first delimiter needs no line end before it: the body is read as if one stood there. */
  private held: Buffer = CRLF;
  private headers = new Map<string, string>();
  private headerBytes = 0;

  constructor(boundary: string, maxHeaderBytes = 16_384) {
    this.delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
    this.dashBoundary = this.delimiter.subarray(2);
    this.maxHeaderBytes = maxHeaderBytes;
  }

  push(chunk: Buffer): MultipartEvent[] {
    const events: MultipartEvent[] = [];
    let rest: Buffer | null = this.held.length === 0 ? chunk : Buffer.concat([this.held, chunk]);
    this.held = Buffer.alloc(0);
    while (rest !== null) rest = this.step(rest, events);
    return events;
  }

  /** To be called at the end of the body. */
  finish(): MultipartEvent[] {
    if (this.state === 'epilogue' || this.state === 'failed') return [];
    return this.fail('not-closed');
  }

  /** Takes what it can from `bytes`; the rest comes back, or null where more must arrive first. */
  private step(bytes: Buffer, events: MultipartEvent[]): Buffer | null {
    switch (this.state) {
      case 'preamble':
      case 'body':
        return this.untilDelimiter(bytes, events);
      case 'body-start':
        return this.bodyStart(bytes, events);
      case 'after-delimiter':
        return this.afterDelimiter(bytes, events);
      case 'headers':
        return this.headerLine(bytes, events);
      case 'epilogue':
      case 'failed':
        return null;
    }
  }

  private untilDelimiter(bytes: Buffer, events: MultipartEvent[]): Buffer | null {
    const at = bytes.indexOf(this.delimiter);
    const inBody = this.state === 'body';
    const end = at >= 0 ? at : this.safeLength(bytes);
    if (inBody && end > 0) events.push({kind: 'data', bytes: bytes.subarray(0, end)});
    if (at < 0) return this.hold(bytes.subarray(end));
    if (inBody) events.push({kind: 'end'});
    this.state = 'after-delimiter';
    return bytes.subarray(at + this.delimiter.length);
  }

  /** How many bytes cannot belong to a delimiter that goes on in the next chunk. */
  private safeLength(bytes: Buffer): number {
    const from = Math.max(0, bytes.length - this.delimiter.length + 1);
    for (let at = bytes.indexOf(13, from); at >= 0; at = bytes.indexOf(13, at + 1)) {
      if (bytes.subarray(at).equals(this.delimiter.subarray(0, bytes.length - at))) return at;
    }
    return bytes.length;
  }

  /** A part without content may lend the line end of its empty line to the delimiter. */
  private bodyStart(bytes: Buffer, events: MultipartEvent[]): Buffer | null {
    const seen = Math.min(bytes.length, this.dashBoundary.length);
    const isDelimiter = bytes.subarray(0, seen).equals(this.dashBoundary.subarray(0, seen));
    if (isDelimiter && seen < this.dashBoundary.length) return this.hold(bytes);
    if (!isDelimiter) {
      this.state = 'body';
      return bytes;
    }
    events.push({kind: 'end'});
    this.state = 'after-delimiter';
    return bytes.subarray(seen);
  }

  private afterDelimiter(bytes: Buffer, events: MultipartEvent[]): Buffer | null {
    if (bytes.length < 2) return this.hold(bytes);
    if (bytes[0] === 0x2d && bytes[1] === 0x2d) {
      events.push({kind: 'closed'});
      this.state = 'epilogue';
      return null;
    }
    let at = 0;
    while (bytes[at] === 0x20 || bytes[at] === 0x09) at++;
    if (at > this.maxHeaderBytes) return this.failStep('bad-delimiter', events);
    if (bytes.length < at + 2) return this.hold(bytes);
    if (bytes[at] !== 13 || bytes[at + 1] !== 10) return this.failStep('bad-delimiter', events);
    this.state = 'headers';
    this.headers = new Map();
    this.headerBytes = 0;
    return bytes.subarray(at + 2);
  }

  private headerLine(bytes: Buffer, events: MultipartEvent[]): Buffer | null {
    const end = bytes.indexOf(CRLF);
    const length = end < 0 ? bytes.length : end + 2;
    if (this.headerBytes + length > this.maxHeaderBytes) return this.failStep('header-too-large', events);
    if (end < 0) return this.hold(bytes);
    this.headerBytes += length;
    if (end === 0) {
      events.push({kind: 'start', headers: this.headers});
      this.state = 'body-start';
      return bytes.subarray(2);
    }
    const line = bytes.toString('latin1', 0, end);
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    if (!HEADER_NAME.test(name)) return this.failStep('bad-header', events);
    this.headers.set(name, line.slice(colon + 1).trim());
    return bytes.subarray(end + 2);
  }

  private hold(bytes: Buffer): null {
    this.held = bytes;
    return null;
  }

  private fail(code: MultipartFault): MultipartEvent[] {
    this.state = 'failed';
    return [{kind: 'error', code}];
  }

  private failStep(code: MultipartFault, events: MultipartEvent[]): null {
    events.push(...this.fail(code));
    return null;
  }
}
