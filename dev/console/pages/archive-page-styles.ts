import {css} from 'lit';

/** Rows of 28 px, edge to edge; in a narrow window two lines of 48 px. */
export const archivePageStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    height: 100%;
    padding-top: 20px;
  }
  .totals {
    display: flex;
    flex-wrap: wrap;
    gap: 12px 32px;
    margin: 0 24px 12px;
  }
  .totals > div {
    display: flex;
    flex-direction: column-reverse;
  }
  .totals dt {
    font-size: 12px;
    line-height: 16px;
  }
  .totals dd {
    margin: 0;
    font-size: 20px;
    line-height: 23px;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    color: var(--vscode-settings-headerForeground);
  }
  .search {
    position: relative;
    width: min(240px, calc(100% - 48px));
    margin: 0 24px 8px;
  }
  .search vscode-icon {
    position: absolute;
    left: 6px;
    top: 5px;
    pointer-events: none;
  }
  input {
    width: 100%;
    height: 26px;
    padding: 0 8px 0 26px;
    font: inherit;
    background: var(--vscode-input-background);
    color: var(--vscode-input-foreground);
    border: 1px solid var(--vscode-input-border);
    border-radius: 4px;
  }
  input::placeholder {
    color: var(--vscode-input-placeholderForeground);
  }
  input:focus {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }
  .table {
    display: flex;
    flex-direction: column;
    min-height: 0;
    border-top: 1px solid var(--vscode-panel-border);
    --columns: 84px 140px 84px 100px 72px minmax(80px, 200px) 84px;
  }
  .table.without-arrival {
    --columns: 180px 110px 100px 72px minmax(80px, 240px) 84px;
  }
  .table:has(lit-virtualizer) {
    flex: 1;
  }
  lit-virtualizer {
    flex: 1;
  }
  .row {
    display: grid;
    grid-template-columns: var(--columns);
    align-items: center;
    width: 100%;
    height: 28px;
    padding: 0 24px;
  }
  .row > span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    padding-right: 12px;
  }
  .row > .instances {
    padding-right: 0;
    text-align: right;
  }
  .received,
  .id,
  .date,
  .instances {
    font-variant-numeric: tabular-nums;
  }
  .row:not(.head):hover {
    background: var(--vscode-list-hoverBackground);
    color: var(--vscode-list-hoverForeground);
  }
  .head {
    height: 26px;
    font-size: 12px;
    color: color-mix(in srgb, var(--vscode-foreground) 78%, var(--vscode-editor-background));
    border-bottom: 1px solid var(--vscode-panel-border);
  }
  .head .sorted {
    display: flex;
    align-items: center;
    gap: 2px;
    color: var(--vscode-settings-headerForeground);
  }
  .none {
    padding: 16px 24px;
  }
  .none p {
    margin-bottom: 8px;
  }
  @media (max-width: 600px) {
    :host {
      padding-top: 12px;
    }
    .totals,
    .search {
      margin-inline: 16px;
    }
    .search {
      width: calc(100% - 32px);
    }
    .head {
      display: none;
    }
    .table .row:not(.head) {
      grid-template: 'patient id date' 20px 'description description instances' 20px / auto 1fr auto;
      align-content: center;
      height: 48px;
      padding: 0 16px;
    }
    .row > .received,
    .row > .modality {
      display: none;
    }
    .row > .patient {
      grid-area: patient;
    }
    .row > .id {
      grid-area: id;
    }
    .row > .date {
      grid-area: date;
      padding-right: 0;
    }
    .row > .description {
      grid-area: description;
      font-size: 12px;
    }
    .row > .description[data-modality]::before {
      content: attr(data-modality) ' · ';
    }
    .row > .instances {
      grid-area: instances;
      font-size: 12px;
    }
  }
`;
