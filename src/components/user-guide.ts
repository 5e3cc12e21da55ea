import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {customElement, property, query, state} from 'lit/decorators.js';
import {localized, msg, str} from '@lit/localize';
import {
  blockText,
  sectionsOf,
  type GuideBlock,
  type GuideInline,
  type GuideSection,
  type GuideTokens,
} from './guide-tokens.js';
import {icon} from './icon.js';
import {railSection} from './rail-styles.js';
import {shared} from './styles.js';
import {userGuideStyles} from './user-guide-styles.js';

/**
 * The user guide: its chapters, a search, and the text, drawn from plain data.
 *
 * @fires back
 */
@localized()
@customElement('pacs-user-guide')
export class UserGuide extends LitElement {
  static override styles = [...shared, railSection, userGuideStyles];

  /** Null while it is on its way; `unavailable` where it could not be had. */
  @property({attribute: false}) guide: GuideTokens | 'unavailable' | null = null;
  @state() private search = '';
  @query('h1') private readonly heading!: HTMLElement | null;

  focusHeading(): void {
    this.heading?.focus();
  }

  override render(): TemplateResult {
    const all = Array.isArray(this.guide) ? sectionsOf(this.guide as GuideTokens) : [];
    const wanted = this.search.trim().toLocaleLowerCase();
    const found = all
      .filter(section => section.level > 1)
      .filter(section => wanted === '' || matches(section, wanted));
    return html`<div class="guide" role="region" aria-labelledby="guide-title">
        <div class="title">
          <button
            type="button"
            class="quiet"
            aria-label=${msg('Back to the job')}
            @click=${() => this.dispatchEvent(new Event('back'))}
          >
            ${icon('arrow-left')}
          </button>
          <h1 id="guide-title" tabindex="-1">${msg('User Guide')}</h1>
        </div>
        ${this.#missing()}
        ${wanted === '' ? all.filter(section => section.level === 1).map(section => section.blocks.map(drawBlock)) : nothing}
        ${found.map(section => this.#section(section))}
        ${
          wanted !== '' && found.length === 0
            ? html`<p>${msg(str`Nothing in the guide about “${this.search.trim()}”.`)}</p>`
            : nothing
        }
      </div>
      <nav aria-label=${msg('Chapters')}>
        <section>
          <h2 class="label">${msg('Chapters')}</h2>
          <div class="finder">
            ${icon('search')}<input
              type="search"
              aria-label=${msg('Search the guide')}
              placeholder=${msg('Search the guide')}
              .value=${this.search}
              @input=${(event: Event) => (this.search = (event.target as HTMLInputElement).value)}
            />
          </div>
          <ul>
            ${found.map(
              ({id, title, level}) =>
                html`<li class=${level > 2 ? 'deep' : ''}>
                  <a href=${`#${id}`} @click=${(event: Event) => this.#goTo(event, id)}>${title}</a>
                </li>`,
            )}
          </ul>
        </section>
      </nav>`;
  }

  #missing(): TemplateResult | typeof nothing {
    if (this.guide === null) return html`<p class="muted">${msg('Opening the guide')}</p>`;
    if (this.guide === 'unavailable')
      return html`<p>
        ${msg('The guide could not be loaded. Check the connection, go back, and open it again.')}
      </p>`;
    return nothing;
  }

  #section({id, title, level, blocks}: GuideSection): TemplateResult {
    const heading =
      level === 2
        ? html`<h2 id=${id} tabindex="-1">${title}</h2>`
        : html`<h3 id=${id} tabindex="-1">${title}</h3>`;
    return html`${heading}${blocks.map(drawBlock)}`;
  }

  #goTo(event: Event, id: string): void {
    event.preventDefault();
    const target = this.renderRoot.querySelector<HTMLElement>(`#${CSS.escape(id)}`);
    target?.scrollIntoView({block: 'start'});
    target?.focus({preventScroll: true});
  }
}

function matches(section: GuideSection, wanted: string): boolean {
  return [section.title, ...section.blocks.map(blockText)].some(text =>
    text.toLocaleLowerCase().includes(wanted),
  );
}

function drawBlock(block: GuideBlock): TemplateResult {
  switch (block.kind) {
    case 'heading':
      return html`<h4>${drawInlines(block.children)}</h4>`;
    case 'paragraph':
      return html`<p>${drawInlines(block.children)}</p>`;
    case 'code':
      return html`<pre><code>${block.text}</code></pre>`;
    case 'list': {
      const items = block.items.map(item => html`<li>${item.map(drawItem)}</li>`);
      return block.ordered
        ? html`<ol>
            ${items}
          </ol>`
        : html`<ul>
            ${items}
          </ul>`;
    }
    case 'table':
      return html`<div class="wide" tabindex="0" role="group" aria-label=${msg('Table')}>
        <table>
          <thead>
            <tr>
              ${block.head.map(cell => html`<th scope="col">${drawInlines(cell)}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${block.rows.map(
              row =>
                html`<tr>
                  ${row.map(cell => html`<td>${drawInlines(cell)}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`;
  }
}

/** A list item of one paragraph is drawn without the paragraph. */
function drawItem(block: GuideBlock): unknown {
  return block.kind === 'paragraph' ? drawInlines(block.children) : drawBlock(block);
}

function drawInlines(inlines: readonly GuideInline[]): unknown[] {
  return inlines.map(inline => {
    switch (inline.kind) {
      case 'text':
        return inline.text;
      case 'code':
        return html`<code>${inline.text}</code>`;
      case 'strong':
        return html`<b>${drawInlines(inline.children)}</b>`;
      case 'em':
        return html`<em>${drawInlines(inline.children)}</em>`;
      case 'link':
        return /^https?:\/\//.test(inline.href)
          ? html`<a href=${inline.href} target="_blank" rel="noopener noreferrer"
              >${drawInlines(inline.children)}</a
            >`
          : html`${drawInlines(inline.children)}`;
    }
  });
}

declare global {
  interface HTMLElementTagNameMap {
    'pacs-user-guide': UserGuide;
  }
}
