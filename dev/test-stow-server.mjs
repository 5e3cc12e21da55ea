/**
 * A DICOMweb server for tests, below `/fake-stow/<name>/dicom-web`: it stores in memory what it is sent, and answers
 * in the manner of one of several archives, with the traps that these have. Each `<name>` is a server of its own.
 *
 * `POST /fake-stow/<name>/control` with `{manner?, refuse?, next?, files?}` changes it: `refuse` maps a SOP
 * Instance UID to a Failure Reason; `next` is a list of rules for the requests to come, each used once.
 * `GET /fake-stow/<name>/log` tells what it was asked and what it holds.
 *
 * `files` maps paths on the archive's side to `{sop, study, sopClass}`, for dcm4chee's storage import below
 * `/instances/storage/`.
 *
 * A rule: `{method?, status?, headers?, body?, cut?, delayMs?, store?}`. `cut`: `request` (the connection breaks while the
 * body comes), `answer` (it breaks after the body, which is stored), `silence` (the body is not read on, nothing is
 * answered), `answer-silence` (stored, never answered). Without a rule the manner decides.
 */
import {createHash} from 'node:crypto';
import dicomParser from 'dicom-parser';

const servers = new Map();

function server(name) {
  if (!servers.has(name)) servers.set(name, fresh());
  return servers.get(name);
}

const fresh = () => ({manner: 'standard', refuse: {}, next: [], files: {}, held: new Map(), requests: []});

async function readAll(req) {
  const chunks = [];
  for await (const chunk of req) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

/** Parts of a multipart body, found by its boundary, byte for byte. */
export function partsOf(body, contentType) {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1];
  if (!boundary) return null;
  const parts = [];
  const mark = Buffer.from(`--${boundary}`);
  let at = body.indexOf(mark);
  while (at >= 0) {
    const start = at + mark.length;
    if (body.subarray(start, start + 2).toString() === '--') return parts;
    const next = body.indexOf(mark, start);
    if (next < 0) return null;
    const part = body.subarray(start + 2, next - 2);
    const blank = part.indexOf('\r\n\r\n');
    parts.push({headers: part.subarray(0, blank).toString('latin1'), content: part.subarray(blank + 4)});
    at = next;
  }
  return null;
}

function uidsOf(content) {
  try {
    const set = dicomParser.parseDicom(new Uint8Array(content), {untilTag: 'x7fe00010'});
    return {
      sop: set.string('x00080018'),
      sopClass: set.string('x00080016'),
      study: set.string('x0020000d'),
      patient: set.string('x00100020') ?? '',
    };
  } catch {
    return null;
  }
}

/** Stores the parts that may be stored; what becomes of each, in their order. */
function store(state, parts) {
  return parts.map(({content}) => {
    const uids = uidsOf(content);
    if (!uids?.sop) return {failed: null, code: 0xc000};
    const refused = state.refuse[uids.sop];
    if (refused !== undefined) return {...uids, code: refused};
    if (state.manner === 'azure' && state.held.has(uids.sop)) return {...uids, code: 45070};
    if (state.manner === 'azure' && uids.patient === '') return {...uids, code: 43264};
    if (state.manner === 'dcm4chee' && uids.patient === '') return {...uids, code: 0xa777};
    const sha256 = createHash('sha256').update(content).digest('hex');
    state.held.set(uids.sop, {...uids, sha256, bytes: content.length});
    return {...uids, code: null};
  });
}

const item = (r, code) => ({
  '00081150': {vr: 'UI', Value: [r.sopClass]},
  '00081155': {vr: 'UI', Value: [r.sop]},
  ...(code === undefined ? {} : {'00081197': {vr: 'US', Value: [code]}}),
});
const sequence = items => (items.length > 0 ? {vr: 'SQ', Value: items} : {vr: 'SQ'});

function xmlAnswer(stored, failed) {
  const attribute = (tag, vr, inner) => `<DicomAttribute tag="${tag}" vr="${vr}">${inner}</DicomAttribute>`;
  const items = (list, code) =>
    list
      .map(
        (r, i) =>
          `<Item number="${i + 1}">${attribute('00081155', 'UI', `<Value number="1">${r.sop}</Value>`)}${
            code ? attribute('00081197', 'US', `<Value number="1">${r.code}</Value>`) : ''
          }</Item>`,
      )
      .join('\n');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<NativeDicomModel xmlns="http://dicom.nema.org/PS3.19/models/NativeDICOM" xml:space="preserve">${attribute('00081199', 'SQ', items(stored))}${attribute('00081198', 'SQ', items(failed, true))}</NativeDicomModel>`;
}

/** Status, headers and body after a store request, in the manner of the archive that is played. */
function storeAnswer(state, results) {
  const stored = results.filter(r => r.code === null);
  const failed = results.filter(r => r.code !== null && r.sop);
  const nameless = results.filter(r => !r.sop);
  const mixed = stored.length === 0 ? 409 : failed.length + nameless.length > 0 ? 202 : 200;
  const json = {'Content-Type': 'application/dicom+json'};
  switch (state.manner) {
    case 'orthanc': {
      // A part that it cannot read stands in no sequence; the good ones are stored all the same.
      const bad = failed.length + nameless.length > 0;
      const body = {
        '00081198': sequence(failed.map(r => item(r, r.code))),
        '00081199': sequence(stored.map(r => item(r))),
      };
      return {status: bad ? 400 : 200, headers: bad ? {} : json, body: JSON.stringify(body)};
    }
    case 'dcm4chee':
      if (results.length > 0 && nameless.length === results.length) {
        return {status: 400, headers: {'Content-Type': 'text/plain'}, body: 'Failed to parse DICOM part'};
      }
      return {
        status: mixed,
        headers: json,
        body: JSON.stringify({
          '00081190': {vr: 'UR', Value: ['http://archive/rs/studies']},
          ...(failed.length > 0 ? {'00081198': sequence(failed.map(r => item(r, r.code)))} : {}),
          ...(stored.length > 0
            ? {'00081199': sequence(stored.map(r => ({...item(r), '00081196': {vr: 'US', Value: [0xb000]}})))}
            : {}),
        }),
      };
    case 'xml':
      return {
        status: mixed,
        headers: {'Content-Type': 'application/dicom+xml'},
        body: xmlAnswer(stored, failed),
      };
    case 'strings':
      return {
        status: mixed,
        headers: {'Content-Type': 'application/json'},
        body: JSON.stringify({
          '00081198': sequence(failed.map(r => item(r, String(r.code)))),
          '00081199': sequence(stored.map(r => item({...r, sop: `${r.sop}\0`}))),
        }),
      };
    default:
      return {
        status: mixed,
        headers: json,
        body: JSON.stringify({
          ...(failed.length > 0 ? {'00081198': sequence(failed.map(r => item(r, r.code)))} : {}),
          ...(stored.length > 0 ? {'00081199': sequence(stored.map(r => item(r)))} : {}),
          ...(nameless.length > 0
            ? {'0008119A': sequence(nameless.map(r => ({'00081197': {vr: 'US', Value: [r.code]}})))}
            : {}),
        }),
      };
  }
}

function searchAnswer(state, path, query) {
  const json = {'Content-Type': 'application/dicom+json'};
  if (
    state.manner === 'asks-for-filter' &&
    /\/studies$/.test(path) &&
    !query.has('StudyInstanceUID') &&
    !query.has('0020000D')
  ) {
    return {status: 400, headers: {'Content-Type': 'text/plain'}, body: 'a filter is needed'};
  }
  const limit = Number(query.get('limit') ?? (state.manner === 'azure' ? 100 : 100_000));
  const offset = state.manner === 'no-offset' ? 0 : Number(query.get('offset') ?? 0);
  if (state.manner === 'azure' && (limit < 1 || limit > 200)) {
    return {status: 400, headers: {'Content-Type': 'text/plain'}, body: 'limit must be between 1 and 200'};
  }
  const held = [...state.held.values()];
  const ofStudy = /\/studies\/([^/]+)\/instances$/.exec(path)?.[1];
  let rows;
  if (ofStudy !== undefined) {
    const instances = held.filter(r => r.study === decodeURIComponent(ofStudy));
    if (instances.length === 0 && state.manner === 'strict-404') {
      return {status: 404, headers: {'Content-Type': 'text/plain'}, body: 'no such study'};
    }
    const most = state.manner === 'short-pages' ? Math.min(limit, 150) : limit;
    rows = instances
      .slice(offset, offset + most)
      .map(r => ({'00080018': {vr: 'UI', Value: [r.sop]}, '0020000D': {vr: 'UI', Value: [r.study]}}));
  } else {
    const asked = query.get('StudyInstanceUID') ?? query.get('0020000D');
    const lists = !['no-lists', 'strict-404'].includes(state.manner);
    const filter =
      asked === null || state.manner === 'no-filter'
        ? () => true
        : study => (lists ? asked.split(',').includes(study) : asked === study);
    rows = [...new Set(held.map(r => r.study))]
      .filter(filter)
      .slice(offset, offset + limit)
      .map(study => ({'0020000D': {vr: 'UI', Value: [study]}}));
  }
  if (rows.length === 0 && ['azure', 'dcm4chee'].includes(state.manner))
    return {status: 204, headers: {}, body: ''};
  return {status: 200, headers: json, body: JSON.stringify(rows)};
}

/** dcm4chee's storage import: a path that cannot be read leaves nothing but a comment, and fails no request. */
function importAnswer(state, req, body) {
  if (req.headers.accept !== 'application/dicom+json') return {status: 406, headers: {}, body: ''};
  if (!/^\/instances\/storage\/fs1\?/.test(req.url.replace(/^.*\/dicom-web/, ''))) {
    return {status: 404, headers: {'Content-Type': 'text/plain'}, body: 'No such Storage: other'};
  }
  const paths = body.toString('utf8').split('\n');
  const found = paths.flatMap(path => (state.files[path] ? [state.files[path]] : []));
  const results = found.map(file => ({...file, code: state.refuse[file.sop] ?? null}));
  for (const {code, ...file} of results) if (code === null) state.held.set(file.sop, file);
  const answer = storeAnswer({...state, manner: 'dcm4chee'}, results);
  if (found.length === paths.length) return answer;
  const told = {
    ...JSON.parse(answer.body),
    '00000902': {vr: 'LO', Value: ['java.nio.file.NoSuchFileException']},
  };
  const headers = {...answer.headers, Warning: '299 <dcm4chee>: java.nio.file.NoSuchFileException'};
  return {...answer, headers, body: JSON.stringify(told)};
}

/** As dcm4chee-arc: every origin, and credentials too, which browsers refuse to send together. */
const CROSS_ORIGIN = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Credentials': 'true',
  'Access-Control-Allow-Methods': 'GET, POST',
  'Access-Control-Allow-Headers': 'authorization, content-type, accept',
};

async function dicomWeb(ctx, state, path) {
  const {req, res} = ctx;
  if (state.manner === 'cross-origin') {
    for (const [name, value] of Object.entries(CROSS_ORIGIN)) res.setHeader(name, value);
  }
  if (req.method === 'OPTIONS') {
    ctx.status = state.manner === 'cross-origin' ? 200 : 404;
    ctx.body = '';
    return;
  }
  const at = state.next.findIndex(rule => (rule.method ?? req.method) === req.method);
  const rule = at < 0 ? {} : state.next.splice(at, 1)[0];
  const record = {method: req.method, url: req.url, headers: req.headers, parts: []};
  state.requests.push(record);
  if (rule.cut === 'request') {
    ctx.respond = false;
    req.once('data', () => res.socket.resetAndDestroy());
    return;
  }
  if (rule.cut === 'silence') {
    ctx.respond = false;
    return;
  }
  let answer;
  if (req.method === 'POST') {
    const body = await readAll(req);
    if (path.startsWith('/instances/storage/')) answer = importAnswer(state, req, body);
    else {
      const parts = partsOf(body, req.headers['content-type'] ?? '') ?? [];
      record.parts = parts.map(p => p.headers);
      answer = storeAnswer(state, rule.store === false ? [] : store(state, parts));
    }
  } else {
    answer = searchAnswer(state, path, new URL(req.url, 'http://localhost').searchParams);
  }
  if (rule.delayMs) await sleep(rule.delayMs);
  if (rule.cut === 'answer') {
    ctx.respond = false;
    res.socket.resetAndDestroy();
    return;
  }
  if (rule.cut === 'answer-silence') {
    ctx.respond = false;
    return;
  }
  ctx.respond = false;
  res.writeHead(rule.status ?? answer.status, rule.headers ?? answer.headers);
  res.end(rule.body ?? answer.body);
}

export async function stowServerMiddleware(ctx, next) {
  const [, name, rest] = /^\/fake-stow\/([^/]+)(\/.*)$/.exec(ctx.path) ?? [];
  if (name === undefined) return next();
  const state = server(name);
  if (rest === '/control') {
    Object.assign(state, JSON.parse((await readAll(ctx.req)).toString('utf8')));
    ctx.body = 'ok';
    return undefined;
  }
  if (rest === '/log') {
    ctx.body = {requests: state.requests, held: Object.fromEntries(state.held)};
    return undefined;
  }
  if (rest.startsWith('/dicom-web/')) return dicomWeb(ctx, state, rest.slice('/dicom-web'.length));
  ctx.status = 404;
  return undefined;
}
