import {css} from 'lit';

export const folderTableStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 0;
  }
  h2 {
    font-size: 13px;
    font-weight: 600;
    padding: 0 var(--gutter) 7px;
  }
  h2 .muted {
    font-weight: 400;
    margin-left: 4px;
  }
  .scroll {
    border-top: 1px solid var(--line);
    flex: 1;
    min-height: 0;
    overflow: auto;
  }
  .none {
    padding: 8px var(--gutter);
  }
  td {
    height: 28px;
    overflow-wrap: anywhere;
    padding: 2px 6px;
  }
  .failed td {
    height: 40px;
  }
  .windowed td {
    line-height: 16px;
    max-height: 36px;
    overflow: hidden;
    padding-block: 0;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .windowed tr.spacer td,
  tr.spacer td {
    border: 0;
    padding: 0;
  }
  .rank {
    color: var(--muted);
    padding-left: var(--gutter);
    width: calc(44px + var(--gutter));
  }
  .count {
    width: 96px;
  }
  .many {
    width: 84px;
  }
  .archive {
    padding-left: 20px;
    width: 148px;
  }
  .reason {
    padding-right: var(--gutter);
    width: 49%;
  }
  .reason .small {
    color: var(--muted);
    display: block;
  }
  .reason .sentence {
    display: block;
    line-height: 16px;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  td .icon {
    margin-right: 6px;
    vertical-align: -3px;
  }
  button.row {
    background: none;
    border: 0;
    border-radius: 2px;
    color: inherit;
    height: auto;
    justify-content: flex-start;
    margin-left: -22px;
    max-width: calc(100% + 22px);
    padding: 0;
    gap: 0;
    text-align: left;
    white-space: inherit;
  }
  button.row span {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  button.row[aria-expanded='true'] .icon {
    rotate: 90deg;
  }
  th.opens,
  td.opens {
    padding-left: 28px;
  }
  tbody tr:hover:not(.detail) {
    background: color-mix(in srgb, var(--text) 5%, transparent);
  }
  tr.detail td {
    height: auto;
    padding: 0;
    white-space: normal;
  }
  .windowed tr.detail td > * {
    height: 168px;
    overflow: auto;
  }
  @container (width < 720px) {
    :host {
      flex: none !important;
      max-height: none !important;
    }
    .scroll {
      max-height: 60vh;
    }
    .many,
    .wide {
      display: none;
    }
    .rank {
      padding-left: var(--gutter);
      width: calc(28px + var(--gutter));
    }
    .count {
      white-space: normal;
      width: 60px;
    }
    .archive {
      width: 124px;
    }
  }
`;
