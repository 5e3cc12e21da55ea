import type {
  Asked,
  Destination,
  DestinationInfo,
  Parcel,
  SendResult,
  SystemFault,
  Verdict,
} from '../job/ports/destination.js';
import type {FailReason} from '../job/reasons.js';
import {DEFAULT_PATIENCE, type HttpAnswer, type HttpReply, type Patience} from './http-exchange.js';
import {faultOf, silenceFault, statusMeaning} from './http-faults.js';
import {inParallel} from './in-parallel.js';
import {isRecord, parseJson} from './json.js';
import {orthancError} from './orthanc-error.js';
import {SignedRequests, type Authorization} from './signed-requests.js';

export interface OrthancOptions {
  /** The root of Orthanc's REST API, without a slash at the end. */
  readonly baseUrl: string;
  readonly name: string;
  readonly authorization: Authorization;
  /** Files of one `send` that are under way at a time. */
  readonly parallel?: number;
  readonly patience?: Patience;
}

const PARALLEL = 5;

/** What became of one file: a verdict, a fault of the system, or an abort. */
type FileResult =
  Verdict | {readonly kind: 'fault'; readonly fault: SystemFault} | {readonly kind: 'aborted'};

/**
 * Orthanc by its own REST API: each file is a request of its own, `POST /instances`, so that each has an answer
 * of its own. It needs no DICOMweb plugin.
 */
export class OrthancDestination implements Destination {
  private readonly requests: SignedRequests;

  constructor(private readonly options: OrthancOptions) {
    this.requests = new SignedRequests(options.authorization, options.patience ?? DEFAULT_PATIENCE);
  }

  async probe(signal: AbortSignal): Promise<Asked<DestinationInfo>> {
    const system = await this.ask('GET', '/system', null, signal);
    if (!system.ok) return system;
    if (!isRecord(system.value) || typeof system.value['Version'] !== 'string') {
      return {ok: false, fault: notOrthanc(200)};
    }
    const name = system.value['Name'];
    return {
      ok: true,
      value: {
        name: typeof name === 'string' && name !== '' ? name : this.options.name,
        imageFolder: null,
        freeBytes: null,
        capabilities: {copy: true, link: false, query: true},
      },
    };
  }

  async send(parcels: readonly Parcel[], signal: AbortSignal): Promise<SendResult> {
    let stopped = false;
    const results = await inParallel(parcels, this.options.parallel ?? PARALLEL, async parcel => {
      if (stopped) return null;
      const result = await this.sendOne(parcel, signal);
      // An error of the server can be about this file alone; anything else would meet the next one, too.
      stopped ||= result.kind === 'aborted' || isFaultOfAll(result);
      return result;
    });
    if (results.some(result => result?.kind === 'aborted')) return {kind: 'aborted'};

    const faults = results.flatMap(result => (result?.kind === 'fault' ? [result.fault] : []));
    const known = results.some(result => result !== null && result.kind !== 'fault');
    const worst = faults.find(fault => fault.reason !== 'server-error') ?? faults[0] ?? null;
    if (worst !== null && !known) {
      return {kind: 'fault', fault: {...worst, bytesLeft: faults.some(fault => fault.bytesLeft)}};
    }
    return {
      kind: 'answered',
      verdicts: results.map(result => verdictOf(result)),
      fault: worst?.reason === 'server-error' ? null : worst,
    };
  }

  async studies(studyUids: readonly string[], signal: AbortSignal): Promise<Asked<ReadonlySet<string>>> {
    const uids = [...new Set(studyUids)];
    const found = await inParallel(uids, this.options.parallel ?? PARALLEL, uid => this.lookUp(uid, signal));
    const present = new Set<string>();
    for (const [i, asked] of found.entries()) {
      const uid = uids[i];
      if (!asked.ok) return asked;
      if (uid !== undefined && asked.value.length > 0) present.add(uid);
    }
    return {ok: true, value: present};
  }

  async instances(studyUid: string, signal: AbortSignal): Promise<Asked<ReadonlySet<string>>> {
    const ids = await this.lookUp(studyUid, signal);
    if (!ids.ok) return ids;
    const present = new Set<string>();
    // One Study Instance UID under two Patient IDs is two studies to Orthanc.
    for (const id of ids.value) {
      const found = await this.ask('GET', `/studies/${encodeURIComponent(id)}/instances`, null, signal);
      if (!found.ok && found.fault.status === 404) continue; // Deleted since it was looked up.
      if (!found.ok) return found;
      for (const instance of Array.isArray(found.value) ? found.value.filter(isRecord) : []) {
        const tags = instance['MainDicomTags'];
        const uid = isRecord(tags) ? tags['SOPInstanceUID'] : null;
        if (typeof uid === 'string') present.add(uid);
      }
    }
    return {ok: true, value: present};
  }

  /** Orthanc's identifiers of the studies with this UID. */
  private async lookUp(studyUid: string, signal: AbortSignal): Promise<Asked<readonly string[]>> {
    const found = await this.ask('POST', '/tools/lookup', studyUid, signal);
    if (!found.ok) return found;
    if (!Array.isArray(found.value)) return {ok: false, fault: notOrthanc(200)};
    const ids = found.value
      .filter(isRecord)
      .filter(match => match['Type'] === 'Study')
      .map(match => match['ID']);
    return {ok: true, value: ids.filter(id => typeof id === 'string')};
  }

  /** The JSON that a question is answered with. */
  private async ask(
    method: 'GET' | 'POST',
    path: string,
    body: string | null,
    signal: AbortSignal,
  ): Promise<Asked<unknown>> {
    const url = this.options.baseUrl + path;
    const reply = await this.requests.send({method, url, headers: {}, body}, signal);
    if (reply.kind !== 'answer') return {ok: false, fault: {...silenceFault(reply), bytesLeft: false}};
    const value = parseJson(reply.text);
    if (reply.status === 200 && value !== undefined) return {ok: true, value};
    const meaning = statusMeaning(reply);
    const reason = meaning.kind === 'fault' ? meaning.reason : 'not-dicomweb';
    return {ok: false, fault: {...faultOf(reply, reason), bytesLeft: false}};
  }

  private async sendOne(parcel: Parcel, signal: AbortSignal): Promise<FileResult> {
    const url = `${this.options.baseUrl}/instances`;
    const headers = {'Content-Type': 'application/dicom'};
    const reply = await this.requests.send({method: 'POST', url, headers, body: parcel.content}, signal);
    return readInstanceAnswer(reply, parcel);
  }
}

function notOrthanc(status: number): SystemFault {
  return {reason: 'not-dicomweb', retryAfterMs: null, status, bytesLeft: false};
}

function isFaultOfAll(result: FileResult): boolean {
  return result.kind === 'fault' && result.fault.reason !== 'server-error';
}

/** `null` stands for a file whose turn did not come. */
function verdictOf(result: FileResult | null): Verdict {
  if (result === null || result.kind === 'aborted') return {kind: 'unnamed', detail: 'not sent'};
  if (result.kind !== 'fault') return result;
  const {status} = result.fault;
  return {kind: 'unnamed', detail: status === null ? 'no answer' : `HTTP ${status}`};
}

/** What Orthanc answers to `POST /instances` (Orthanc Book, "REST API"), for the one file of that request. */
export function readInstanceAnswer(reply: HttpReply, parcel: Parcel): FileResult {
  if (reply.kind === 'aborted') return {kind: 'aborted'};
  if (reply.kind === 'silence') return {kind: 'fault', fault: silenceFault(reply)};
  const error = orthancError(reply);
  if (error === 'Inexistent tag') {
    return {kind: 'refused', reason: missingIdentifier(parcel), detail: `Orthanc: ${error}`};
  }
  const meaning = statusMeaning(reply);
  if (meaning.kind === 'too-large') return {kind: 'refused', reason: 'too-large-for-server'};
  if (meaning.kind === 'fault') return {kind: 'fault', fault: faultOf(reply, meaning.reason)};
  if (reply.status === 400 && error !== null) {
    return {kind: 'refused', reason: 'not-understood', detail: `Orthanc: ${error}`};
  }
  return ofStatus(reply);
}

function ofStatus(answer: HttpAnswer): FileResult {
  const body = answer.status === 200 ? parseJson(answer.text) : null;
  const status = isRecord(body) ? body['Status'] : null;
  switch (status) {
    case 'Success':
      return {kind: 'stored'};
    case 'AlreadyStored':
      return {kind: 'already-there'};
    case 'FilteredOut':
      return {kind: 'refused', reason: 'policy-refused', detail: 'Orthanc: FilteredOut'};
    case 'Failure':
      return {kind: 'refused', reason: 'processing-failure', detail: 'Orthanc: Failure'};
    case 'StorageFull':
      return {kind: 'fault', fault: faultOf(answer, 'archive-full')};
    default:
      return {kind: 'unnamed', detail: `HTTP ${answer.status}`};
  }
}

/** Orthanc does not say which identifier is missing; the header does, where it was read alike. */
function missingIdentifier({header}: Parcel): FailReason {
  if (header.studyInstanceUid === '') return 'no-study-uid';
  if (header.seriesInstanceUid === '') return 'no-series-uid';
  return header.sopInstanceUid === '' ? 'no-sop-uid' : 'identifier-conflict';
}
