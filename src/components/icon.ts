import {html, svg, type TemplateResult} from 'lit';
import {ICON_PATHS} from './icon-paths.js';

export type IconName = keyof typeof ICON_PATHS;

/** What an icon says by its colour. Text beside it stays in the colour of text. */
export type Tone = 'plain' | 'accent' | 'good' | 'warning' | 'bad';

/** A decorative icon: the words beside it carry the meaning. `size` in pixels. */
export function icon(name: IconName, tone: Tone = 'plain', size: 16 | 20 | 40 = 16): TemplateResult {
  return html`<svg
    class="icon ${tone} icon-${name}"
    width=${size}
    height=${size}
    viewBox="0 0 16 16"
    aria-hidden="true"
  >
    ${ICON_PATHS[name].map(path => svg`<path fill-rule="evenodd" clip-rule="evenodd" d=${path}></path>`)}
  </svg>`;
}
