import type {InstanceHeader} from '../../dicom/instance-header.js';
import type {FailReason, WaitReason} from '../reasons.js';
import type {FileContent} from './source.js';

/** One file on its way. `path` is relative to the source, file name included. */
export interface Parcel {
  readonly path: string;
  readonly content: FileContent;
  readonly header: InstanceHeader;
}

/**
 * What the archive says of one parcel, matched by SOP Instance UID (PS3.18 10.5.3.2). `unnamed`: the answer
 * does not mention it, so nothing is known. `detail` holds the archive's code or words, never patient data.
 */
export type Verdict =
  | {readonly kind: 'stored'}
  | {readonly kind: 'linked'}
  | {readonly kind: 'already-there'}
  | {readonly kind: 'refused'; readonly reason: FailReason; readonly detail?: string}
  | {readonly kind: 'unnamed'; readonly detail?: string};

/** Something is wrong with the system, not with a file: the job waits. */
export interface SystemFault {
  readonly reason: WaitReason;
  /** From Retry-After, in milliseconds. */
  readonly retryAfterMs: number | null;
  /** HTTP status, or null where no answer came. */
  readonly status: number | null;
  /** False where it is certain that no byte of a file left: then nothing is in doubt. */
  readonly bytesLeft: boolean;
}

export type SendResult =
  /** One verdict a parcel, in their order. A `fault` beside them stops the job before the next batch. */
  | {readonly kind: 'answered'; readonly verdicts: readonly Verdict[]; readonly fault: SystemFault | null}
  /** 413: nothing was stored because the request was too large. */
  | {readonly kind: 'too-large'; readonly limitBytes: number | null}
  | {readonly kind: 'fault'; readonly fault: SystemFault}
  | {readonly kind: 'aborted'};

export type Asked<T> =
  {readonly ok: true; readonly value: T} | {readonly ok: false; readonly fault: SystemFault};

export interface Capabilities {
  readonly copy: boolean;
  readonly link: boolean;
  /** QIDO-RS answers, so that what is there can be asked. */
  readonly query: boolean;
}

export interface DestinationInfo {
  readonly name: string;
  readonly imageFolder: string | null;
  readonly freeBytes: number | null;
  readonly capabilities: Capabilities;
}

/** Where files go: an adapter to one archive. Methods never reject; an aborted call answers at once. */
export interface Destination {
  /** Is somebody there? Cheap, for the first look and after a fault. */
  probe(signal: AbortSignal): Promise<Asked<DestinationInfo>>;
  send(parcels: readonly Parcel[], signal: AbortSignal): Promise<SendResult>;
  /** Which of these studies the archive holds in whole or in part. */
  studies(studyUids: readonly string[], signal: AbortSignal): Promise<Asked<ReadonlySet<string>>>;
  /** SOP Instance UIDs that the archive holds of one study; empty where it does not know the study. */
  instances(studyUid: string, signal: AbortSignal): Promise<Asked<ReadonlySet<string>>>;
}
