import {expect} from '@open-wc/testing';
import {Configuration} from '../../../dev/console/model/configuration.js';
import {JsonStorage} from '../../../dev/console/model/json-storage.js';
import {contributeConsoleSettings} from '../../../dev/console/console-settings.js';
import {Theme} from '../../../dev/console/model/theme.js';
import {TOKEN_NAMES} from '../../../dev/console/themes/tokens.js';

function create(): Theme {
  const configuration = new Configuration(new JsonStorage('console.setting.'));
  contributeConsoleSettings(configuration);
  return new Theme(configuration);
}

const token = (name: string) =>
  getComputedStyle(document.documentElement).getPropertyValue(`--vscode-${name}`);

describe('the theme', () => {
  let started: {dispose(): void} | null = null;
  beforeEach(() => localStorage.clear());
  afterEach(() => started?.dispose());

  it('follows the system until one is chosen, and is remembered from then on', async () => {
    const theme = create();
    expect(theme.choice).to.equal('system');
    expect(theme.kind).to.equal(matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark');
    started = theme.start();
    await theme.choose('high-contrast-light');
    expect(create().kind).to.equal('high-contrast-light');
    await theme.choose('system');
    expect(create().choice).to.equal('system');
  });

  for (const kind of ['light', 'dark', 'high-contrast', 'high-contrast-light'] as const) {
    it(`sets every token in ${kind}, and the classes that views go by`, async () => {
      const theme = create();
      started = theme.start();
      await theme.choose(kind);
      const invalid = TOKEN_NAMES.filter(name => !CSS.supports('color', token(name)));
      expect(invalid).to.deep.equal([]);
      expect(document.body.classList.contains(`vscode-${kind}`)).to.equal(true);
      expect(document.body.dataset['vscodeThemeKind']).to.equal(`vscode-${kind}`);
      expect(getComputedStyle(document.documentElement).colorScheme).to.equal(
        kind.endsWith('light') ? 'light' : 'dark',
      );
    });
  }

  it('replaces the old tokens, and takes its own away in the end', async () => {
    const theme = create();
    started = theme.start();
    await theme.choose('dark');
    const sheets = document.adoptedStyleSheets.length;
    const dark = token('editor-background');
    await theme.choose('light');
    expect(token('editor-background')).not.to.equal(dark);
    expect(document.adoptedStyleSheets).to.have.length(sheets);
    started.dispose();
    expect(token('editor-background')).to.equal('');
  });
});
