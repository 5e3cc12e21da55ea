export const BOUNDARY = 'test-boundary-1f2e3d';

/** A STOW-RS body of whole files. */
export function stowBody(files: readonly Buffer[], partType: string | null = 'application/dicom'): Buffer {
  const type = partType === null ? '' : `Content-Type: ${partType}\r\n`;
  const pieces = files.flatMap(file => [
    Buffer.from(`--${BOUNDARY}\r\n${type}\r\n`),
    file,
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([...pieces, Buffer.from(`--${BOUNDARY}--\r\n`)]);
}

export const STOW_TYPE = `multipart/related; type="application/dicom"; boundary=${BOUNDARY}`;

export type Json = Readonly<Record<string, {readonly vr: string; readonly Value?: readonly unknown[]}>>;

/** What a STOW-RS answer says, by SOP Instance UID. */
export interface StowAnswer {
  readonly status: number;
  readonly stored: readonly string[];
  readonly warnings: Readonly<Record<string, number>>;
  readonly failed: Readonly<Record<string, number>>;
  /** Failure reasons of parts without a UID. */
  readonly other: readonly number[];
  readonly body: Json;
}

const items = (json: Json, tag: string) => (json[tag]?.Value ?? []) as readonly Json[];
const value = (json: Json, tag: string) => json[tag]?.Value?.[0];

export function readAnswer(status: number, text: string): StowAnswer {
  const body = JSON.parse(text) as Json;
  const sop = (item: Json) => String(value(item, '00081155'));
  const referenced = items(body, '00081199');
  return {
    status,
    stored: referenced.map(sop),
    warnings: Object.fromEntries(
      referenced.filter(i => '00081196' in i).map(i => [sop(i), Number(value(i, '00081196'))]),
    ),
    failed: Object.fromEntries(items(body, '00081198').map(i => [sop(i), Number(value(i, '00081197'))])),
    other: items(body, '0008119A').map(i => Number(value(i, '00081197'))),
    body,
  };
}

export async function stow(url: string, files: readonly Buffer[], study = ''): Promise<StowAnswer> {
  const answer = await fetch(`${url}dicom-web/studies${study === '' ? '' : `/${study}`}`, {
    method: 'POST',
    headers: {'Content-Type': STOW_TYPE, 'Accept': 'application/dicom+json'},
    body: new Uint8Array(stowBody(files)),
  });
  return readAnswer(answer.status, await answer.text());
}

export async function qido(url: string, resource: string): Promise<readonly Json[]> {
  const answer = await fetch(`${url}dicom-web/${resource}`);
  if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Json[];
}

export const first = (json: Json | undefined, tag: string): unknown => json?.[tag]?.Value?.[0];
