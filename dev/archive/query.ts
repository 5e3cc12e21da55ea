import {ATTRIBUTES, attributeNamed, type Attribute, type Level} from './attributes.js';
import {foldCase, type SqlValue} from './archive-index.js';
import {badRequest} from './http-fault.js';
import {TABLES} from './index-schema.js';

/** A search as it was asked for (PS3.18 8.3.4, 10.6.1). */
export interface Query {
  readonly level: Level;
  readonly conditions: readonly string[];
  readonly values: readonly SqlValue[];
  readonly limit: number;
  readonly offset: number;
  readonly keywords: ReadonlySet<string>;
  /** Things that were asked for and are not done, for the Warning header. */
  readonly warnings: readonly string[];
}

const RANKS: readonly Level[] = ['study', 'series', 'instance'];
const RANGE_VRS = new Set(['DA', 'TM', 'DT']);
const WILDCARD_VRS = new Set(['AE', 'CS', 'LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UT']);
const MODALITIES = new Set(['ModalitiesInStudy', '00080061']);
const MAX_LIMIT = 50_000;

const quoteLike = (text: string) =>
  text
    .replace(/[\\%_]/g, '\\$&')
    .replace(/\*/g, '%')
    .replace(/\?/g, '_');

interface Condition {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** One attribute, one value, as PS3.4 C.2.2.2 matches it; null where the value matches all. */
function matching({vr}: {readonly vr: string}, column: string, value: string): Condition | null {
  if (value === '' || (value === '*' && WILDCARD_VRS.has(vr))) return null;
  if (vr === 'UI') {
    const uids = value.split(/[,\\]/).filter(uid => uid !== '');
    return {sql: `${column} IN (${uids.map(() => '?').join(', ')})`, values: uids};
  }
  if (RANGE_VRS.has(vr)) {
    const [from = '', to] = value.split('-');
    if (to === undefined) return {sql: `${column} = ?`, values: [from]};
    const bounds: Condition[] = [];
    if (from !== '') bounds.push({sql: `${column} >= ?`, values: [from]});
    // Times stand in the data with or without seconds and fractions: `-1200` takes in all of that minute.
    if (to !== '') bounds.push({sql: `substr(${column}, 1, ${to.length}) <= ?`, values: [to]});
    bounds.push({sql: `${column} IS NOT NULL`, values: []});
    return {sql: bounds.map(b => b.sql).join(' AND '), values: bounds.flatMap(b => b.values)};
  }
  if (vr === 'PN') {
    const folded = quoteLike(foldCase(value));
    const any = /[*?]/.test(value);
    // A name without a wildcard is met with and without its empty components.
    const name = any ? folded : folded.replace(/\^+$/, '');
    const own = any ? `fold(${column})` : `rtrim(fold(${column}), '^')`;
    return {sql: `${own} LIKE ? ESCAPE '\\'`, values: [name]};
  }
  if (WILDCARD_VRS.has(vr) && /[*?]/.test(value)) {
    // GLOB heeds case, as all but names do.
    return {sql: `${column} GLOB ?`, values: [value.replace(/\[/g, '[[]')]};
  }
  return {sql: `${column} = ?`, values: [value]};
}

function condition(attribute: Attribute, level: Level, value: string): Condition | null {
  if (RANKS.indexOf(attribute.level) > RANKS.indexOf(level)) {
    throw badRequest('bad-parameter', `${attribute.keyword} cannot be asked for at this level.`);
  }
  return matching(attribute, `${TABLES[attribute.level]}.${attribute.keyword}`, value);
}

function modalityCondition(value: string): Condition | null {
  const alternatives = value.split(/[,\\]/).map(v => matching({vr: 'CS'}, 'm.Modality', v));
  const given = alternatives.filter(a => a !== null);
  if (given.length < alternatives.length) return null;
  const sql = given.map(g => g.sql).join(' OR ');
  return {
    sql: `EXISTS (SELECT 1 FROM series m WHERE m.StudyInstanceUID = studies.StudyInstanceUID AND (${sql}))`,
    values: given.flatMap(g => g.values),
  };
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw badRequest('bad-parameter', `${name} must be a whole number.`);
  return Number(text);
}

/** Attributes given back: those of the level, and of the levels above that the path does not name. */
function defaultKeywords(level: Level, within: Readonly<Record<string, string>>): Set<string> {
  const named = (a: Attribute) =>
    (a.level === 'study' && 'StudyInstanceUID' in within) ||
    (a.level === 'series' && 'SeriesInstanceUID' in within);
  const wanted = ATTRIBUTES.filter(
    a => a.standard && RANKS.indexOf(a.level) <= RANKS.indexOf(level) && (a.level === level || !named(a)),
  );
  return new Set([...wanted.map(a => a.keyword), 'StudyInstanceUID', ...Object.keys(within)]);
}

/**
 * Reads a search. `within` holds the UIDs that the path names. Names that are not indexed are refused rather than
 * ignored: a filter that is dropped would answer with what was not asked for.
 */
export function parseQuery(
  level: Level,
  within: Readonly<Record<string, string>>,
  params: URLSearchParams,
): Query {
  const conditions: Condition[] = [];
  const keywords = defaultKeywords(level, within);
  const warnings: string[] = [];
  const uidLists = new Map<string, string[]>();
  let limit = MAX_LIMIT;
  let offset = 0;
  const add = (made: Condition | null) => {
    if (made) conditions.push(made);
  };
  for (const [keyword, uid] of Object.entries(within)) {
    const attribute = attributeNamed(keyword);
    if (attribute) add(condition(attribute, level, uid));
  }
  for (const [name, value] of params) {
    if (name === 'limit') limit = Math.min(MAX_LIMIT, wholeNumber(name, value));
    else if (name === 'offset') offset = wholeNumber(name, value);
    else if (name === 'includefield') includeFields(value, level, keywords);
    else if (name === 'fuzzymatching') {
      if (value === 'true') {
        warnings.push(
          'The fuzzymatching parameter is not supported. Only literal matching has been performed.',
        );
      }
    } else if (MODALITIES.has(name)) add(modalityCondition(value));
    else {
      const attribute = attributeNamed(name);
      if (!attribute)
        throw badRequest('unknown-parameter', 'The archive cannot search by one of the parameters.');
      if (attribute.vr === 'UI') {
        uidLists.set(attribute.keyword, [...(uidLists.get(attribute.keyword) ?? []), value]);
      } else add(condition(attribute, level, value));
      keywords.add(attribute.keyword);
    }
  }
  for (const [keyword, uids] of uidLists) {
    const attribute = attributeNamed(keyword);
    if (attribute) add(condition(attribute, level, uids.join(',')));
  }
  return {
    level,
    conditions: conditions.map(c => `(${c.sql})`),
    values: conditions.flatMap(c => c.values),
    limit,
    offset,
    keywords,
    warnings,
  };
}

/** Fields that the archive does not index are left out of the answer, as PS3.18 8.3.4.3 allows. */
function includeFields(value: string, level: Level, keywords: Set<string>): void {
  const reach = (a: Attribute) => RANKS.indexOf(a.level) <= RANKS.indexOf(level);
  for (const name of value.split(',')) {
    if (name === 'all') for (const attribute of ATTRIBUTES.filter(reach)) keywords.add(attribute.keyword);
    else {
      const attribute = attributeNamed(name);
      if (attribute && reach(attribute)) keywords.add(attribute.keyword);
    }
  }
}
