import type {JsonDataSet} from './dicom-json.js';

/** Deeper than any answer goes, far from what a stack bears. */
const DEEPEST = 32;

const ENTITIES: Readonly<Record<string, string>> = {amp: '&', lt: '<', gt: '>', quot: '"', apos: "'"};

interface Tag {
  readonly name: string;
  readonly kind: 'open' | 'close' | 'empty';
  readonly dicomTag: string;
}

/** A data set or an item: attributes by tag, as in DICOM JSON. */
type Building = Record<string, {readonly Value: unknown[]}>;

/**
 * Turns the Native DICOM Model (PS3.19 A.1), in which some servers answer, into the DICOM JSON model; null where
 * the text is none. A worker has no DOMParser. This reads only what that model uses: no document type, no
 * external entities. It takes time in proportion to the text.
 */
export function parseDicomXml(text: string): JsonDataSet | null {
  const root: Building = {};
  const sets: Building[] = [root];
  const open: string[] = [];
  let value: string | null = null;
  const attributes: {Value: unknown[]}[] = [];
  let at = 0;
  let seenRoot = false;

  while (at < text.length) {
    const start = text.indexOf('<', at);
    if (value !== null) value += decodeEntities(text.slice(at, start < 0 ? text.length : start));
    if (start < 0) break;
    const markup = skipMarkup(text, start);
    if (markup === 'refused') return null;
    if (markup !== null) {
      if (value !== null) value += markup.text;
      at = markup.end;
      continue;
    }
    const end = text.indexOf('>', start);
    if (end < 0) return null;
    at = end + 1;
    const tag = readTag(text.slice(start + 1, end));

    if (tag.kind === 'close') {
      if (open.pop() !== tag.name) return null;
      if (tag.name === 'Value' && value !== null) {
        attributes.at(-1)?.Value.push(value);
        value = null;
      } else if (tag.name === 'Item') sets.pop();
      else if (tag.name === 'DicomAttribute') attributes.pop();
      continue;
    }
    if (!seenRoot && tag.name !== 'NativeDicomModel') return null;
    seenRoot = true;
    if (open.length >= DEEPEST) return null;
    const item: Building = {};
    const attribute: {Value: unknown[]} = {Value: []};
    if (tag.name === 'DicomAttribute') (sets.at(-1) ?? root)[tag.dicomTag] = attribute;
    else if (tag.name === 'Item') attributes.at(-1)?.Value.push(item);
    if (tag.kind === 'empty') continue;
    open.push(tag.name);
    if (tag.name === 'DicomAttribute') attributes.push(attribute);
    else if (tag.name === 'Item') sets.push(item);
    else if (tag.name === 'Value') value = '';
  }
  return seenRoot && open.length === 0 ? root : null;
}

/** Passes over what is no element. Document types are refused: they can make a small text large. */
function skipMarkup(text: string, start: number): {end: number; text: string} | 'refused' | null {
  const until = (close: string, from: number) => {
    const found = text.indexOf(close, from);
    return found < 0 ? text.length : found + close.length;
  };
  if (text.startsWith('<?', start)) return {end: until('?>', start + 2), text: ''};
  if (text.startsWith('<!--', start)) return {end: until('-->', start + 4), text: ''};
  if (text.startsWith('<![CDATA[', start)) {
    const end = until(']]>', start + 9);
    return {end, text: text.slice(start + 9, Math.max(start + 9, end - 3))};
  }
  return text.startsWith('<!', start) ? 'refused' : null;
}

/** `inside` is what stands between the angle brackets. Prefixes of namespaces are left out. */
function readTag(inside: string): Tag {
  const close = inside.startsWith('/');
  const empty = !close && inside.endsWith('/');
  const qualified = /^[^\s/]*/.exec(close ? inside.slice(1) : inside)?.[0] ?? '';
  const dicomTag = /\stag\s*=\s*["']([0-9A-Fa-f]{8})["']/.exec(inside)?.[1] ?? '';
  return {
    name: qualified.slice(qualified.indexOf(':') + 1),
    kind: close ? 'close' : empty ? 'empty' : 'open',
    dicomTag: dicomTag.toUpperCase(),
  };
}

function decodeEntities(text: string): string {
  return text.replace(/&(#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[a-z]{2,4});/g, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
