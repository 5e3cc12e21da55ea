import {noChange} from 'lit';
import {directive, Directive, type ElementPart, type PartInfo, PartType} from 'lit/directive.js';

type BoxStyle = Readonly<Partial<Record<'left' | 'right' | 'top' | 'width' | 'height', string>>>;

/**
 * Sets places and sizes that are only known at run time, through the object model. lit's own `styleMap` writes the first
 * value as an attribute, which a Content-Security-Policy without `unsafe-inline` blocks.
 */
class BoxStyleDirective extends Directive {
  #set: readonly string[] = [];

  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.ELEMENT)
      throw new Error('boxStyle belongs to an element, not to an attribute');
  }

  /** Only `update` is called in a browser. */
  render(style: BoxStyle): BoxStyle {
    return style;
  }

  override update(part: ElementPart, [style]: [BoxStyle]): symbol {
    const element = part.element;
    if (!(element instanceof HTMLElement)) return noChange;
    for (const name of this.#set) if (!(name in style)) element.style.removeProperty(name);
    for (const [name, value] of Object.entries(style)) element.style.setProperty(name, value);
    this.#set = Object.keys(style);
    return noChange;
  }
}

export const boxStyle = directive(BoxStyleDirective);
