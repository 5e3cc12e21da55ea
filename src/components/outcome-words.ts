import {msg, str} from '@lit/localize';
import type {Counts} from '../job/outcome.js';
import {reasonFor, type ReasonCode} from '../job/reasons.js';
import type {IconName, Tone} from './icon.js';
import {formatNumber} from './format-number.js';

export type CountKey = Exclude<keyof Counts, 'files'>;

interface OutcomeLook {
  readonly icon: IconName;
  readonly tone: Tone;
  readonly word: () => string;
}

const LOOKS: Record<CountKey, OutcomeLook> = {
  stored: {icon: 'pass', tone: 'good', word: () => msg('stored')},
  alreadyThere: {icon: 'check-all', tone: 'plain', word: () => msg('already there')},
  linked: {icon: 'link', tone: 'plain', word: () => msg('linked')},
  skipped: {icon: 'debug-step-over', tone: 'plain', word: () => msg('skipped')},
  failed: {icon: 'error', tone: 'bad', word: () => msg('failed')},
};

const ORDER: readonly CountKey[] = ['stored', 'alreadyThere', 'linked', 'skipped', 'failed'];

/** The five outcomes in the order in which they are always shown. */
export const OUTCOMES = ORDER.map(key => ({key, ...LOOKS[key]}));

/** `35 stored, 3 failed: The file ends before its data does`: what became of the files of a folder. */
export function outcomesInWords(counts: Counts, reason: ReasonCode | null): string {
  const parts = OUTCOMES.filter(({key}) => counts[key] > 0).map(
    ({key, word}) => `${formatNumber(counts[key])} ${word()}`,
  );
  const text = parts.length === 0 ? msg('no files') : parts.join(', ');
  return reason === null ? text : msg(str`${text}: ${reasonFor(reason).sentence()}`);
}

/** All five with their numbers, zeros too: `1,024 stored, 352 already there, …`. */
export function allOutcomesInWords(counts: Counts): string {
  return OUTCOMES.map(({key, word}) => `${formatNumber(counts[key])} ${word()}`).join(', ');
}

/** The look of the outcome that matters most in a folder. */
export function lookOf(counts: Counts): OutcomeLook {
  const keys: readonly CountKey[] = ['failed', 'alreadyThere', 'stored', 'linked'];
  const worst = keys.find(key => counts[key] > 0) ?? 'skipped';
  return LOOKS[worst];
}
