import {css} from 'lit';

export const panelStyles = css`
  :host {
    background: var(--ground);
    color: var(--text);
    container-type: inline-size;
    display: block;
    height: 100%;
    min-height: 320px;
    overflow: hidden;
    position: relative;
  }
  .shell {
    --gutter: 24px;
    display: flex;
    flex-direction: column;
    height: 100%;
  }
  header {
    align-items: center;
    border-bottom: 1px solid var(--line);
    display: flex;
    flex: none;
    gap: 8px;
    height: 40px;
    padding: 0 11px 0 var(--gutter);
  }
  header .name {
    color: var(--strong);
    font-size: 13px;
    font-weight: 600;
    white-space: nowrap;
  }
  header .route {
    flex: 1;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  header .windows {
    display: flex;
    gap: 4px;
    margin-left: auto;
  }
  .problem {
    align-items: flex-start;
    border-bottom: 1px solid var(--line);
    display: flex;
    flex: none;
    gap: 8px;
    padding: 8px 16px 8px var(--gutter);
  }
  .problem p {
    flex: 1;
    padding: 4px 0;
  }
  .problem .icon {
    margin-top: 5px;
  }
  .body {
    display: grid;
    flex: 1;
    grid-template-columns: minmax(0, 1fr) 288px;
    min-height: 0;
  }
  .body.whole {
    display: flex;
  }
  .main {
    display: flex;
    flex-direction: column;
    min-height: 0;
    min-width: 0;
    overflow: auto;
    padding-top: 16px;
  }
  .main.report {
    padding-top: 0;
  }
  .main > * {
    flex: none;
  }
  .inset {
    margin-inline: var(--gutter);
  }
  pacs-progress-line {
    margin-top: 12px;
    margin-bottom: 24px;
  }
  .at-rest pacs-progress-line {
    margin-top: 10px;
  }
  .measures {
    display: grid;
    gap: 24px 32px;
    grid-template-columns: minmax(0, 464fr) minmax(0, 400fr);
    margin-top: -8px;
  }
  pacs-outcome-counts {
    margin-top: 14px;
    margin-bottom: 16px;
  }
  .main > pacs-recent-folders,
  .main > pacs-drop-zone,
  .main > pacs-migration-report {
    flex: 1 1 auto;
  }
  .main > pacs-recent-folders {
    flex-basis: 200px;
    min-height: 160px;
  }
  .main > pacs-migration-report {
    min-height: 480px;
  }
  pacs-current-procedure + pacs-drop-zone,
  pacs-current-procedure + pacs-source-bar {
    margin-top: 16px;
  }
  pacs-outcome-counts + pacs-source-bar {
    border: 0;
    padding-top: 0;
  }
  pacs-source-bar {
    border-top: 1px solid var(--line);
    padding: 16px 0;
  }
  .rail {
    background: var(--rail-ground);
    border-left: 1px solid var(--line);
    display: flex;
    flex-direction: column;
    min-height: 0;
  }
  .rail .sections {
    flex: 1;
    min-height: 0;
    overflow: auto;
  }
  .foot {
    border-top: 1px solid var(--line);
    flex: none;
    padding: 12px 16px 16px;
  }
  .foot .why {
    display: flex;
    gap: 8px;
    padding-bottom: 8px;
  }
  .foot button {
    height: 28px;
    width: 100%;
  }
  .removal {
    padding: 8px 16px 16px;
  }
  .over {
    align-items: center;
    background: color-mix(in srgb, var(--ground) 85%, transparent);
    color: var(--strong);
    display: flex;
    flex-direction: column;
    font-size: 18px;
    font-weight: 600;
    gap: 12px;
    inset: 0;
    justify-content: center;
    outline: 2px dashed var(--focus);
    outline-offset: -8px;
    pointer-events: none;
    position: absolute;
    z-index: 2;
  }
  @container (width < 720px) {
    .shell {
      --gutter: 16px;
    }
    header .route {
      display: none;
    }
    header .windows .text {
      clip-path: inset(50%);
      height: 1px;
      overflow: hidden;
      position: absolute;
      width: 1px;
    }
    .body {
      display: flex;
      flex-direction: column;
    }
    .main {
      flex: 1;
    }
    .main > pacs-recent-folders {
      flex: none;
    }
    .measures {
      grid-template-columns: minmax(0, 1fr);
    }
    .rail {
      border: 0;
      border-top: 1px solid var(--line);
      flex: none;
      max-height: 65%;
    }
    .rail > details {
      min-height: 0;
      overflow: auto;
    }
    .rail > details > summary {
      padding: 0 16px;
    }
    .rail > details > .sections {
      border-top: 1px solid var(--line);
    }
    .foot .start + .job {
      margin-top: 8px;
    }
    .foot .job {
      display: grid;
      gap: 8px;
      grid-auto-columns: minmax(0, 1fr);
      grid-auto-flow: column;
    }
  }
`;
