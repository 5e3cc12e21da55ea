import type {ReasonCode} from './reasons.js';

/** The reason with the greatest weight; the first one met wins a tie; null where there is none. */
export function commonestReason(weights: ReadonlyMap<ReasonCode, number>): ReasonCode | null {
  let best: ReasonCode | null = null;
  let most = 0;
  for (const [reason, weight] of weights) {
    if (weight > most) [best, most] = [reason, weight];
  }
  return best;
}
