/**
 * The only door to dicom-parser. It is handed nothing but runs of flat elements of defined length whose beginning and
 * end the walk has found, since dicom-parser 1.8.21 by itself reads a short slice without complaint, derails at OV, SV
 * and UV, takes groups behind the file header for part of it, scans to the end of the buffer for a private value of
 * undefined length, and recurses as deep as a file says. Its `string()` is not used: it cuts bytes off before they
 * are decoded.
 */
import dicomParser, {type Element} from 'dicom-parser';
import type {Layout} from './transfer-syntax.js';

/** Where the value of an element lies. */
export interface ElementPlace {
  readonly tag: number;
  readonly dataOffset: number;
  readonly length: number;
}

/** The elements found, by tag. An element that stands twice counts as its last, as with other readers. */
export type Elements = ReadonlyMap<number, ElementPlace>;

/** Flat elements between `start` and `end`, one behind the other. */
export interface ElementRun {
  readonly start: number;
  end: number;
}

export type Parsed =
  {readonly ok: true; readonly elements: Elements} | {readonly ok: false; readonly detail: string};

/** dicom-parser throws strings, Errors and `{exception, dataSet}`: all become one sentence. */
function sentenceOf(thrown: unknown): string {
  if (typeof thrown === 'string') return thrown;
  if (thrown instanceof Error) return thrown.message;
  if (typeof thrown === 'object' && thrown !== null && 'exception' in thrown)
    return sentenceOf(thrown.exception);
  return 'dicom-parser failed';
}

/** Keeps dicom-parser from taking a value that begins like an item for a sequence. */
const neverSequence = () => 'UN';

/**
 * Parses the runs. `odd` are elements that dicom-parser would misread; they are taken as they are. Never throws: where
 * dicom-parser and the walk disagree on where a run ends, the reading has failed.
 */
export function parseRuns(
  bytes: Uint8Array,
  layout: Layout,
  runs: readonly ElementRun[],
  odd: readonly ElementPlace[],
): Parsed {
  const places = new Map<number, ElementPlace>();
  const byteParser = layout.bigEndian
    ? dicomParser.bigEndianByteArrayParser
    : dicomParser.littleEndianByteArrayParser;
  try {
    const stream = new dicomParser.ByteStream(byteParser, bytes, 0);
    const warnings: string[] = [];
    for (const run of runs) {
      stream.position = run.start;
      while (stream.position < run.end) {
        const element: Element = layout.explicit
          ? dicomParser.readDicomElementExplicit(stream, warnings)
          : dicomParser.readDicomElementImplicit(stream, undefined, neverSequence);
        const tag = parseInt(element.tag.slice(1), 16);
        places.set(tag, {tag, dataOffset: element.dataOffset, length: element.length});
      }
      if (stream.position !== run.end) return {ok: false, detail: 'a run of elements ends elsewhere'};
    }
  } catch (thrown) {
    return {ok: false, detail: sentenceOf(thrown)};
  }
  for (const place of odd) places.set(place.tag, place);
  return {ok: true, elements: places};
}
