import {createReadStream} from 'node:fs';
import {open, stat} from 'node:fs/promises';
import {Readable} from 'node:stream';
import type {Context} from 'koa';
import type {StoredInstance} from './archive-index.js';
import type {ArchiveParts} from './archive-parts.js';
import {FileSource} from './byte-source.js';
import type {DataFolder} from './data-folder.js';
import {HttpFault, notFound} from './http-fault.js';
import {parseAccept, type MediaType} from './media-type.js';
import {metadataOf} from './metadata.js';
import {multipartBody, newBoundary} from './multipart-writer.js';
import {openPart10} from './part10.js';
import {absolutePathOf} from './storing.js';
import {answerWithStream} from './stream-answer.js';

/** The UIDs of a study, of a series in it, of an instance in that. */
export type ObjectPath = readonly [study: string, series: string | undefined, instance: string | undefined];

/** Why the bytes of an indexed file cannot be given out. */
export type FileFault = 'moved' | 'changed';

/** Looks whether the file is still the one that was indexed. */
export async function faultOf(data: DataFolder, instance: StoredInstance): Promise<FileFault | null> {
  try {
    const {size, mtimeMs} = await stat(absolutePathOf(data, instance));
    if (size !== instance.size) return 'changed';
    return instance.mtime !== null && instance.mtime !== Math.trunc(mtimeMs) ? 'changed' : null;
  } catch {
    return 'moved';
  }
}

const gone = (fault: FileFault) =>
  new HttpFault(
    410,
    fault,
    fault === 'moved'
      ? 'The file is no longer where it was when it was indexed.'
      : 'The file is no longer the one that was indexed.',
  );

/** The instances of which the bytes are there; 404 where nothing is known, 410 where nothing is left. */
async function living(data: DataFolder, instances: readonly StoredInstance[]) {
  if (instances.length === 0) throw notFound('The archive holds no such instance.');
  const alive: StoredInstance[] = [];
  let firstFault: FileFault | null = null;
  for (const instance of instances) {
    const fault = await faultOf(data, instance);
    if (fault === null) alive.push(instance);
    else firstFault ??= fault;
  }
  if (alive.length === 0 && firstFault !== null) throw gone(firstFault);
  return {alive, complete: firstFault === null};
}

const syntaxAsked = (media: MediaType) => media.parameters.get('transfer-syntax') ?? '*';

/** Files are given as they are: a transfer syntax is granted only where it is the file's own. */
const grants = (media: MediaType, instances: readonly StoredInstance[]) =>
  syntaxAsked(media) === '*' || instances.every(i => i.transferSyntaxUid === syntaxAsked(media));

type Form = 'multipart' | 'single';

function formOf(accept: readonly MediaType[], instances: readonly StoredInstance[], one: boolean): Form {
  for (const media of accept) {
    const type = media.parameters.get('type')?.toLowerCase() ?? 'application/dicom';
    const any = media.type === '*/*' || media.type === 'multipart/*';
    const multipart = any || (media.type === 'multipart/related' && type === 'application/dicom');
    if (multipart && grants(media, instances)) return 'multipart';
    const single = media.type === 'application/dicom' || media.type === 'application/*';
    if (single && one && grants(media, instances)) return 'single';
  }
  throw new HttpFault(
    406,
    'not-acceptable',
    'Instances are given as they are stored, as multipart/related; type="application/dicom"; one alone also as application/dicom.',
  );
}

/** WADO-RS (PS3.18 10.4) of a study, a series or an instance: the bytes exactly as they are stored. */
export async function retrieveInstances(
  ctx: Context,
  {data, index}: ArchiveParts,
  [studyUid, seriesUid, sopUid]: ObjectPath,
): Promise<void> {
  const {alive, complete} = await living(data, index.under(studyUid, seriesUid, sopUid));
  const form = formOf(parseAccept(ctx.get('accept') || undefined), alive, sopUid !== undefined);
  const [first] = alive;
  if (form === 'single' && first) {
    ctx.status = 200;
    answerWithStream(ctx, createReadStream(absolutePathOf(data, first)));
    ctx.set('Content-Type', 'application/dicom');
    ctx.length = first.size;
    return;
  }
  const boundary = newBoundary();
  const parts = alive.map(instance => ({
    headers: {
      'Content-Type': `application/dicom; transfer-syntax=${instance.transferSyntaxUid}`,
      'Content-Length': String(instance.size),
    },
    file: absolutePathOf(data, instance),
  }));
  answerWithStream(ctx, Readable.from(multipartBody(boundary, parts), {objectMode: false}));
  // 206: some of them can no longer be given out (PS3.18 Table 10.4.3-1).
  ctx.status = complete ? 200 : 206;
  ctx.set('Content-Type', `multipart/related; type="application/dicom"; boundary=${boundary}`);
}

async function* metadataBody(data: DataFolder, instances: readonly StoredInstance[]): AsyncGenerator<string> {
  yield '[';
  let separator = '';
  for (const instance of instances) {
    const handle = await open(absolutePathOf(data, instance), 'r');
    try {
      const opened = await openPart10(new FileSource(handle.fd, instance.size));
      if ('fault' in opened) continue;
      yield `${separator}${JSON.stringify(metadataOf(opened))}`;
      separator = ',\n';
    } finally {
      await handle.close();
    }
  }
  yield ']';
}

/** The metadata of a study, a series or an instance (PS3.18 10.4.1.1.2), as DICOM JSON. */
export async function retrieveMetadata(
  ctx: Context,
  {data, index}: ArchiveParts,
  [studyUid, seriesUid, sopUid]: ObjectPath,
): Promise<void> {
  const {alive, complete} = await living(data, index.under(studyUid, seriesUid, sopUid));
  requireJson(ctx);
  answerWithStream(ctx, Readable.from(metadataBody(data, alive), {objectMode: false}));
  ctx.status = complete ? 200 : 206;
  ctx.set('Content-Type', 'application/dicom+json');
}

const JSON_TYPES = new Set(['*/*', 'application/*', 'application/dicom+json', 'application/json']);

export function requireJson(ctx: Context): void {
  if (!parseAccept(ctx.get('accept') || undefined).some(media => JSON_TYPES.has(media.type))) {
    throw new HttpFault(406, 'not-acceptable', 'The answer is application/dicom+json.');
  }
}
