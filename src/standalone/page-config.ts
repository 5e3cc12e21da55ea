/** Where the archive is, as `config.json` beside the page may say. All addresses are relative to the page. */
export interface PageConfig {
  /** Where DICOMweb is served, absolute, without a slash at the end. */
  readonly dicomWebUrl: string;
  /** What the archive is called; null: ask it. */
  readonly name: string | null;
}

/** Orthanc, dcm4chee behind the usual proxies, and the embedded archive serve DICOMweb here. */
const USUAL_PATH = '/dicom-web';

/** The file is optional; what it does not say is as usual. */
export async function readPageConfig(pageUrl: string): Promise<PageConfig> {
  const told = await fetchJson(new URL('config.json', pageUrl));
  const path = textOf(told, 'dicomWeb') ?? USUAL_PATH;
  return {dicomWebUrl: new URL(path, pageUrl).href.replace(/\/$/, ''), name: textOf(told, 'name')};
}

async function fetchJson(url: URL): Promise<unknown> {
  try {
    const response = await fetch(url, {cache: 'no-cache'});
    return response.ok ? ((await response.json()) as unknown) : null;
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError) return null; // no file, or not JSON
    throw error;
  }
}

function textOf(object: unknown, key: string): string | null {
  if (typeof object !== 'object' || object === null || !(key in object)) return null;
  const value: unknown = Reflect.get(object, key);
  return typeof value === 'string' && value !== '' ? value : null;
}
