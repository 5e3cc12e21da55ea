import type {JsonDataSet, JsonElement} from './dicom-json.js';
import {FAILURE} from './failure.js';

/** What became of one part of a STOW-RS request. */
export type PartOutcome =
  | {
      readonly kind: 'referenced';
      readonly sopClassUid: string;
      readonly sopInstanceUid: string;
      readonly studyInstanceUid: string;
      readonly retrieveUrl: string;
      readonly warning: number | null;
    }
  /** UIDs are empty where they are not legible. */
  | {
      readonly kind: 'failed';
      readonly reason: number;
      readonly sopClassUid: string;
      readonly sopInstanceUid: string;
    };

const ui = (uid: string): JsonElement => (uid === '' ? {vr: 'UI'} : {vr: 'UI', Value: [uid]});
const us = (code: number): JsonElement => ({vr: 'US', Value: [code]});
const ur = (url: string): JsonElement => ({vr: 'UR', Value: [url]});
const sq = (items: readonly JsonDataSet[]): JsonElement =>
  items.length === 0 ? {vr: 'SQ'} : {vr: 'SQ', Value: items};

/** The answer of PS3.18 10.5.3, with the modules of Annex I.2. `base` is the service's URL. */
export function storeResponse(
  outcomes: readonly PartOutcome[],
  base: string,
): {status: number; body: JsonDataSet} {
  const referenced: JsonDataSet[] = [];
  const failed: JsonDataSet[] = [];
  const other: JsonDataSet[] = [];
  const studies = new Set<string>();
  let warned = false;
  for (const outcome of outcomes) {
    const {sopClassUid, sopInstanceUid} = outcome;
    const named = {'00081150': ui(sopClassUid), '00081155': ui(sopInstanceUid)};
    if (outcome.kind === 'referenced') {
      studies.add(outcome.studyInstanceUid);
      warned ||= outcome.warning !== null;
      const warning = outcome.warning === null ? {} : {'00081196': us(outcome.warning)};
      referenced.push({...named, '00081190': ur(outcome.retrieveUrl), ...warning});
    } else if (sopInstanceUid === '') other.push({'00081197': us(outcome.reason)});
    else failed.push({...named, '00081197': us(outcome.reason)});
  }
  const [onlyStudy] = studies;
  const body: JsonDataSet = {
    '00081190':
      studies.size === 1 && onlyStudy !== undefined ? ur(`${base}/studies/${onlyStudy}`) : {vr: 'UR'},
    '00081198': sq(failed),
    '00081199': sq(referenced),
    ...(other.length > 0 ? {'0008119A': sq(other)} : {}),
  };
  return {status: statusOf(outcomes, warned), body};
}

/** PS3.18 Table 10.5.3-1; 507 (RFC 4918 11.5) where nothing was stored for want of room alone. */
function statusOf(outcomes: readonly PartOutcome[], warned: boolean): number {
  const failures = outcomes.filter(o => o.kind === 'failed');
  if (failures.length === 0) return warned ? 202 : 200;
  if (failures.length < outcomes.length) return 202;
  return failures.every(f => f.reason === FAILURE.outOfResources) ? 507 : 409;
}
