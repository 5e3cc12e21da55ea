import {msg, str} from '@lit/localize';
import {formatNumber} from './format-number.js';

/** Numbers with their nouns, each form a string of its own for translators. */
export const filesText = (n: number): string =>
  n === 1 ? msg('1 file') : msg(str`${formatNumber(n)} files`);
export const foldersText = (n: number): string =>
  n === 1 ? msg('1 folder') : msg(str`${formatNumber(n)} folders`);
export const studiesText = (n: number): string =>
  n === 1 ? msg('1 study') : msg(str`${formatNumber(n)} studies`);
export const requestsText = (n: number): string =>
  n === 1 ? msg('1 request') : msg(str`${formatNumber(n)} requests`);
export const filesFailedText = (n: number): string =>
  n === 1 ? msg('1 file failed') : msg(str`${formatNumber(n)} files failed`);
