import {expect} from '@open-wc/testing';
import {deepAll, deepOne, settle, showPanel, textOf, visible} from './panel-fixture.js';
import {REPORT_OUTCOMES, REPORT_ROWS, VIEWS} from './sample-views.js';
import {setTheme} from './themes.js';

const SCREENS = [
  ...Object.entries(VIEWS).map(([name, view]) => ({name, view, page: 'panel' as const})),
  {name: 'report', view: VIEWS.failures, page: 'report' as const},
  {name: 'guide', view: VIEWS.nothing, page: 'guide' as const},
];

/** Screens that between them hold every component, for the looks that only rearrange or recolour. */
const FEW = ['empty', 'server', 'paused', 'report', 'guide'];

const LOOKS = [
  {theme: 'dark', width: 1232, names: null},
  {theme: 'light', width: 1232, names: null},
  {theme: 'dark', width: 480, names: FEW},
  {theme: 'bare', width: 1232, names: FEW},
] as const;

describe('accessibility', () => {
  afterEach(() => setTheme('bare'));

  for (const {theme, width, names} of LOOKS) {
    for (const {name, view, page} of SCREENS.filter(screen => names?.includes(screen.name) ?? true)) {
      it(`axe finds nothing: ${name}, ${theme}, ${width} px`, async () => {
        setTheme(theme);
        const {panel, controller} = await showPanel(view, width);
        controller.rows = REPORT_ROWS;
        controller.outcomes = REPORT_OUTCOMES;
        panel.page = page;
        await settle(panel);
        await expect(panel).to.be.accessible();
      });
    }
  }

  it('every control can be reached in the order of the document, none has a positive tabindex', async () => {
    const {panel} = await showPanel(VIEWS.empty);
    const controls = deepAll(panel, 'button, input, select, summary, [tabindex]').filter(visible);
    expect(controls.length).to.be.above(10);
    for (const control of controls) expect(control.tabIndex, control.outerHTML).to.be.at.most(0);
  });

  it('moves the focus to the heading of a page, and back to the button that led there', async () => {
    const {panel} = await showPanel(VIEWS.failures);
    panel.page = 'report';
    await settle(panel);
    const report = deepOne(panel, 'pacs-migration-report');
    expect(textOf(report.shadowRoot!.activeElement!)).to.equal('Migration Report');
    panel.page = 'panel';
    await settle(panel);
    expect(textOf(panel.shadowRoot!.activeElement!)).to.equal('View Report...');
  });
});

describe('the guide', () => {
  it('is drawn from tokens, hostile text included, and found by words', async () => {
    const {panel} = await showPanel(VIEWS.nothing);
    panel.page = 'guide';
    await settle(panel);
    const guide = deepOne(panel, 'pacs-user-guide');
    expect(deepAll(guide, 'img').length).to.equal(0);
    expect(textOf(deepOne(guide, '.guide[role=region]'))).to.contain('Waiting <img src=x onerror=alert(1)>');
    const search = deepOne(guide, 'input') as HTMLInputElement;
    search.value = 'sums';
    search.dispatchEvent(new Event('input', {bubbles: true}));
    await settle(panel);
    expect(deepAll(guide, 'nav a').map(textOf)).to.deep.equal(['The report']);
  });

  it('says so when it cannot be loaded', async () => {
    const {panel} = await showPanel(VIEWS.nothing);
    panel.loadGuide = () => Promise.reject(new Error('offline'));
    panel.page = 'guide';
    await settle(panel);
    expect(textOf(deepOne(panel, '.guide[role=region]'))).to.contain('could not be loaded');
  });
});
