import {css} from 'lit';

/**
 * The tokens of the host, each with a fallback, so that the panel looks right on a page that has none. Only the names
 * on the left are used elsewhere. `light-dark()` follows the page's own `color-scheme`.
 */
const tokens = css`
  :host {
    --text: var(--vscode-foreground, light-dark(#3b3b3b, #cccccc));
    --strong: var(--vscode-settings-headerForeground, light-dark(#1f1f1f, #ffffff));
    --ground: var(--vscode-editor-background, light-dark(#ffffff, #1f1f1f));
    --rail-ground: var(--vscode-sideBar-background, light-dark(#f8f8f8, #181818));
    --muted: color-mix(in srgb, var(--text) 78%, var(--ground));
    --line: var(--vscode-contrastBorder, var(--vscode-panel-border, light-dark(#e5e5e5, #2b2b2b)));
    --control-line: color-mix(in srgb, var(--text) 60%, var(--ground));
    --focus: var(--vscode-focusBorder, light-dark(#005fb8, #0078d4));
    --primary: var(--vscode-button-background, light-dark(#005fb8, #0078d4));
    --primary-hover: var(--vscode-button-hoverBackground, light-dark(#0258a8, #026ec1));
    --primary-text: var(--vscode-button-foreground, #ffffff);
    --secondary: var(--vscode-button-secondaryBackground, light-dark(#e5e5e5, #313131));
    --secondary-hover: var(--vscode-button-secondaryHoverBackground, light-dark(#cccccc, #3c3c3c));
    --secondary-text: var(--vscode-button-secondaryForeground, var(--text));
    --button-line: var(
      --vscode-contrastBorder,
      var(--vscode-button-border, light-dark(#0000001a, #ffffff12))
    );
    --field: var(--vscode-input-background, light-dark(#ffffff, #313131));
    --field-text: var(--vscode-input-foreground, var(--text));
    --field-line: var(--vscode-contrastBorder, var(--vscode-input-border, light-dark(#cecece, #3c3c3c)));
    --box: var(--vscode-checkbox-background, light-dark(#f8f8f8, #313131));
    --hover: var(--vscode-toolbar-hoverBackground, light-dark(#b8b8b850, #5a5d5e50));
    --chosen: var(--vscode-list-inactiveSelectionBackground, light-dark(#e4e6f1, #37373d));
    --progress: var(--vscode-progressBar-background, light-dark(#005fb8, #0078d4));
    --track: color-mix(in srgb, var(--text) 17%, var(--ground));
    --resting: color-mix(in srgb, var(--text) 58%, var(--ground));
    --plot: var(--vscode-charts-blue, light-dark(#1a85ff, #3794ff));
    --accent: var(--vscode-textLink-foreground, light-dark(#005fb8, #4daafc));
    --good: var(--vscode-testing-iconPassed, light-dark(#388a34, #73c991));
    --warning: var(--vscode-list-warningForeground, light-dark(#855f00, #cca700));
    --bad: var(--vscode-list-errorForeground, light-dark(#b01011, #f88070));
    --font: var(--vscode-font-family, system-ui, 'Segoe UI', Roboto, sans-serif);
    --code-font: var(--vscode-editor-font-family, ui-monospace, Consolas, monospace);
    --gutter: 24px;
    color: var(--text);
    font: 13px/18px var(--font);
    font-variant-numeric: tabular-nums;
  }
  @media (prefers-contrast: more), (forced-colors: active) {
    :host {
      --muted: var(--text);
      --control-line: var(--text);
      --resting: var(--text);
    }
  }
  @container (width < 720px) {
    :host {
      --gutter: 16px;
    }
  }
`;

const text = css`
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }
  ul {
    list-style: none;
  }
  b,
  strong {
    color: var(--strong);
    font-weight: 600;
  }
  .muted {
    color: var(--muted);
  }
  .small {
    font-size: 12px;
    line-height: 16px;
  }
  .label {
    color: var(--text);
    font-size: 11px;
    font-weight: 700;
    line-height: 22px;
    text-transform: uppercase;
  }
  .unseen {
    clip-path: inset(50%);
    height: 1px;
    overflow: hidden;
    position: absolute;
    white-space: nowrap;
    width: 1px;
  }
  .icon {
    fill: currentcolor;
    flex: none;
  }
  .icon.accent {
    color: var(--accent);
  }
  .icon.good {
    color: var(--good);
  }
  .icon.warning {
    color: var(--warning);
  }
  .icon.bad {
    color: var(--bad);
  }
  code {
    font-family: var(--code-font);
  }
  :focus-visible {
    outline: 1px solid var(--focus);
    outline-offset: 1px;
  }
  @media (forced-colors: active) {
    .icon.icon {
      color: CanvasText;
    }
    button .icon.icon {
      color: inherit;
    }
  }
`;

const controls = css`
  button {
    align-items: center;
    background: var(--secondary);
    border: 1px solid var(--button-line);
    border-radius: 4px;
    color: var(--secondary-text);
    cursor: pointer;
    display: inline-flex;
    font: inherit;
    gap: 8px;
    height: 26px;
    justify-content: center;
    padding: 0 13px;
    white-space: nowrap;
  }
  button:hover:enabled {
    background: var(--secondary-hover);
  }
  button.primary {
    background: var(--primary);
    color: var(--primary-text);
  }
  button.primary:hover:enabled {
    background: var(--primary-hover);
  }
  button:disabled {
    cursor: default;
    opacity: 0.45;
  }
  button.quiet {
    background: none;
    border-color: transparent;
    color: var(--text);
    padding: 0 7px;
  }
  button.quiet:hover:enabled,
  button.quiet[aria-pressed='true'] {
    background: var(--hover);
  }
  input[type='radio'],
  input[type='checkbox'] {
    appearance: none;
    background: var(--box);
    border: 1px solid var(--control-line);
    border-radius: 3px;
    color: var(--text);
    display: inline-grid;
    flex: none;
    height: 18px;
    margin: 0;
    place-content: center;
    width: 18px;
  }
  input[type='radio'] {
    border-radius: 50%;
  }
  input[type='radio']:checked::before {
    background: var(--strong);
    border-radius: 50%;
    content: '';
    height: 8px;
    width: 8px;
  }
  input[type='checkbox']:checked::before {
    border: solid var(--strong);
    border-width: 0 0 1.5px 1.5px;
    content: '';
    height: 6px;
    rotate: -45deg;
    translate: 0 -1px;
    width: 11px;
  }
  input[role='switch'] {
    border-radius: 10px;
    height: 20px;
    place-content: center start;
    width: 36px;
  }
  input[role='switch']::before,
  input[role='switch']:checked::before {
    background: var(--muted);
    border: 0;
    border-radius: 50%;
    content: '';
    height: 14px;
    margin-left: 2px;
    rotate: none;
    translate: none;
    width: 14px;
  }
  input[role='switch']:checked {
    background: var(--primary);
  }
  input[role='switch']:checked::before {
    background: var(--primary-text);
    margin-left: 18px;
  }
  input:disabled,
  input:disabled + span,
  select:disabled {
    opacity: 0.45;
  }
  input[type='date'],
  input[type='search'],
  select {
    background: var(--field);
    border: 1px solid var(--field-line);
    border-radius: 4px;
    color: var(--field-text);
    font: inherit;
    height: 28px;
    min-width: 0;
    padding: 0 5px;
    width: 100%;
  }
  input::placeholder {
    color: var(--muted);
  }
  input[aria-invalid='true'] {
    border-color: var(--bad);
  }
  @media (forced-colors: active) {
    button,
    input {
      forced-color-adjust: auto;
    }
    input[type='radio']:checked::before,
    input[role='switch']::before {
      background: ButtonText;
      forced-color-adjust: none;
    }
    input[type='checkbox']:checked::before {
      border-color: ButtonText;
    }
    button:disabled,
    input:disabled,
    input:disabled + span {
      color: GrayText;
      opacity: 1;
    }
    [aria-current='true'],
    [aria-pressed='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;

const tables = css`
  table {
    border-collapse: collapse;
    width: 100%;
  }
  th,
  td {
    padding: 0;
  }
  th {
    color: var(--muted);
    font-size: 12px;
    font-weight: 400;
    line-height: 16px;
    text-align: left;
  }
  th.number,
  td.number {
    text-align: right;
    white-space: nowrap;
  }
`;

/** Every component begins with these. */
export const shared = [tokens, text, controls, tables];
