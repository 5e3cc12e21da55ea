import {css} from 'lit';

/** A section of the rail: heading in capitals, hairline below. */
export const railSection = css`
  section {
    border-bottom: 1px solid var(--line);
    padding: 6px 16px 16px;
  }
  section > .label {
    display: block;
  }
  .facts {
    display: grid;
    gap: 4px 0;
    grid-template-columns: 92px 1fr;
    margin-right: -8px;
  }
  .facts dt {
    color: var(--muted);
  }
  .facts dd {
    overflow-wrap: anywhere;
  }
  summary {
    align-items: center;
    cursor: pointer;
    display: flex;
    gap: 6px;
    list-style: none;
    min-height: 34px;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary .small {
    margin-left: 6px;
  }
  details[open] > summary .icon-chevron-right {
    rotate: 90deg;
  }
`;
