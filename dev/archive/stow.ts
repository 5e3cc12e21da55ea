import type {Context} from 'koa';
import type {ArchiveParts} from './archive-parts.js';
import {FAILURE, failureOf, hexCode, WARNING_HEADER_DIFFERS} from './failure.js';
import {badRequest, HttpFault} from './http-fault.js';
import {parseAccept, parseMediaType} from './media-type.js';
import {CutShortError, PartReceiver, type ReceivedPart} from './receive-parts.js';
import type {Receipt} from './receipt-log.js';
import {PartSpool} from './spool.js';
import type {Arrival, StoreVerdict} from './storing.js';
import {storeResponse, type PartOutcome} from './stow-response.js';

const ANSWERS = new Set(['*/*', 'application/*', 'application/dicom+json', 'application/json']);

/** The boundary of a STOW-RS request; throws what is wrong with the request otherwise. */
function boundaryOf(ctx: Context): string {
  const unsupported = (message: string) =>
    new HttpFault(415, 'unsupported-media-type', message, {
      Accept: 'multipart/related; type="application/dicom"',
    });
  if (!parseAccept(ctx.get('accept') || undefined).some(media => ANSWERS.has(media.type))) {
    throw new HttpFault(406, 'not-acceptable', 'The answer is application/dicom+json.');
  }
  if (ctx.get('content-encoding') !== '') throw unsupported('The body must not be compressed.');
  const media = parseMediaType(ctx.get('content-type'));
  if (media?.type !== 'multipart/related') throw unsupported('The body must be multipart/related.');
  if (media.parameters.get('type')?.toLowerCase() !== 'application/dicom') {
    throw unsupported('The parts must be application/dicom, and `type` must say so.');
  }
  const boundary = media.parameters.get('boundary') ?? '';
  if (boundary === '' || boundary.length > 200)
    throw badRequest('bad-multipart', 'There is no usable boundary.');
  return boundary;
}

/** What a part that arrived says of itself, as far as it is legible. */
function namesOf(received: ReceivedPart) {
  if (received.kind === 'dropped') return {sopClassUid: '', sopInstanceUid: '', studyInstanceUid: ''};
  const {reading} = received.part;
  if ('fault' in reading) {
    return {sopClassUid: reading.sopClassUid, sopInstanceUid: reading.sopInstanceUid, studyInstanceUid: ''};
  }
  const {SOPClassUID = '', SOPInstanceUID = '', StudyInstanceUID = ''} = reading.values;
  return {sopClassUid: SOPClassUID, sopInstanceUid: SOPInstanceUID, studyInstanceUid: StudyInstanceUID};
}

/** An arrival that can be stored, or the reason why not. */
function judge(received: ReceivedPart, studyUid: string | null): Arrival | number {
  if (received.kind === 'dropped') return received.reason;
  const {reading, ...file} = received.part;
  if ('fault' in reading) return failureOf(reading.fault);
  if (studyUid !== null && reading.values['StudyInstanceUID'] !== studyUid) return FAILURE.dataSetMismatch;
  return {...file, reading};
}

/** What is whole but not wanted is thrown away; what cannot be read has left no file in the first place. */
async function discardRefused(
  parts: readonly ReceivedPart[],
  judged: readonly (Arrival | number)[],
): Promise<void> {
  for (const [i, received] of parts.entries()) {
    if (received.kind === 'whole' && typeof judged[i] === 'number')
      await PartSpool.remove(received.part.temporary);
  }
}

function outcomeOf(
  received: ReceivedPart,
  judged: Arrival | number,
  verdict: StoreVerdict | undefined,
  base: string,
): PartOutcome {
  const {studyInstanceUid, ...names} = namesOf(received);
  if (typeof judged === 'number') return {kind: 'failed', reason: judged, ...names};
  if (!verdict || verdict.kind === 'failed') {
    return {kind: 'failed', reason: verdict?.reason ?? FAILURE.processingFailure, ...names};
  }
  const series = judged.reading.values['SeriesInstanceUID'] ?? '';
  const retrieveUrl = `${base}/studies/${studyInstanceUid}/series/${series}/instances/${names.sopInstanceUid}`;
  const warning = judged.reading.headerDiffers ? WARNING_HEADER_DIFFERS : null;
  return {kind: 'referenced', ...names, studyInstanceUid, retrieveUrl, warning};
}

const verdictWord = (outcome: PartOutcome, verdict: StoreVerdict | undefined) =>
  outcome.kind === 'failed' ? `refused:${hexCode(outcome.reason)}` : (verdict?.kind ?? 'stored');

/** STOW-RS (PS3.18 10.5); `studyUid` is the one in the path, or null. `base` is the service's URL. */
export async function storeInstances(
  ctx: Context,
  {data, storing, receipts, room, limits, sync}: ArchiveParts,
  studyUid: string | null,
  base: string,
): Promise<void> {
  const boundary = boundaryOf(ctx);
  const declared = Number(ctx.get('content-length') || 0);
  if (declared > limits.requestBytes) {
    const message = `The request is larger than the limit of ${limits.requestBytes}.`;
    throw new HttpFault(413, 'too-large', message, {Connection: 'close'});
  }
  const batch = receipts.newBatch();
  const log = (entries: readonly (readonly [ReceivedPart, string])[]) => {
    const time = new Date().toISOString();
    receipts.append(
      entries.map(([received, verdict]): Receipt => {
        const {studyInstanceUid: study, sopInstanceUid: sop} = namesOf(received);
        return {n: receipts.newReceipt(), batch, time, study, sop, verdict};
      }),
    );
  };
  const receiver = new PartReceiver({boundary, folder: data.incoming, sync, limits, room});
  try {
    const parts = await receiver.receive(ctx.req);
    if (parts.length === 0) throw badRequest('no-parts', 'The body holds no part.');
    const judged = parts.map(part => judge(part, studyUid));
    const arrivals = judged.filter(j => typeof j !== 'number');
    await discardRefused(parts, judged);
    const verdicts = await storing.store(arrivals);
    const verdictOf = new Map(arrivals.map((arrival, i) => [arrival, verdicts[i]] as const));
    const outcomes = parts.map((part, i) => {
      const one = judged[i] ?? FAILURE.processingFailure;
      const verdict = typeof one === 'number' ? undefined : verdictOf.get(one);
      return {part, verdict, outcome: outcomeOf(part, one, verdict, base)};
    });
    log(outcomes.map(({part, verdict, outcome}) => [part, verdictWord(outcome, verdict)] as const));
    const {status, body} = storeResponse(
      outcomes.map(o => o.outcome),
      base,
    );
    ctx.status = status;
    ctx.type = 'application/dicom+json';
    ctx.body = JSON.stringify(body);
  } catch (error) {
    if (!(error instanceof CutShortError)) throw error;
    log(error.received.map(part => [part, 'cut'] as const));
    throw new HttpFault(400, 'cut-short', error.message, {Connection: 'close'});
  } finally {
    receiver.release();
  }
}
