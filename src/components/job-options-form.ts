import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {localized, msg} from '@lit/localize';
import type {ArchiveView} from '../controller/migration-controller.js';
import {formatNumber} from './format-number.js';
import {icon} from './icon.js';
import {
  dateFault,
  EMPTY_FORM,
  hasDefaultAdvanced,
  transferOf,
  type DateField,
  type OptionForm,
} from './option-form.js';
import {railSection} from './rail-styles.js';
import {shared} from './styles.js';
import {firstInOwnTask} from './own-task.js';

const IN_FLIGHT = [1, 2, 4, 6, 8, 12, 16];

/** Tells the panel what the form holds after each change. */
export class OptionsChangeEvent extends Event {
  constructor(readonly form: OptionForm) {
    super('options-change');
  }
}

/**
 * The options of the next job.
 *
 * @fires {OptionsChangeEvent} options-change
 */
@localized()
@customElement('pacs-job-options')
export class JobOptionsForm extends firstInOwnTask(LitElement) {
  static override styles = [
    ...shared,
    railSection,
    css`
      fieldset {
        border: 0;
        margin: 0;
        min-width: 0;
        padding: 0;
      }
      label {
        align-items: flex-start;
        display: flex;
        gap: 9px;
        padding: 1px 0;
      }
      .choice {
        padding: 2px 0;
      }
      .why {
        padding: 2px 0 4px 27px;
      }
      .dates {
        display: grid;
        gap: 2px 8px;
        grid-template-columns: repeat(2, minmax(0, 1fr));
        padding-top: 2px;
      }
      .dates label {
        display: block;
        font-size: 12px;
        line-height: 20px;
      }
      .fault {
        display: flex;
        gap: 6px;
        padding-top: 6px;
      }
      section.advanced {
        padding: 0 16px;
      }
      .advanced .inside {
        display: grid;
        gap: 8px;
        padding: 2px 0 14px;
      }
    `,
  ];

  @property({attribute: false}) archive!: ArchiveView;
  @property({attribute: false}) form: OptionForm = EMPTY_FORM;

  override render(): TemplateResult {
    return html`<section>
        <h2 class="label" id="options">${msg('Options')}</h2>
        ${this.#transfer()}${this.#dates()}
      </section>
      ${this.#advanced()}`;
  }

  #change(change: Partial<OptionForm>): void {
    // Kept here at once: a second change may come before the panel has answered the first.
    this.form = {...this.form, ...change};
    this.dispatchEvent(new OptionsChangeEvent(this.form));
  }

  #transfer(): TemplateResult {
    const {capabilities, reachable} = this.archive;
    const chosen = transferOf(this.form, capabilities);
    const noLink =
      reachable === 'asking'
        ? msg('Asking the archive whether it can reach the files.')
        : msg('Not possible here: this archive cannot reach the files where they lie.');
    return html`<fieldset aria-labelledby="options">
      ${this.#choice(
        'copy',
        chosen,
        msg('Copy the DICOM files to the image folder of the archive'),
        capabilities.copy,
        capabilities.copy ? '' : msg('Not possible here: this archive takes no copies.'),
      )}
      ${this.#choice(
        'link',
        chosen,
        msg('Import only links of the DICOM files'),
        capabilities.link,
        capabilities.link ? msg('The files stay where they are and must not be deleted.') : noLink,
      )}
    </fieldset>`;
  }

  #choice(
    value: OptionForm['transfer'],
    chosen: OptionForm['transfer'],
    label: string,
    possible: boolean,
    note: string,
  ): TemplateResult {
    return html`<div class="choice">
      <label
        ><input
          type="radio"
          name="transfer"
          .value=${value}
          .checked=${chosen === value}
          ?disabled=${!possible}
          aria-describedby=${note === '' ? nothing : `about-${value}`}
          @change=${() => this.#change({transfer: value})}
        /><span>${label}</span></label
      >
      ${note === '' ? nothing : html`<p class="why muted small" id=${`about-${value}`}>${note}</p>`}
    </div>`;
  }

  #dates(): TemplateResult {
    const fault = dateFault(this.form);
    const field = (name: DateField, label: string): TemplateResult =>
      html`<div>
        <label for=${name} class="muted">${label}</label
        ><input
          id=${name}
          type="date"
          .value=${this.form[name]}
          ?disabled=${!this.form.useDates}
          aria-invalid=${fault?.fields.includes(name) ? 'true' : 'false'}
          aria-describedby=${fault?.fields.includes(name) ? 'date-fault' : nothing}
          @input=${(event: Event) => this.#dateTyped(name, event)}
          @blur=${(event: Event) => this.#dateTyped(name, event)}
        />
      </div>`;
    return html`<label
        ><input
          type="checkbox"
          .checked=${this.form.useDates}
          @change=${(event: Event) => this.#change({useDates: (event.target as HTMLInputElement).checked})}
        /><span>${msg('Use dates')}</span></label
      >
      <div class="dates">${field('from', msg('Date from'))}${field('to', msg('Date to'))}</div>
      ${
        fault
          ? html`<p class="fault small" id="date-fault">
              ${icon('error', 'bad')}<span>${fault.sentence}</span>
            </p>`
          : nothing
      }`;
  }

  #dateTyped(name: DateField, event: Event): void {
    const input = event.target as HTMLInputElement;
    // While a date is being typed the browser has no value: it is called unfinished only when the field is left.
    const unfinished = event.type === 'blur' && input.validity.badInput;
    if (this.form[name] === input.value && this.form.unfinished[name] === unfinished) return;
    if (event.type === 'input' && input.validity.badInput) return;
    this.#change({[name]: input.value, unfinished: {...this.form.unfinished, [name]: unfinished}});
  }

  #advanced(): TemplateResult {
    const {form} = this;
    const noQuery = !this.archive.capabilities.query;
    const checked = (event: Event): boolean => (event.target as HTMLInputElement).checked;
    return html`<section class="advanced">
      <details>
        <summary>
          ${icon('chevron-right')}<span class="label">${msg('Advanced')}</span>
          <span class="muted small"
            >${hasDefaultAdvanced(form) ? msg('all on defaults') : msg('changed')}</span
          >
        </summary>
        <div class="inside">
          <label
            ><input
              type="checkbox"
              .checked=${form.skipExisting}
              ?disabled=${noQuery}
              @change=${(event: Event) => this.#change({skipExisting: checked(event)})}
            /><span>${msg('Skip what the archive already holds')}</span></label
          >
          <label
            ><input
              type="checkbox"
              .checked=${form.verify}
              ?disabled=${noQuery}
              @change=${(event: Event) => this.#change({verify: checked(event)})}
            /><span>${msg('Verify each study after it was sent')}</span></label
          >
          ${
            noQuery
              ? html`<p class="muted small">
                  ${msg('This archive answers no queries, so it cannot be asked.')}
                </p>`
              : nothing
          }
          <div>
            <label for="in-flight" class="muted small">${msg('Most requests in flight')}</label>
            <select
              id="in-flight"
              @change=${(event: Event) =>
                this.#change({maxInFlight: Number((event.target as HTMLSelectElement).value)})}
            >
              ${IN_FLIGHT.map(
                n => html`<option value=${n} ?selected=${n === form.maxInFlight}>${formatNumber(n)}</option>`,
              )}
            </select>
          </div>
        </div>
      </details>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pacs-job-options': JobOptionsForm;
  }
}
