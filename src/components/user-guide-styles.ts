import {css} from 'lit';

export const userGuideStyles = css`
  :host {
    display: grid;
    flex: 1;
    grid-template-columns: 1fr 288px;
    min-height: 0;
  }
  .guide {
    overflow: auto;
    padding: 16px var(--gutter) 32px;
  }
  .guide > * {
    max-width: 760px;
  }
  .title {
    align-items: center;
    display: flex;
    gap: 12px;
    padding-bottom: 8px;
  }
  .title .quiet {
    margin-left: -8px;
  }
  h1 {
    color: var(--strong);
    font-size: 20px;
    font-weight: 600;
    line-height: 28px;
    outline: none;
  }
  .guide h2,
  .guide h3 {
    color: var(--strong);
    font-size: 16px;
    font-weight: 600;
    line-height: 20px;
    padding: 24px 0 8px;
  }
  .guide h3 {
    font-size: 13px;
    line-height: 18px;
    padding: 16px 0 4px;
  }
  .guide p,
  .guide ul,
  .guide ol {
    padding-bottom: 8px;
  }
  .guide ul,
  .guide ol {
    list-style: disc;
    margin: 0;
    padding-left: 20px;
  }
  .guide ol {
    list-style: decimal;
  }
  .guide li {
    padding-bottom: 4px;
  }
  .wide {
    margin-bottom: 8px;
    overflow-x: auto;
  }
  .guide th,
  .guide td {
    border-bottom: 1px solid var(--line);
    padding: 5px 12px 5px 0;
    vertical-align: top;
  }
  pre {
    overflow: auto;
  }
  a {
    color: var(--vscode-textLink-foreground, var(--accent));
  }
  nav {
    background: var(--rail-ground);
    border-left: 1px solid var(--line);
    min-height: 0;
    overflow: auto;
  }
  nav section {
    border: 0;
  }
  nav a {
    color: var(--text);
    display: block;
    padding: 3px 0;
    text-decoration: none;
  }
  nav a:hover {
    text-decoration: underline;
  }
  nav .deep {
    padding-left: 12px;
  }
  .finder {
    align-items: center;
    display: flex;
    padding: 4px 0 8px;
    position: relative;
  }
  .finder .icon {
    left: 7px;
    position: absolute;
  }
  .finder input {
    padding-left: 28px;
  }
  @container (width < 720px) {
    :host {
      display: flex;
      flex-direction: column-reverse;
      overflow: auto;
    }
    .guide {
      overflow: visible;
    }
    nav {
      border: 0;
      border-bottom: 1px solid var(--line);
      overflow: visible;
    }
  }
`;
