import type {GuideTokens} from '../src/components/guide-tokens.js';

/** Turns Markdown into plain data; throws on what the panel cannot draw. */
export function guideTokens(markdown: string): GuideTokens;
