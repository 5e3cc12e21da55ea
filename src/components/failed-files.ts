import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {localized, msg, str} from '@lit/localize';
import type {OutcomeGroup} from '../job/ports/checkpoint-store.js';
import {reasonFor} from '../job/reasons.js';
import {formatNumber} from './format-number.js';
import {filesText} from './quantities.js';
import {shared} from './styles.js';

/** More names than this help nobody on a screen; the export has them all. */
const MOST_FILES = 200;

/** The files of one folder that failed or were skipped, by reason. */
@localized()
@customElement('pacs-failed-files')
export class FailedFiles extends LitElement {
  static override styles = [
    ...shared,
    css`
      :host {
        background: color-mix(in srgb, var(--text) 4%, transparent);
        display: block;
        padding: 6px var(--gutter) 10px calc(56px + var(--gutter));
      }
      h3 {
        font-size: 12px;
        font-weight: 600;
        line-height: 16px;
        margin: 6px 0 2px;
      }
      li {
        font-size: 12px;
        line-height: 18px;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({attribute: false}) load: (() => Promise<readonly OutcomeGroup[]>) | null = null;
  @property({type: Boolean}) hideNames = false;
  @state() private groups: readonly OutcomeGroup[] | 'loading' | 'fault' = 'loading';

  override firstUpdated(): void {
    void this.#fetch();
  }

  async #fetch(): Promise<void> {
    try {
      this.groups = (await this.load?.()) ?? [];
    } catch {
      // The sentence below says so; opening the row again asks again.
      this.groups = 'fault';
    }
  }

  override render(): TemplateResult {
    if (this.groups === 'loading')
      return html`<p class="small muted">${msg('Reading the list of files')}</p>`;
    if (this.groups === 'fault')
      return html`<p class="small">
        ${msg('The files cannot be listed now. Close this row and open it again.')}
      </p>`;
    const told = this.groups.filter(({outcome}) => outcome.kind === 'failed' || outcome.kind === 'skipped');
    const sorted = [
      ...told.filter(g => g.outcome.kind === 'failed'),
      ...told.filter(g => g.outcome.kind === 'skipped'),
    ];
    return html`${sorted.map(group => this.#group(group))}`;
  }

  #group({outcome, files}: OutcomeGroup): TemplateResult | typeof nothing {
    if (outcome.kind === 'already-there') return nothing;
    const detail = outcome.kind === 'failed' ? outcome.detail : undefined;
    const kind = outcome.kind === 'failed' ? msg('failed') : msg('skipped');
    const more = files.length - MOST_FILES;
    return html`<h3>${reasonFor(outcome.reason).sentence()} · ${filesText(files.length)} ${kind}</h3>
      ${detail === undefined ? nothing : html`<p class="small muted">${msg(str`The archive says: ${detail}`)}</p>`}
      ${
        this.hideNames
          ? nothing
          : html`<ul>
              ${files.slice(0, MOST_FILES).map(({name}) => html`<li>${name}</li>`)}
              ${more > 0 ? html`<li class="muted">${msg(str`and ${formatNumber(more)} more, in the exports`)}</li>` : nothing}
            </ul>`
      }`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pacs-failed-files': FailedFiles;
  }
}
