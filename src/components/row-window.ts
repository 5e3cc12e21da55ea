/** Up to so many rows a table simply shows all of them; above it only a window of them stands in the document. */
export const SHOW_ALL = 500;

/** Rows that are asked for at a time. */
export const PAGE_ROWS = 100;

const MARGIN = 12;

export interface RowWindow {
  /** The first row shown, and the one behind the last. */
  readonly first: number;
  readonly end: number;
}

/** The rows that a viewport of `height` pixels needs, `scrolled` pixels below the first row, all `rowHeight` high. */
export function rowWindow(total: number, scrolled: number, height: number, rowHeight: number): RowWindow {
  if (total <= SHOW_ALL) return {first: 0, end: total};
  const top = Math.max(0, Math.min(scrolled, total * rowHeight - height));
  const first = Math.max(0, Math.floor(top / rowHeight) - MARGIN);
  const end = Math.min(total, Math.ceil((top + height) / rowHeight) + MARGIN);
  return {first, end};
}

/** The numbers of the pages that hold these rows. */
export function pagesOf({first, end}: RowWindow): number[] {
  const pages: number[] = [];
  for (let page = Math.floor(first / PAGE_ROWS); page * PAGE_ROWS < end; page++) pages.push(page);
  return pages;
}
