import type {ArchiveIndex, SqlRow} from './archive-index.js';
import {ATTRIBUTES, type AttributeValues} from './attributes.js';
import {jsonOfText, jsonOfValues, type JsonDataSet} from './dicom-json.js';
import {TABLES} from './index-schema.js';
import type {Query} from './query.js';

const FROM = {
  study: 'studies',
  series: 'series JOIN studies USING (StudyInstanceUID)',
  instance:
    'instances JOIN series USING (StudyInstanceUID, SeriesInstanceUID) JOIN studies USING (StudyInstanceUID)',
} as const;

function valuesOf(row: SqlRow): AttributeValues {
  const values: Record<string, string> = {};
  for (const {keyword} of ATTRIBUTES) {
    const value = row[keyword];
    if (typeof value === 'string') values[keyword] = value;
  }
  return values;
}

const count = (n: unknown) => ({vr: 'IS', Value: [Number(n)]});

function addCounts(json: JsonDataSet, {level}: Query, row: SqlRow): void {
  if (level === 'study') {
    const modalities = typeof row['modalities'] === 'string' ? row['modalities'] : '';
    json['00080061'] = jsonOfText('CS', modalities);
    json['00201206'] = count(row['seriesCount']);
    json['00201208'] = count(row['studyInstances']);
  } else if (level === 'series') json['00201209'] = count(row['seriesInstances']);
}

function retrieveUrl({level}: Query, values: AttributeValues, base: string): string {
  const study = `${base}/studies/${values['StudyInstanceUID'] ?? ''}`;
  if (level === 'study') return study;
  const series = `${study}/series/${values['SeriesInstanceUID'] ?? ''}`;
  return level === 'series' ? series : `${series}/instances/${values['SOPInstanceUID'] ?? ''}`;
}

/** Answers a search, oldest receipt first, so that pages do not shift while more arrives. `base` is the service's URL. */
export function search(index: ArchiveIndex, query: Query, base: string): JsonDataSet[] {
  const {level, conditions, values, limit, offset, keywords} = query;
  const columns = ATTRIBUTES.filter(a => keywords.has(a.keyword)).map(
    a => `${TABLES[a.level]}.${a.keyword} AS ${a.keyword}`,
  );
  const extra = {
    study: `studies.seriesCount AS seriesCount, studies.instanceCount AS studyInstances,
      (SELECT group_concat(Modality, '\\') FROM (SELECT DISTINCT m.Modality FROM series m
        WHERE m.StudyInstanceUID = studies.StudyInstanceUID ORDER BY m.Modality)) AS modalities`,
    series: 'series.instanceCount AS seriesInstances',
    instance: 'instances.receipt AS receipt',
  }[level];
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  const sql = `SELECT ${[...columns, extra].join(', ')} FROM ${FROM[level]} ${where} ORDER BY ${TABLES[level]}.rowid LIMIT ? OFFSET ?`;
  return index.all(sql, [...values, limit, offset]).map(row => {
    const attributes = valuesOf(row);
    const json: JsonDataSet = {
      '00080005': {vr: 'CS', Value: ['ISO_IR 192']},
      '00080056': {vr: 'CS', Value: ['ONLINE']},
      ...jsonOfValues(keywords, attributes),
      '00081190': {vr: 'UR', Value: [retrieveUrl(query, attributes, base)]},
    };
    addCounts(json, query, row);
    return json;
  });
}
