/** A media type (RFC 9110 8.3.1), lower case, with its parameters: names in lower case, values unquoted. */
export interface MediaType {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const TYPE = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+\/[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Splits at `separator`, but not within a quoted string. */
function splitOutsideQuotes(text: string, separator: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted && c === '\\') i++;
    else if (c === '"') quoted = !quoted;
    else if (!quoted && c === separator) {
      pieces.push(text.slice(start, i));
      start = i + 1;
    }
  }
  pieces.push(text.slice(start));
  return pieces;
}

function unquote(text: string): string | null {
  if (!text.startsWith('"')) return text;
  if (text.length < 2 || !text.endsWith('"')) return null;
  return text.slice(1, -1).replace(/\\(.)/g, '$1');
}

/**
 * Reads one media type; null where it is none. Values without quotes may hold what clients are known to send there
 * without quotes: `type=application/dicom`, boundaries with `=` or `:`.
 */
export function parseMediaType(text: string): MediaType | null {
  const [first = '', ...rest] = splitOutsideQuotes(text, ';');
  const type = first.trim().toLowerCase();
  if (!TYPE.test(type)) return null;
  const parameters = new Map<string, string>();
  for (const piece of rest) {
    const trimmed = piece.trim();
    if (trimmed === '') continue;
    const equals = trimmed.indexOf('=');
    const name = trimmed.slice(0, Math.max(equals, 0)).trim().toLowerCase();
    const value = unquote(trimmed.slice(equals + 1).trim());
    if (!TOKEN.test(name) || value === null) return null;
    if (!parameters.has(name)) parameters.set(name, value);
  }
  return {type, parameters};
}

/** The media types of an Accept header, most wanted first (RFC 9110 12.5.1); those with `q=0` are left out. */
export function parseAccept(header: string | undefined): MediaType[] {
  if (header === undefined || header.trim() === '') return [{type: '*/*', parameters: new Map()}];
  const wanted: {readonly media: MediaType; readonly q: number}[] = [];
  for (const piece of splitOutsideQuotes(header, ',')) {
    const media = parseMediaType(piece);
    if (!media) continue;
    const q = Number(media.parameters.get('q') ?? '1');
    if (q > 0) wanted.push({media, q});
  }
  return wanted.sort((a, b) => b.q - a.q).map(entry => entry.media);
}
