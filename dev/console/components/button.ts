import '@vscode-elements/elements/dist/vscode-button/index.js';
import {css, html, LitElement, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';

/** A button with a text, as the theme has it. It clicks as any element does. */
@customElement('console-button')
export class ConsoleButton extends LitElement {
  static override styles = css`
    :host {
      display: inline-block;
    }
  `;
  static override shadowRootOptions: ShadowRootInit = {...LitElement.shadowRootOptions, delegatesFocus: true};

  @property() label = '';
  @property({type: Boolean}) primary = false;
  @property({type: Boolean}) disabled = false;

  override render(): TemplateResult {
    return html`<vscode-button ?secondary=${!this.primary} ?disabled=${this.disabled}
      >${this.label}</vscode-button
    >`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'console-button': ConsoleButton;
  }
}
