import {msg, str} from '@lit/localize';
import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import '../components/setting-controls.js';
import {Observe} from '../components/observe.js';
import {pageStyles, sharedStyles} from '../components/shared-styles.js';
import type {ConfigurationContribution, ConfigurationProperty} from '../../../src/console/manifest.js';
import {checkSetting, type SettingProblem} from '../model/configuration.js';
import type {Services} from '../services.js';

function problemText(problem: SettingProblem): string {
  switch (problem.code) {
    case 'unknown-setting':
      return msg('There is no such setting.');
    case 'wrong-type':
      return problem.expected === 'integer'
        ? msg('A whole number is needed.')
        : msg('This value does not fit.');
    case 'out-of-range':
      return problem.minimum === null
        ? msg(str`The most is ${problem.maximum ?? ''}.`)
        : problem.maximum === null
          ? msg(str`The least is ${problem.minimum}.`)
          : msg(str`A number from ${problem.minimum} to ${problem.maximum} is needed.`);
    case 'not-a-choice':
      return msg(str`One of these is needed: ${problem.choices.join(', ')}.`);
  }
}

/** `pacsMigration.maxInFlight` reads “Max In Flight”. */
export function settingTitle(key: string): string {
  const last = key.split('.').at(-1) ?? key;
  const words = last.replace(/([a-z0-9])([A-Z])/g, '$1 $2');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The settings of the console and its extensions, drawn from their schemas. A value is kept as soon as it fits. */
@customElement('console-settings-page')
export class SettingsPage extends LitElement {
  static readonly tag = 'console-settings-page';
  static override styles = [
    sharedStyles,
    pageStyles,
    css`
      :host {
        padding: 24px;
        max-width: 720px;
      }
      h2 {
        font-size: 16px;
        line-height: 24px;
      }
      h3 {
        margin: 0;
        font-size: 13px;
        line-height: 18px;
        font-weight: 600;
        color: var(--vscode-settings-headerForeground);
      }
      .setting {
        padding: 10px 0 10px 12px;
        border-left: 2px solid transparent;
      }
      .setting.modified {
        border-left-color: var(--vscode-settings-modifiedItemIndicator);
      }
      .setting p {
        margin: 2px 0 8px;
      }
      .setting .problem {
        margin: 6px 0 0;
        color: var(--vscode-errorForeground);
      }
      vscode-textfield,
      vscode-single-select {
        width: min(280px, 100%);
      }
    `,
  ];

  @property({attribute: false}) services: Services | null = null;
  @state() private problems: ReadonlyMap<string, SettingProblem> = new Map();

  constructor() {
    super();
    new Observe(this, () => (this.services ? [this.services.configuration, this.services.host] : []));
  }

  override render(): TemplateResult | typeof nothing {
    const {services} = this;
    if (!services) return nothing;
    return html`<h1>${msg('Settings')}</h1>
      ${services.configuration.sections.map(section => this.#renderSection(services, section))}`;
  }

  #renderSection(services: Services, {title, properties}: ConfigurationContribution): TemplateResult {
    const entries = Object.entries(properties).sort(([, a], [, b]) => (a.order ?? 0) - (b.order ?? 0));
    return html`<section>
      <h2>${title}</h2>
      ${entries.map(([key, schema]) => this.#renderSetting(services, key, schema))}
    </section>`;
  }

  #renderSetting({configuration}: Services, key: string, schema: ConfigurationProperty): TemplateResult {
    const value = configuration.get(key);
    const problem = this.problems.get(key);
    return html`<div class="setting ${value === schema.default ? '' : 'modified'}" data-key=${key}>
      <h3>${settingTitle(key)}</h3>
      ${schema.type === 'boolean' ? nothing : html`<p>${schema.description}</p>`}
      ${this.#renderControl(key, schema, value)}
      ${problem ? html`<p class="problem" role="alert">${problemText(problem)}</p>` : nothing}
    </div>`;
  }

  #renderControl(key: string, schema: ConfigurationProperty, value: unknown): TemplateResult {
    const title = settingTitle(key);
    if (schema.type === 'boolean') {
      return html`<vscode-checkbox
        label=${schema.description}
        .checked=${live(value === true)}
        @change=${(event: Event) =>
          void this.#update(key, schema, (event.currentTarget as HTMLInputElement).checked)}
      ></vscode-checkbox>`;
    }
    const onChange = (event: Event) => {
      const text = (event.currentTarget as HTMLInputElement).value;
      void this.#update(key, schema, schema.type === 'integer' ? (text === '' ? NaN : Number(text)) : text);
    };
    if (schema.type === 'string' && schema.enum) {
      return html`<vscode-single-select label=${title} .value=${live(String(value))} @change=${onChange}>
        ${schema.enum.map(
          choice =>
            html`<vscode-option value=${choice} ?selected=${choice === value}>${choice}</vscode-option>`,
        )}
      </vscode-single-select>`;
    }
    const range = schema.type === 'integer' ? schema : null;
    return html`<vscode-textfield
      .label=${title}
      type=${schema.type === 'integer' ? 'number' : 'text'}
      min=${range?.minimum ?? nothing}
      max=${range?.maximum ?? nothing}
      ?invalid=${this.problems.has(key)}
      .value=${String(value)}
      @change=${onChange}
    ></vscode-textfield>`;
  }

  async #update(key: string, schema: ConfigurationProperty, value: unknown): Promise<void> {
    const problem = checkSetting(schema, value);
    const problems = new Map(this.problems);
    if (problem) problems.set(key, problem);
    else problems.delete(key);
    this.problems = problems;
    if (!problem) await this.services?.configuration.update(key, value);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'console-settings-page': SettingsPage;
  }
}
