/**
 * The user guide as plain data, made from Markdown when the extension is built. It holds no HTML: the page is drawn
 * from it by templates, so that nothing in it can become markup.
 */
export type GuideInline =
  | {readonly kind: 'text' | 'code'; readonly text: string}
  | {readonly kind: 'strong' | 'em'; readonly children: readonly GuideInline[]}
  | {readonly kind: 'link'; readonly href: string; readonly children: readonly GuideInline[]};

export type GuideBlock =
  | {
      readonly kind: 'heading';
      readonly level: number;
      readonly id: string;
      readonly children: readonly GuideInline[];
    }
  | {readonly kind: 'paragraph'; readonly children: readonly GuideInline[]}
  | {readonly kind: 'code'; readonly text: string}
  | {readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly GuideBlock[])[]}
  | {
      readonly kind: 'table';
      readonly head: readonly (readonly GuideInline[])[];
      readonly rows: readonly (readonly (readonly GuideInline[])[])[];
    };

export type GuideTokens = readonly GuideBlock[];

/** The words of a piece of the guide, without their form. */
export function plainText(inlines: readonly GuideInline[]): string {
  return inlines.map(inline => ('text' in inline ? inline.text : plainText(inline.children))).join('');
}

/** All words of a block, for the search. */
export function blockText(block: GuideBlock): string {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return plainText(block.children);
    case 'code':
      return block.text;
    case 'list':
      return block.items.flatMap(item => item.map(blockText)).join('\n');
    case 'table':
      return [block.head, ...block.rows].map(row => row.map(plainText).join('\t')).join('\n');
  }
}

export interface GuideSection {
  readonly id: string;
  readonly title: string;
  readonly level: number;
  readonly blocks: readonly GuideBlock[];
}

/** The guide cut at its headings. What stands before the first heading is dropped. */
export function sectionsOf(tokens: GuideTokens): GuideSection[] {
  const sections: {id: string; title: string; level: number; blocks: GuideBlock[]}[] = [];
  for (const block of tokens) {
    if (block.kind === 'heading') {
      sections.push({id: block.id, title: plainText(block.children), level: block.level, blocks: []});
    } else {
      sections.at(-1)?.blocks.push(block);
    }
  }
  return sections;
}
