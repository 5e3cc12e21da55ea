import type {HttpAnswer} from './http-exchange.js';
import {isRecord, parseJson} from './json.js';

/**
 * The name of the error in an answer of Orthanc's own REST API, such as "Inexistent tag"; null where the answer
 * is none of Orthanc's. The names are a fixed list, so they hold nothing of a patient.
 */
export function orthancError(answer: Pick<HttpAnswer, 'text'>): string | null {
  const body = parseJson(answer.text);
  const error = isRecord(body) ? body['OrthancError'] : null;
  return typeof error === 'string' ? error.slice(0, 100) : null;
}
