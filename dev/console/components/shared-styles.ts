import {css} from 'lit';

/** What all elements of the console have in common. */
export const sharedStyles = css`
  :host {
    box-sizing: border-box;
    font: var(--vscode-font-size) / 18px var(--vscode-font-family);
    color: var(--vscode-foreground);
  }
  :host([hidden]) {
    display: none;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  button {
    font: inherit;
    color: inherit;
    background: none;
    border: 0;
    padding: 0;
    cursor: pointer;
  }
  button:focus-visible,
  [tabindex]:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }
  vscode-icon {
    --vscode-icon-foreground: currentColor;
    color: inherit;
    flex: none;
  }
  .icon-button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    width: 28px;
    height: 24px;
    border-radius: 5px;
  }
  .icon-button:hover {
    background: var(--vscode-toolbar-hoverBackground);
    outline: 1px dashed var(--vscode-toolbar-hoverOutline);
    outline-offset: -1px;
  }
  .secondary {
    color: color-mix(in srgb, var(--vscode-foreground) 78%, var(--vscode-editor-background));
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

/** For pages: headings, and buttons as the panel has them. */
export const pageStyles = css`
  :host {
    display: block;
  }
  h1 {
    margin: 0;
    font-size: 20px;
    line-height: 28px;
    font-weight: 600;
    color: var(--vscode-settings-headerForeground);
  }
  h2 {
    margin: 24px 0 8px;
    font-size: 13px;
    line-height: 18px;
    font-weight: 600;
    color: var(--vscode-settings-headerForeground);
  }
  p {
    margin: 0;
  }
  a {
    color: var(--vscode-textLink-foreground);
    text-decoration: none;
  }
  a:hover {
    color: var(--vscode-textLink-activeForeground);
    text-decoration: underline;
  }
  kbd {
    font: 11px / 16px var(--vscode-font-family);
    padding: 1px 5px;
    border-radius: 3px;
    background: var(--vscode-keybindingLabel-background);
    color: var(--vscode-keybindingLabel-foreground);
    border: 1px solid var(--vscode-keybindingLabel-border);
    border-bottom-color: var(--vscode-keybindingLabel-bottomBorder);
  }
`;
