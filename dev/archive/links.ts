import {stat} from 'node:fs/promises';
import type {NewInstance} from './archive-index.js';
import type {ArchiveParts} from './archive-parts.js';
import {FAILURE, failureOf, hexCode} from './failure.js';
import type {PathFault} from './import-roots.js';
import {readInstanceFile} from './pending-renames.js';
import type {Part10Fault} from './part10.js';
import type {Receipt} from './receipt-log.js';
import {faultOf, type FileFault} from './wado.js';

/** What became of one path of a request for links. */
export type LinkResult =
  | {
      readonly path: string;
      readonly status: 'linked' | 'already-there';
      readonly studyInstanceUid: string;
      readonly sopInstanceUid: string;
      readonly sha256: string;
      readonly size: number;
    }
  | {
      readonly path: string;
      readonly status: 'failed';
      readonly reason: PathFault | Part10Fault | 'not-a-file' | 'unreadable' | 'duplicate';
      readonly failureReason: number;
      readonly sopInstanceUid: string | null;
    };

type Prepared = {readonly result: LinkResult; readonly instance: NewInstance | null};

async function prepare(parts: ArchiveParts, path: string): Promise<Prepared> {
  const fail = (
    reason: Extract<LinkResult, {status: 'failed'}>['reason'],
    code: number,
    sop: string | null = null,
  ) =>
    ({
      result: {path, status: 'failed', reason, failureReason: code, sopInstanceUid: sop},
      instance: null,
    }) as const;
  const resolved = await parts.roots.resolve(path);
  if (!resolved.ok) return fail(resolved.fault, FAILURE.processingFailure);
  try {
    const before = await stat(resolved.file);
    if (!before.isFile()) return fail('not-a-file', FAILURE.processingFailure);
    const read = await readInstanceFile(resolved.file);
    if ('fault' in read) return fail(read.fault, failureOf(read.fault), read.sopInstanceUid || null);
    const {SOPInstanceUID = '', StudyInstanceUID = ''} = read.values;
    const known = parts.index.find(SOPInstanceUID);
    const alive = known !== null && (await faultOf(parts.data, known)) === null;
    if (alive && known.sha256 !== read.sha256) return fail('duplicate', FAILURE.duplicate, SOPInstanceUID);
    const {sha256, size} = read;
    const status = alive ? 'already-there' : 'linked';
    return {
      result: {
        path,
        status,
        studyInstanceUid: StudyInstanceUID,
        sopInstanceUid: SOPInstanceUID,
        sha256,
        size,
      },
      instance: alive ? null : {...read, path: resolved.file, mtime: Math.trunc(before.mtimeMs)},
    };
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    return fail('unreadable', FAILURE.processingFailure);
  }
}

/** Registers files where they lie, one result a path, in their order. Nothing is copied. */
export async function registerLinks(parts: ArchiveParts, paths: readonly string[]): Promise<LinkResult[]> {
  const batch = parts.receipts.newBatch();
  const prepared: Prepared[] = [];
  const inThisRequest = new Map<string, NewInstance>();
  for (const path of paths) {
    const one = await prepare(parts, path);
    const sop = one.instance?.values['SOPInstanceUID'] ?? '';
    const earlier = inThisRequest.get(sop);
    if (one.instance && earlier && one.result.status !== 'failed') {
      const same = earlier.sha256 === one.instance.sha256;
      prepared.push({
        result: same
          ? {...one.result, status: 'already-there'}
          : {
              path,
              status: 'failed',
              reason: 'duplicate',
              failureReason: FAILURE.duplicate,
              sopInstanceUid: sop,
            },
        instance: null,
      });
      continue;
    }
    if (one.instance) inThisRequest.set(sop, one.instance);
    prepared.push(one);
  }
  parts.index.add([...inThisRequest.values()], Date.now());
  const time = new Date().toISOString();
  parts.receipts.append(
    prepared.map(({result}): Receipt => {
      const failed = result.status === 'failed';
      return {
        n: parts.receipts.newReceipt(),
        batch,
        time,
        study: failed ? '' : result.studyInstanceUid,
        sop: result.sopInstanceUid ?? '',
        verdict: failed ? `refused:${hexCode(result.failureReason)}` : result.status,
      };
    }),
  );
  return prepared.map(p => p.result);
}

export interface BrokenLink {
  readonly path: string;
  readonly sopInstanceUid: string;
  readonly studyInstanceUid: string;
  readonly reason: FileFault;
}

const PAGE = 500;
const MAX_BROKEN = 10_000;

/** Looks at every linked file; tells those that moved or changed, 10,000 of them at most. */
export async function checkLinks({
  data,
  index,
}: ArchiveParts): Promise<{checked: number; broken: BrokenLink[]}> {
  const broken: BrokenLink[] = [];
  let checked = 0;
  let after = 0;
  for (;;) {
    const page = index.linkedAfter(after, PAGE);
    for (const {receipt, instance} of page) {
      after = receipt;
      checked++;
      const reason = await faultOf(data, instance);
      const {path, sopInstanceUid, studyInstanceUid} = instance;
      if (reason !== null && broken.length < MAX_BROKEN) {
        broken.push({path, sopInstanceUid, studyInstanceUid, reason});
      }
    }
    if (page.length < PAGE) return {checked, broken};
  }
}
