import {html, nothing, type TemplateResult} from 'lit';
import {msg} from '@lit/localize';
import type {FolderRecord, FolderVerdict, Verification} from '../job/folder-record.js';
import {reasonFor} from '../job/reasons.js';
import {formatNumber} from './format-number.js';
import {icon} from './icon.js';

export function tableName(verdict: FolderVerdict): string {
  switch (verdict) {
    case 'failed':
      return msg('Failed folders');
    case 'succeeded':
      return msg('Succeeded folders');
    case 'skipped':
      return msg('Skipped folders');
  }
}

/** The heads of the columns, the same on the screen and on paper. */
export function foldersHead(verdict: FolderVerdict, linked: boolean): TemplateResult {
  const rank = html`<th scope="col" class="number rank">#</th>`;
  switch (verdict) {
    case 'failed':
      return html`${rank}
        <th scope="col" class="opens">${msg('Folder')}</th>
        <th scope="col" class="number count">${msg('Failed files')}</th>
        <th scope="col" class="reason">${msg('Reason and what to do')}</th>`;
    case 'succeeded':
      return html`${rank}
        <th scope="col">${msg('Folder')}</th>
        <th scope="col" class="number count">${msg('Files')}</th>
        <th scope="col" class="number many">${msg('Stored')}</th>
        <th scope="col" class="number count wide">${msg('Already there')}</th>
        ${linked ? html`<th scope="col" class="number many">${msg('Linked')}</th>` : nothing}
        <th scope="col" class="number many">${msg('Skipped')}</th>
        <th scope="col" class="archive">${msg('On the archive')}</th>`;
    case 'skipped':
      return html`${rank}
        <th scope="col">${msg('Folder')}</th>
        <th scope="col" class="number count">${msg('Files')}</th>
        <th scope="col" class="reason">${msg('Reason and what to do')}</th>`;
  }
}

/** The cells behind rank and name. */
export function foldersCells(verdict: FolderVerdict, folder: FolderRecord, linked: boolean): TemplateResult {
  const {counts} = folder;
  switch (verdict) {
    case 'failed':
      return html`<td class="number count">${formatNumber(counts.failed)}</td>
        ${reasonCell(folder)}`;
    case 'succeeded':
      return html`<td class="number count">${formatNumber(counts.files)}</td>
        <td class="number many">${formatNumber(counts.stored)}</td>
        <td class="number count wide">${formatNumber(counts.alreadyThere)}</td>
        ${linked ? html`<td class="number many">${formatNumber(counts.linked)}</td>` : nothing}
        <td class="number many">${formatNumber(counts.skipped)}</td>
        <td class="archive">${verificationInWords(folder.verification)}</td>`;
    case 'skipped':
      return html`<td class="number count">${formatNumber(counts.files)}</td>
        ${reasonCell(folder)}`;
  }
}

function reasonCell({reason}: FolderRecord): TemplateResult {
  if (reason === null) return html`<td class="reason muted">–</td>`;
  const {sentence, remedy} = reasonFor(reason);
  return html`<td class="reason">
    <span class="sentence" title=${sentence()}>${sentence()}</span> <span class="small">${remedy()}</span>
  </td>`;
}

function verificationInWords(verification: Verification): TemplateResult {
  switch (verification) {
    case 'verified':
      return html`${icon('verified', 'good')}${msg('Verified')}`;
    case 'incomplete':
      return html`${icon('warning', 'warning')}${msg('Incomplete')}`;
    case 'nothing-to-verify':
      return html`<span class="muted">${msg('Nothing to verify')}</span>`;
    case 'not-asked':
      return html`<span class="muted">${msg('Not asked')}</span>`;
  }
}
