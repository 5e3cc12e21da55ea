/** The tokens that the panel uses, as VS Code's Dark Modern and Light Modern have them. */
const DARK = {
  'foreground': '#cccccc',
  'settings-headerForeground': '#ffffff',
  'editor-background': '#1f1f1f',
  'sideBar-background': '#181818',
  'panel-border': '#2b2b2b',
  'focusBorder': '#0078d4',
  'button-background': '#0078d4',
  'button-foreground': '#ffffff',
  'button-hoverBackground': '#026ec1',
  'button-border': '#ffffff12',
  'button-secondaryBackground': '#313131',
  'button-secondaryForeground': '#cccccc',
  'button-secondaryHoverBackground': '#3c3c3c',
  'input-background': '#313131',
  'input-foreground': '#cccccc',
  'input-border': '#3c3c3c',
  'checkbox-background': '#313131',
  'toolbar-hoverBackground': '#5a5d5e50',
  'list-inactiveSelectionBackground': '#37373d',
  'progressBar-background': '#0078d4',
  'charts-blue': '#3794ff',
  'textLink-foreground': '#4daafc',
  'testing-iconPassed': '#73c991',
  'list-warningForeground': '#cca700',
  'list-errorForeground': '#f88070',
};

const LIGHT: typeof DARK = {
  'foreground': '#3b3b3b',
  'settings-headerForeground': '#1f1f1f',
  'editor-background': '#ffffff',
  'sideBar-background': '#f8f8f8',
  'panel-border': '#e5e5e5',
  'focusBorder': '#005fb8',
  'button-background': '#005fb8',
  'button-foreground': '#ffffff',
  'button-hoverBackground': '#0258a8',
  'button-border': '#0000001a',
  'button-secondaryBackground': '#e5e5e5',
  'button-secondaryForeground': '#3b3b3b',
  'button-secondaryHoverBackground': '#cccccc',
  'input-background': '#ffffff',
  'input-foreground': '#3b3b3b',
  'input-border': '#cecece',
  'checkbox-background': '#f8f8f8',
  'toolbar-hoverBackground': '#b8b8b850',
  'list-inactiveSelectionBackground': '#e4e6f1',
  'progressBar-background': '#005fb8',
  'charts-blue': '#1a85ff',
  'textLink-foreground': '#005fb8',
  'testing-iconPassed': '#388a34',
  'list-warningForeground': '#855f00',
  'list-errorForeground': '#b01011',
};

export type Theme = 'dark' | 'light' | 'bare';

/** Sets the tokens on the page, or takes all of them away. */
export function setTheme(theme: Theme): void {
  const root = document.documentElement.style;
  for (const name of Object.keys(DARK)) root.removeProperty(`--vscode-${name}`);
  root.colorScheme = theme === 'bare' ? 'light dark' : theme;
  if (theme === 'bare') return;
  for (const [name, value] of Object.entries(theme === 'dark' ? DARK : LIGHT)) {
    root.setProperty(`--vscode-${name}`, value);
  }
  root.setProperty('--vscode-font-family', 'Inter, system-ui, sans-serif');
}
