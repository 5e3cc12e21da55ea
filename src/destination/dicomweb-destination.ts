import type {
  Asked,
  Destination,
  DestinationInfo,
  Parcel,
  SendResult,
  Verdict,
} from '../job/ports/destination.js';
import {DEFAULT_PATIENCE, type HttpAnswer, type Patience} from './http-exchange.js';
import {faultOf, silenceFault, statusMeaning} from './http-faults.js';
import {InstanceSearch} from './instance-search.js';
import {multipartBody} from './multipart-body.js';
import {searchAnything} from './qido-search.js';
import {SignedRequests, type Authorization} from './signed-requests.js';
import {faultBeside, judge, parseStoreResponse} from './stow-response.js';
import {StudySearch} from './study-search.js';

export interface DicomWebOptions {
  /** Where DICOMweb is served, without a slash at the end. */
  readonly baseUrl: string;
  readonly name: string;
  readonly authorization: Authorization;
  /** What the archive tells of itself beside DICOMweb; null, or a rejection, where it tells nothing. */
  readonly info?: () => Promise<DestinationInfo | null>;
  readonly patience?: Patience;
}

/** Any server that speaks STOW-RS and, at best, QIDO-RS (PS3.18 10.5 and 10.6). */
export class DicomWebDestination implements Destination {
  private readonly requests: SignedRequests;
  private readonly studySearch: StudySearch;
  private readonly instanceSearch: InstanceSearch;

  constructor(private readonly options: DicomWebOptions) {
    this.requests = new SignedRequests(options.authorization, options.patience ?? DEFAULT_PATIENCE);
    this.studySearch = new StudySearch(options.baseUrl, this.requests);
    this.instanceSearch = new InstanceSearch(options.baseUrl, this.requests);
  }

  async probe(signal: AbortSignal): Promise<Asked<DestinationInfo>> {
    const found = await searchAnything(this.requests, this.options.baseUrl, signal);
    if (found.kind === 'fault') return {ok: false, fault: found.fault};
    if (found.kind === 'refused' && found.status === 404) {
      return {ok: false, fault: {reason: 'not-dicomweb', retryAfterMs: null, status: 404, bytesLeft: false}};
    }
    const told = (await this.options.info?.().catch(() => null)) ?? null;
    return {
      ok: true,
      value: {
        name: told?.name ?? this.options.name,
        imageFolder: told?.imageFolder ?? null,
        freeBytes: told?.freeBytes ?? null,
        capabilities: {
          copy: told?.capabilities.copy ?? true,
          // Links need more than DICOMweb.
          link: false,
          query: found.kind === 'matches',
        },
      },
    };
  }

  async send(parcels: readonly Parcel[], signal: AbortSignal): Promise<SendResult> {
    if (signal.aborted) return {kind: 'aborted'};
    if (parcels.length === 0) return {kind: 'answered', verdicts: [], fault: null};
    const {body, contentType} = multipartBody(parcels.map(parcel => parcel.content));
    const headers = {'Accept': 'application/dicom+json', 'Content-Type': contentType};
    const url = `${this.options.baseUrl}/studies`;
    const reply = await this.requests.send({method: 'POST', url, headers, body}, signal);
    if (reply.kind === 'aborted') return {kind: 'aborted'};
    if (reply.kind === 'silence') return {kind: 'fault', fault: silenceFault(reply)};
    return readStoreAnswer(reply, parcels);
  }

  studies(studyUids: readonly string[], signal: AbortSignal): Promise<Asked<ReadonlySet<string>>> {
    return this.studySearch.present(studyUids, signal);
  }

  instances(studyUid: string, signal: AbortSignal): Promise<Asked<ReadonlySet<string>>> {
    return this.instanceSearch.ofStudy(studyUid, signal);
  }
}

/**
 * What an answer to a store request means for each parcel. A parcel is stored if the answer names it as stored,
 * whatever the status; where the answer names nobody, the status decides between the system and doubt.
 */
export function readStoreAnswer(answer: HttpAnswer, parcels: readonly Parcel[]): SendResult {
  const meaning = statusMeaning(answer);
  const statusFault = meaning.kind === 'fault' ? faultOf(answer, meaning.reason) : null;
  const response = parseStoreResponse(answer.text);
  if (response !== null) {
    const {verdicts, systemReason} = judge(response, parcels, `HTTP ${answer.status}`);
    // An error of the server that names instances is about these instances.
    const named = verdicts.some(verdict => verdict.kind !== 'unnamed');
    const fault = named && meaning.kind === 'fault' && meaning.reason === 'server-error' ? null : statusFault;
    return {kind: 'answered', verdicts, fault: faultBeside(systemReason, fault, answer.status)};
  }
  if (meaning.kind === 'too-large') return {kind: 'too-large', limitBytes: null};
  if (statusFault !== null) return {kind: 'fault', fault: statusFault};
  const unnamed: Verdict = {kind: 'unnamed', detail: `HTTP ${answer.status}`};
  return {kind: 'answered', verdicts: parcels.map(() => unnamed), fault: null};
}
