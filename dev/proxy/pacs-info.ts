import type {ProxyOptions} from './proxy-options.js';

const PATIENCE_MS = 5000;
type Target = Pick<ProxyOptions, 'pacsUrl' | 'dicomWebPath' | 'authorization'>;

/** The JSON object at a path of the PACS; null where there is none. */
async function askJson(url: string, authorization: string | null): Promise<Record<string, unknown> | null> {
  const headers = {
    Accept: 'application/json',
    ...(authorization === null ? {} : {Authorization: authorization}),
  };
  try {
    const answer = await fetch(url, {headers, signal: AbortSignal.timeout(PATIENCE_MS), redirect: 'error'});
    const value: unknown = answer.ok ? await answer.json() : null;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    // A PACS that does not know this address may answer anything, or nothing: then nothing is known.
    return null;
  }
}

/** Whether QIDO-RS answers. 401 and 403 mean that it is there and wants a sign-in. */
async function answersQuery({pacsUrl, dicomWebPath, authorization}: Target): Promise<boolean | null> {
  const headers = {
    Accept: 'application/dicom+json',
    ...(authorization === null ? {} : {Authorization: authorization}),
  };
  try {
    const answer = await fetch(`${pacsUrl}${dicomWebPath}/studies?limit=1`, {
      headers,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await answer.body?.cancel();
    return answer.ok || answer.status === 401 || answer.status === 403;
  } catch {
    return null;
  }
}

/**
 * What `/archive/info` says of a real PACS: its name from Orthanc's `/system` where that answers, else its host; null
 * where nobody answers. The image folder of another server is not known.
 */
export async function askInfo(target: Target) {
  const [system, query] = await Promise.all([
    askJson(`${target.pacsUrl}/system`, target.authorization),
    answersQuery(target),
  ]);
  if (system === null && query === null) return null;
  const text = (key: string) => (typeof system?.[key] === 'string' ? system[key] : '');
  const name = [text('Name'), text('Version') === '' ? '' : `Orthanc ${text('Version')}`].filter(
    t => t !== '',
  );
  return {
    name: name.length > 0 ? name.join(', ') : new URL(target.pacsUrl).host,
    imageFolder: null,
    freeBytes: null,
    capabilities: {copy: true, link: false, query: query ?? false},
  };
}

/** Counts from Orthanc's `/statistics`; null where the PACS does not know it. */
export async function askStats({pacsUrl, authorization}: Target) {
  const statistics = await askJson(`${pacsUrl}/statistics`, authorization);
  if (typeof statistics?.['CountInstances'] !== 'number') return null;
  const count = (key: string) => Number(statistics[key] ?? 0);
  return {
    patients: count('CountPatients'),
    studies: count('CountStudies'),
    series: count('CountSeries'),
    instances: count('CountInstances'),
    bytes: count('TotalDiskSize'),
  };
}
