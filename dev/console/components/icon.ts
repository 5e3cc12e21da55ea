import '@vscode-elements/elements/dist/vscode-icon/index.js';
import {html, type TemplateResult} from 'lit';

/** A codicon, decoration only: whatever holds it has the name. `size` in pixels. */
export function icon(name: string, size = 16): TemplateResult {
  return html`<vscode-icon name=${name} size=${size}></vscode-icon>`;
}
