/**
 * Turns the user guide's Markdown into plain data, the shape of `src/components/guide-tokens.ts`. What the panel cannot
 * draw is an error here, so that it is found when the extension is built and not by a reader.
 */
import {marked} from 'marked';

/** @returns {import('../src/components/guide-tokens.js').GuideTokens} */
export function guideTokens(markdown) {
  const ids = new Set();
  return marked.lexer(markdown).flatMap(token => block(token, ids));
}

function block(token, ids) {
  switch (token.type) {
    case 'space':
      return [];
    case 'heading':
      return [
        {kind: 'heading', level: token.depth, id: uniqueId(token.text, ids), children: inlines(token.tokens)},
      ];
    case 'paragraph':
      return [{kind: 'paragraph', children: inlines(token.tokens)}];
    // The text of a list item without blank lines.
    case 'text':
      return [{kind: 'paragraph', children: inlines(token.tokens ?? [token])}];
    case 'code':
      return [{kind: 'code', text: token.text}];
    case 'list':
      return [
        {
          kind: 'list',
          ordered: token.ordered,
          items: token.items.map(item => item.tokens.flatMap(inner => block(inner, ids))),
        },
      ];
    case 'table':
      return [
        {
          kind: 'table',
          head: token.header.map(cell => inlines(cell.tokens)),
          rows: token.rows.map(row => row.map(cell => inlines(cell.tokens))),
        },
      ];
    default:
      throw new Error(`The user guide cannot show “${token.type}”: ${token.raw.slice(0, 60)}`);
  }
}

function inlines(tokens) {
  return tokens.map(token => {
    switch (token.type) {
      case 'text':
      case 'escape':
        return {kind: 'text', text: token.text};
      case 'codespan':
        return {kind: 'code', text: token.text};
      case 'strong':
      case 'em':
        return {kind: token.type, children: inlines(token.tokens)};
      case 'link':
        return {kind: 'link', href: token.href, children: inlines(token.tokens)};
      default:
        throw new Error(`The user guide cannot show “${token.type}”: ${token.raw.slice(0, 60)}`);
    }
  });
}

function uniqueId(text, ids) {
  const base =
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '') || 'part';
  let id = base;
  for (let n = 2; ids.has(id); n++) id = `${base}-${n}`;
  ids.add(id);
  return id;
}
