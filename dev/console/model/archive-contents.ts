import * as v from 'valibot';

/** A study as the Archive page lists it. Empty texts where the archive does not say. */
export interface ArchivedStudy {
  readonly studyInstanceUid: string;
  /** ISO 8601; null where the archive does not tell. */
  readonly receivedAt: string | null;
  readonly patientName: string;
  readonly patientId: string;
  /** `YYYYMMDD`. */
  readonly studyDate: string;
  readonly modalities: readonly string[];
  readonly description: string;
  readonly instances: number | null;
}

export interface ArchiveTotals {
  readonly patients: number;
  readonly studies: number;
  readonly instances: number;
  readonly bytes: number;
}

export interface StudyPage {
  readonly studies: readonly ArchivedStudy[];
  /** How many there are; `more` where the archive does not count and there is at least one behind this page. */
  readonly total: number;
  readonly more: boolean;
}

/** An archive's answer, or why there is none; `missing`: this archive has no such resource. */
export type Answer<T> =
  | {readonly ok: true; readonly value: T}
  | {readonly ok: false; readonly reason: 'unreachable' | 'missing' | 'refused' | 'unreadable'};

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const text = v.optional(v.nullable(v.string()), '');

const TotalsSchema: v.GenericSchema<unknown, ArchiveTotals> = v.object({
  patients: count,
  studies: count,
  instances: count,
  bytes: count,
});

const PageSchema = v.object({
  total: count,
  studies: v.array(
    v.object({
      studyInstanceUid: v.string(),
      received: v.optional(v.nullable(v.string()), null),
      patientName: text,
      patientId: text,
      studyDate: text,
      modalities: v.optional(v.array(v.string()), []),
      studyDescription: text,
      instances: v.optional(v.nullable(count), null),
    }),
  ),
});

const QidoSchema = v.array(v.record(v.string(), v.object({Value: v.optional(v.array(v.unknown()))})));

async function getJson<S extends v.GenericSchema>(
  url: string,
  schema: S,
  accept: string,
  signal: AbortSignal,
): Promise<Answer<v.InferOutput<S>>> {
  let response: Response;
  try {
    response = await fetch(url, {headers: {accept}, signal});
  } catch {
    return {ok: false, reason: 'unreachable'};
  }
  if (response.status === 404 || response.status === 405 || response.status === 501) {
    return {ok: false, reason: 'missing'};
  }
  if (!response.ok) return {ok: false, reason: response.status < 500 ? 'refused' : 'unreachable'};
  if (response.status === 204) return parse(schema, []);
  return parse(schema, await response.json().catch(() => null));
}

function parse<S extends v.GenericSchema>(schema: S, json: unknown): Answer<v.InferOutput<S>> {
  const parsed = v.safeParse(schema, json);
  return parsed.success ? {ok: true, value: parsed.output} : {ok: false, reason: 'unreadable'};
}

type DicomJson = v.InferOutput<typeof QidoSchema>[number];

const first = (dataset: DicomJson, tag: string): unknown => dataset[tag]?.Value?.[0];
const firstText = (dataset: DicomJson, tag: string): string => {
  const value = first(dataset, tag);
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
};

/** A study of a QIDO-RS answer, as DICOM JSON (PS3.18 F.2). */
function studyFromDicomJson(dataset: DicomJson): ArchivedStudy {
  const name = v.safeParse(v.object({Alphabetic: v.string()}), first(dataset, '00100010'));
  const instances = Number(first(dataset, '00201208'));
  return {
    studyInstanceUid: firstText(dataset, '0020000D'),
    receivedAt: null,
    patientName: name.success ? name.output.Alphabetic : '',
    patientId: firstText(dataset, '00100020'),
    studyDate: firstText(dataset, '00080020'),
    modalities: (dataset['00080061']?.Value ?? []).filter(value => typeof value === 'string'),
    description: firstText(dataset, '00081030'),
    instances: Number.isFinite(instances) ? instances : null,
  };
}

/**
 * What the archive holds: from `/archive/stats` and `/archive/studies` where the archive has them (it then lists the
 * newest received first), else from QIDO-RS (PS3.18 10.6), which knows neither totals nor times of arrival.
 */
export class ArchiveContents {
  readonly #origin: string;
  readonly #dicomWebUrl: string;
  #hasList = true;

  constructor(origin: string, dicomWebUrl: string) {
    this.#origin = origin;
    this.#dicomWebUrl = dicomWebUrl;
  }

  /** Whether the list comes with times of arrival, newest first. */
  get knowsArrival(): boolean {
    return this.#hasList;
  }

  totals(signal: AbortSignal): Promise<Answer<ArchiveTotals>> {
    return getJson(`${this.#origin}/archive/stats`, TotalsSchema, 'application/json', signal);
  }

  async studies(
    offset: number,
    limit: number,
    search: string,
    signal: AbortSignal,
  ): Promise<Answer<StudyPage>> {
    if (this.#hasList) {
      const query = new URLSearchParams({offset: String(offset), limit: String(limit)});
      if (search !== '') query.set('search', search);
      const url = `${this.#origin}/archive/studies?${query.toString()}`;
      const answer = await getJson(url, PageSchema, 'application/json', signal);
      if (answer.ok) {
        const studies = answer.value.studies.map(study => ({
          studyInstanceUid: study.studyInstanceUid,
          receivedAt: study.received,
          patientName: study.patientName ?? '',
          patientId: study.patientId ?? '',
          studyDate: study.studyDate ?? '',
          modalities: study.modalities,
          description: study.studyDescription ?? '',
          instances: study.instances,
        }));
        return {ok: true, value: {studies, total: answer.value.total, more: false}};
      }
      if (answer.reason !== 'missing') return answer;
      this.#hasList = false;
    }
    return this.#studiesByQido(offset, limit, search, signal);
  }

  async #studiesByQido(offset: number, limit: number, search: string, signal: AbortSignal) {
    const query = new URLSearchParams({offset: String(offset), limit: String(limit)});
    for (const tag of ['00081030', '00080061', '00201208']) query.append('includefield', tag);
    // QIDO-RS has no search over several attributes: what begins with a digit is taken for a patient ID.
    if (search !== '') query.set(/^\d/.test(search) ? 'PatientID' : 'PatientName', `${search}*`);
    const url = `${this.#dicomWebUrl}/studies?${query.toString()}`;
    const answer = await getJson(url, QidoSchema, 'application/dicom+json', signal);
    if (!answer.ok) return answer;
    const studies = answer.value.slice(0, limit).map(studyFromDicomJson);
    const more = studies.length === limit;
    return {ok: true, value: {studies, total: offset + studies.length, more}} as const;
  }
}
