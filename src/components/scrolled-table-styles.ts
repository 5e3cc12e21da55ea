import {css} from 'lit';

/** A table that scrolls below its own head. */
export const scrolledTableStyles = css`
  table {
    table-layout: fixed;
  }
  thead {
    background: var(--ground);
    position: sticky;
    top: 0;
    z-index: 1;
  }
  th {
    border-bottom: 1px solid var(--line);
    height: 26px;
    padding: 0 6px;
  }
`;
