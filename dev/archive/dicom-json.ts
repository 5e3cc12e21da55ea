import {ATTRIBUTES, type AttributeValues} from './attributes.js';

/** DICOM JSON (PS3.18 F). */
export interface JsonElement {
  readonly vr: string;
  readonly Value?: readonly JsonValue[];
  readonly InlineBinary?: string;
}
export type JsonValue = string | number | JsonPersonName | JsonDataSet;
export interface JsonPersonName {
  readonly Alphabetic?: string;
  readonly Ideographic?: string;
  readonly Phonetic?: string;
}
export interface JsonDataSet {
  [tag: string]: JsonElement;
}

const NUMERIC_TEXT = new Set(['DS', 'IS', 'SV', 'UV', 'US', 'SS', 'UL', 'SL']);

function personName(text: string): JsonPersonName {
  const [Alphabetic = '', Ideographic = '', Phonetic = ''] = text.split('=');
  return {
    ...(Alphabetic === '' ? {} : {Alphabetic}),
    ...(Ideographic === '' ? {} : {Ideographic}),
    ...(Phonetic === '' ? {} : {Phonetic}),
  };
}

/** Text of any VR as an element; several values are separated by `\`, but not in VRs of one long text. */
export function jsonOfText(vr: string, text: string): JsonElement {
  if (text === '') return {vr};
  const single = vr === 'LT' || vr === 'ST' || vr === 'UT' || vr === 'UR';
  const values = single ? [text] : text.split('\\');
  if (vr === 'PN') return {vr, Value: values.map(personName)};
  if (!NUMERIC_TEXT.has(vr)) return {vr, Value: values};
  // A number that is none is left as the text that stands there (PS3.18 F.2.3.1 lets DS and IS be strings).
  return {
    vr,
    Value: values.map(value =>
      value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value,
    ),
  };
}

/** The attributes of the index as DICOM JSON; empty ones stand as empty. */
export function jsonOfValues(keywords: ReadonlySet<string>, values: AttributeValues): JsonDataSet {
  const json: JsonDataSet = {};
  for (const {tag, keyword, vr} of ATTRIBUTES) {
    if (keywords.has(keyword)) json[tag] = jsonOfText(vr, values[keyword] ?? '');
  }
  return json;
}
