import {randomBytes} from 'node:crypto';
import {createReadStream} from 'node:fs';

/** One part of an answer: its headers and the file that holds its bytes. */
export interface FilePart {
  readonly headers: Readonly<Record<string, string>>;
  readonly file: string;
}

/** 128 random bits: no file holds them by chance. */
export const newBoundary = () => randomBytes(16).toString('hex');

/** A multipart body (RFC 2046 5.1), file by file, at the pace of whoever reads it. */
export async function* multipartBody(boundary: string, parts: Iterable<FilePart>): AsyncGenerator<Buffer> {
  for (const {headers, file} of parts) {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    yield Buffer.from(`--${boundary}\r\n${lines.join('')}\r\n`, 'latin1');
    for await (const chunk of createReadStream(file)) yield chunk as Buffer;
    yield Buffer.from('\r\n');
  }
  yield Buffer.from(`--${boundary}--\r\n`, 'latin1');
}
