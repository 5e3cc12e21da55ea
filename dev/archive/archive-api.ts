import type {IncomingMessage} from 'node:http';
import type {Context} from 'koa';
import {foldCase, type SqlRow} from './archive-index.js';
import type {ArchiveParts} from './archive-parts.js';
import {freeBytesOf} from './data-folder.js';
import {badRequest, HttpFault, notAllowed, notFound} from './http-fault.js';
import {checkLinks, registerLinks} from './links.js';
import {parseMediaType} from './media-type.js';

export const ARCHIVE_API = '/archive';

function answerJson(ctx: Context, value: unknown): void {
  ctx.status = 200;
  ctx.type = 'application/json';
  ctx.body = JSON.stringify(value);
}

function numberParam(ctx: Context, name: string, otherwise: number, most: number): number {
  const text = ctx.URL.searchParams.get(name);
  if (text === null) return otherwise;
  if (!/^\d{1,9}$/.test(text)) throw badRequest('bad-parameter', `${name} must be a whole number.`);
  return Math.min(most, Number(text));
}

/** One study as the console lists it. Texts are as they came, in UTF-8; times are ISO 8601. */
const toStudy = (row: SqlRow) => ({
  studyInstanceUid: row['StudyInstanceUID'],
  patientName: row['PatientName'] ?? '',
  patientId: row['PatientID'] ?? '',
  patientBirthDate: row['PatientBirthDate'] ?? '',
  patientSex: row['PatientSex'] ?? '',
  studyDate: row['StudyDate'] ?? '',
  studyTime: row['StudyTime'] ?? '',
  studyDescription: row['StudyDescription'] ?? '',
  accessionNumber: row['AccessionNumber'] ?? '',
  modalities: typeof row['modalities'] === 'string' ? row['modalities'].split('\\') : [],
  series: row['seriesCount'],
  instances: row['instanceCount'],
  bytes: row['bytes'],
  received: new Date(Number(row['received'])).toISOString(),
});

/** The newest received first. `search` is sought in names, IDs, accession numbers and descriptions. */
function listStudies(ctx: Context, {index}: ArchiveParts): void {
  const offset = numberParam(ctx, 'offset', 0, 1e9);
  const limit = numberParam(ctx, 'limit', 100, 1000);
  const sought = (ctx.URL.searchParams.get('search') ?? '').trim();
  const pattern = `%${foldCase(sought).replace(/[\\%_]/g, '\\$&')}%`;
  const columns = [
    'PatientName',
    'PatientID',
    'AccessionNumber',
    'StudyDescription',
    'StudyInstanceUID',
    'StudyDate',
  ];
  const where =
    sought === '' ? '' : `WHERE ${columns.map(c => `fold(studies.${c}) LIKE ? ESCAPE '\\'`).join(' OR ')}`;
  const values = sought === '' ? [] : columns.map(() => pattern);
  const total = Number(index.all(`SELECT COUNT(*) AS n FROM studies ${where}`, values)[0]?.['n'] ?? 0);
  const rows = index.all(
    `SELECT studies.*, (SELECT group_concat(Modality, '\\') FROM (SELECT DISTINCT m.Modality FROM series m
        WHERE m.StudyInstanceUID = studies.StudyInstanceUID ORDER BY m.Modality)) AS modalities
      FROM studies ${where} ORDER BY receipt DESC LIMIT ? OFFSET ?`,
    [...values, limit, offset],
  );
  answerJson(ctx, {total, offset, studies: rows.map(toStudy)});
}

function info({name, data, roots}: ArchiveParts) {
  return {
    name,
    description: 'A small archive for trying and for tests; it is no place for the only copy of an image.',
    imageFolder: data.images,
    freeBytes: freeBytesOf(data),
    importRoots: roots.roots,
    capabilities: {copy: true, link: roots.roots.length > 0, query: true},
  };
}

async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({destroyOnReturn: false})) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > limit) {
      throw new HttpFault(413, 'too-large', `The body is larger than ${limit} bytes.`, {Connection: 'close'});
    }
    chunks.push(bytes);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch {
    throw badRequest('bad-json', 'The body is no JSON.');
  }
}

async function postLinks(ctx: Context, parts: ArchiveParts): Promise<void> {
  const {roots, limits} = parts;
  if (roots.roots.length === 0)
    throw new HttpFault(403, 'no-import-roots', 'The archive has no import root.');
  if (parseMediaType(ctx.get('content-type'))?.type !== 'application/json') {
    throw new HttpFault(415, 'unsupported-media-type', 'The body must be application/json.');
  }
  const body = await readJson(ctx.req, limits.jsonBytes);
  const paths: unknown = typeof body === 'object' && body !== null && 'paths' in body ? body.paths : null;
  if (!Array.isArray(paths) || !paths.every(p => typeof p === 'string')) {
    throw badRequest('bad-json', 'The body must be {"paths": [...]} with texts.');
  }
  if (paths.length > limits.linksPerRequest) {
    throw new HttpFault(413, 'too-large', `At most ${limits.linksPerRequest} paths a request.`);
  }
  answerJson(ctx, {results: await registerLinks(parts, paths)});
}

/** Answers what lies below `/archive`: what the console and tests ask beyond DICOMweb. */
export async function serveArchiveApi(ctx: Context, parts: ArchiveParts): Promise<void> {
  const resource = ctx.path.slice(ARCHIVE_API.length + 1);
  if (resource === 'links') {
    if (ctx.method !== 'POST') throw notAllowed('POST');
    await postLinks(ctx, parts);
    return;
  }
  const isRead = ctx.method === 'GET' || ctx.method === 'HEAD';
  const reads: Readonly<Record<string, () => void | Promise<void>>> = {
    'info': () => answerJson(ctx, info(parts)),
    'stats': () => answerJson(ctx, parts.index.totals()),
    'studies': () => listStudies(ctx, parts),
    'links/check': async () => answerJson(ctx, await checkLinks(parts)),
    'log': async () => {
      const offset = ctx.URL.searchParams.has('offset') ? numberParam(ctx, 'offset', 0, 1e9) : null;
      answerJson(ctx, await parts.receipts.read(offset, numberParam(ctx, 'limit', 1000, 100_000)));
    },
  };
  const read = Object.hasOwn(reads, resource) ? reads[resource] : undefined;
  if (!read) throw notFound('There is no such resource.');
  if (!isRead) throw notAllowed('GET, HEAD');
  await read();
}
