import type {Context} from 'koa';
import type {ArchiveParts} from './archive-parts.js';
import {isSafeUid, type Level} from './attributes.js';
import {badRequest, notAllowed, notFound} from './http-fault.js';
import {parseQuery} from './query.js';
import {search} from './search.js';
import {storeInstances} from './stow.js';
import {requireJson, retrieveInstances, retrieveMetadata, type ObjectPath} from './wado.js';

export const DICOM_WEB = '/dicom-web';

/** What a path below the service names: UIDs outside in, and what is asked of them. */
interface Target {
  readonly uids: readonly string[];
  readonly level: Level;
  readonly action: 'collection' | 'object' | 'metadata';
}

/**
 * Reads the resources of PS3.18 Table 10.3-1: `studies[/{uid}[/series[/{uid}[/instances[/{uid}]]]]]`, with
 * `/metadata` behind an object, and `series` and `instances` also at once below the service or the study.
 */
function targetOf(segments: readonly string[]): Target {
  const uids: string[] = [];
  const names: readonly (readonly [string, Level])[] = [
    ['studies', 'study'],
    ['series', 'series'],
    ['instances', 'instance'],
  ];
  const nothing = notFound('There is no such resource.');
  let expected = 0;
  for (let at = 0; at < segments.length; at += 2) {
    const name = segments[at];
    const found = names.findIndex(([n]) => n === name);
    const uid = segments[at + 1];
    if (name === 'metadata' && at > 0 && uid === undefined) {
      const level = names[uids.length - 1]?.[1];
      if (level) return {uids, level, action: 'metadata'};
    }
    if (found < expected) throw nothing;
    const level = names[found]?.[1];
    if (!level) throw nothing;
    if (uid === undefined) return {uids, level, action: 'collection'};
    // An object is named by every level above it.
    if (found !== expected) throw nothing;
    if (!isSafeUid(uid)) throw badRequest('bad-uid', 'A UID in the path is none.');
    uids.push(uid);
    expected++;
  }
  const level = names[uids.length - 1]?.[1];
  if (!level) throw nothing;
  return {uids, level, action: 'object'};
}

function answerSearch(ctx: Context, parts: ArchiveParts, {uids, level}: Target, base: string): void {
  requireJson(ctx);
  const within = {
    ...(uids[0] === undefined ? {} : {StudyInstanceUID: uids[0]}),
    ...(uids[1] === undefined ? {} : {SeriesInstanceUID: uids[1]}),
  };
  const query = parseQuery(level, within, ctx.URL.searchParams);
  const found = search(parts.index, query, base);
  for (const warning of query.warnings) ctx.append('Warning', `299 ${ctx.host}: "${warning}"`);
  ctx.status = 200;
  ctx.type = 'application/dicom+json';
  ctx.body = JSON.stringify(found);
}

/** Answers what lies below `/dicom-web`. */
export async function serveDicomWeb(ctx: Context, parts: ArchiveParts): Promise<void> {
  const segments = ctx.path.slice(DICOM_WEB.length).split('/').slice(1);
  if (segments.at(-1) === '') segments.pop();
  const target = targetOf(segments);
  const base = `${ctx.protocol}://${ctx.host}${DICOM_WEB}`;
  const {action, level, uids} = target;
  const stores = level === 'study' && action !== 'metadata';
  if (ctx.method === 'POST' && stores) return storeInstances(ctx, parts, uids[0] ?? null, base);
  if (ctx.method !== 'GET' && ctx.method !== 'HEAD')
    throw notAllowed(stores ? 'GET, HEAD, POST' : 'GET, HEAD');
  if (action === 'collection') {
    answerSearch(ctx, parts, target, base);
    return;
  }
  const [study = '', series, instance] = uids;
  const path: ObjectPath = [study, series, instance];
  await (action === 'metadata' ? retrieveMetadata(ctx, parts, path) : retrieveInstances(ctx, parts, path));
}
