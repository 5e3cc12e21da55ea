import type {SendResult, Verdict} from '../job/ports/destination.js';
import {readStoreAnswer} from './dicomweb-destination.js';
import {DEFAULT_PATIENCE, type Patience} from './http-exchange.js';
import {silenceFault} from './http-faults.js';
import type {RegisterLinks} from './link-destination.js';
import {SignedRequests, type Authorization} from './signed-requests.js';

/**
 * Links by dcm4chee-arc's storage import: `POST {rsUrl}/instances/storage/{storageId}` with one path a line,
 * relative to the URI of that storage. The answer is a store response. A path that cannot be read stands in none
 * of its sequences, be the status 200 or not, and failures carry no path: all is matched by SOP Instance UID.
 */
export function dcm4cheeImport(
  rsUrl: string,
  storageId: string,
  authorization: Authorization,
  patience: Patience = DEFAULT_PATIENCE,
): RegisterLinks {
  const requests = new SignedRequests(authorization, patience);
  return async (links, signal): Promise<SendResult> => {
    const body = links.map(link => link.serverPath).join('\n');
    // Anything else in Accept is answered with 406.
    const headers = {'Accept': 'application/dicom+json', 'Content-Type': 'text/plain'};
    const url = `${rsUrl}/instances/storage/${encodeURIComponent(storageId)}?readPixelData=false`;
    const reply = await requests.send({method: 'POST', url, headers, body}, signal);
    if (reply.kind === 'aborted') return {kind: 'aborted'};
    if (reply.kind === 'silence') return {kind: 'fault', fault: silenceFault(reply)};
    const result = readStoreAnswer(
      reply,
      links.map(link => link.parcel),
    );
    if (result.kind !== 'answered') return result;
    const linked: Verdict = {kind: 'linked'};
    return {...result, verdicts: result.verdicts.map(v => (v.kind === 'stored' ? linked : v))};
  };
}
