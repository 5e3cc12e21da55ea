import {expect} from '@open-wc/testing';
import type {PacsMigrationPanel} from '../../src/components/pacs-migration-panel.js';
import {button, buttons, deepAll, deepOne, settle, showPanel, textOf, type Shown} from './panel-fixture.js';
import {counts, folderRecord, REPORT_OUTCOMES, REPORT_ROWS, STATES, viewOf, VIEWS} from './sample-views.js';

async function showReport(rows = REPORT_ROWS, view = VIEWS.failures): Promise<Shown> {
  const shown = await showPanel(view);
  shown.controller.rows = rows;
  shown.controller.outcomes = REPORT_OUTCOMES;
  shown.panel.page = 'report';
  await settle(shown.panel);
  return shown;
}

const table = (panel: PacsMigrationPanel, name: string): HTMLElement =>
  deepOne(panel, `table[aria-label="${name}"]`);

const rowsOf = (of: HTMLElement): string[] => deepAll(of, 'tbody tr:not(.spacer)').map(textOf);

describe('the report', () => {
  it('is a region called Migration Report with a sum that balances', async () => {
    const {panel} = await showReport();
    const region = deepOne(panel, '.report[role=region]');
    const heading = deepOne(region, 'h1');
    expect(region.getAttribute('aria-labelledby')).to.equal(heading.id);
    expect(textOf(heading)).to.equal('Migration Report');
    expect(deepAll(deepOne(panel, 'pacs-totals-equation'), 'li').map(textOf)).to.deep.equal([
      '1,330,118 files',
      '= 1,301,870 stored',
      '+ 27,412 already there',
      '+ 0 linked',
      '+ 764 skipped',
      '+ 72 failed',
    ]);
  });

  it('balances while the job runs, too', async () => {
    const {panel} = await showReport(REPORT_ROWS, VIEWS.running);
    expect(textOf(deepAll(deepOne(panel, 'pacs-totals-equation'), 'li').at(-1)!)).to.equal(
      '+ 517,712 not yet done',
    );
  });

  it('lists failed folders first, with reason and remedy', async () => {
    const {panel} = await showReport();
    expect(
      deepAll(panel, 'table[aria-label]').map(element => element.getAttribute('aria-label')),
    ).to.deep.equal(['Failed folders', 'Succeeded folders', 'Skipped folders']);
    expect(rowsOf(table(panel, 'Failed folders'))[2]).to.equal(
      '3 2011/03/02/raw/Varian 12 The files do not contain Study Instance UID Raw or ACR-NEMA files. Convert them, or keep them outside the archive.',
    );
    expect(rowsOf(table(panel, 'Succeeded folders'))[3]).to.equal(
      '4 2026/11/23/00061201/MR_KNEE 248 184 64 0 Verified',
    );
  });

  it('has no table of skipped folders where none was skipped', async () => {
    const {panel} = await showReport({...REPORT_ROWS, skipped: []});
    expect(deepAll(panel, 'table[aria-label="Skipped folders"]').length).to.equal(0);
  });

  it('shows all rows of a table of 500, each asked for once', async () => {
    const succeeded = REPORT_ROWS.succeeded.slice(0, 500);
    const {panel, controller} = await showReport({...REPORT_ROWS, succeeded});
    expect(rowsOf(table(panel, 'Succeeded folders')).length).to.equal(500);
    const asked = controller.folderQueries
      .filter(({verdict}) => verdict === 'succeeded')
      .map(({offset}) => offset);
    expect(asked).to.deep.equal([0, 100, 200, 300, 400]);
  });

  it('keeps a long table out of the document, and shows what is scrolled to', async () => {
    const {panel} = await showReport();
    const long = table(panel, 'Succeeded folders');
    expect(long.getAttribute('aria-rowcount')).to.equal('23498');
    expect(rowsOf(long).length).to.be.below(100);
    const scroller = long.parentElement!;
    expect(scroller.scrollHeight).to.be.closeTo(23_497 * 28 + 26, 60);
    scroller.scrollTop = 20_000 * 28;
    scroller.dispatchEvent(new Event('scroll'));
    await settle(panel);
    await settle(panel);
    expect(rowsOf(long).some(row => row.startsWith('20,003 2026/11/23/'))).to.be.true;
    expect(rowsOf(long).length).to.be.below(100);
    scroller.scrollTop = scroller.scrollHeight;
    scroller.dispatchEvent(new Event('scroll'));
    await settle(panel);
    await settle(panel);
    expect(rowsOf(long).at(-1)).to.match(/^23,497 2026/);
  });

  it('grows while the job runs', async () => {
    const {panel, controller} = await showReport({failed: [], succeeded: [], skipped: []}, VIEWS.running);
    expect(
      textOf(deepOne(panel, 'pacs-folder-table.succeeded').shadowRoot!.querySelector('.none')!),
    ).to.equal('None');
    controller.rows = {failed: [], succeeded: [folderRecord('a', {stored: 2})], skipped: []};
    const job = controller.view.job!;
    const plan = {...job.record.plan, foldersDone: job.record.plan.foldersDone + 1};
    controller.show({job: {...job, record: {...job.record, plan}}});
    await new Promise(resolve => setTimeout(resolve, 600));
    await settle(panel);
    expect(rowsOf(table(panel, 'Succeeded folders'))).to.deep.equal(['1 a 2 2 0 0 Verified']);
  });

  it('opens a failed folder to its files', async () => {
    const {panel} = await showReport();
    const row = buttons(panel, '2011/03/02/raw/Varian')[0]!;
    row.click();
    await settle(panel);
    expect(row.getAttribute('aria-expanded')).to.equal('true');
    const files = deepOne(panel, 'pacs-failed-files').shadowRoot!;
    expect(textOf(files.querySelector('h3')!)).to.contain(
      'The files do not contain Study Instance UID · 3 files failed',
    );
    expect([...files.querySelectorAll('li')].map(textOf)).to.deep.equal(['IM0001', 'IM0002', 'IM0003']);
  });

  it('names the source itself where its own files are meant', async () => {
    const {panel} = await showReport({failed: [], succeeded: [folderRecord('', {stored: 1})], skipped: []});
    expect(rowsOf(table(panel, 'Succeeded folders'))).to.deep.equal(['1 DICOM Images 1 1 0 0 Verified']);
  });

  it('exports under a name without patient data, with the switch as it stands', async () => {
    const {panel, controller} = await showReport();
    const names: string[] = [];
    const original = Object.getOwnPropertyDescriptor(HTMLElement.prototype, 'click')!;
    Object.defineProperty(HTMLAnchorElement.prototype, 'click', {
      configurable: true,
      value(this: HTMLAnchorElement) {
        names.push(this.download);
      },
    });
    try {
      button(panel, 'Export CSV').click();
      await settle(panel);
      (deepOne(panel, 'input[role=switch]') as HTMLInputElement).click();
      await settle(panel);
      button(panel, 'Export JSON').click();
      await settle(panel);
    } finally {
      Object.defineProperty(HTMLAnchorElement.prototype, 'click', original);
    }
    expect(controller.asked).to.deep.equal([
      'export job-1 csv with patient data',
      'export job-1 json without patient data',
    ]);
    expect(names[0]).to.match(/^migration-report-\d{4}-\d\d-\d\d-\d{4}\.csv$/);
    expect(names[1]).to.match(/\.json$/);
  });

  it('leaves out names of folders and source without patient data', async () => {
    const {panel} = await showReport();
    (deepOne(panel, 'input[role=switch]') as HTMLInputElement).click();
    await settle(panel);
    const text = textOf(deepOne(panel, 'pacs-migration-report').shadowRoot!.querySelector('.report')!);
    expect(text).not.to.contain('DICOM Images');
    expect(rowsOf(table(panel, 'Failed folders')).join()).not.to.contain('Varian');
  });

  it('prints whole tables as a document of its own, and leaves nothing behind', async () => {
    const {panel} = await showReport();
    let printed = '';
    let rows = 0;
    const print = window.print.bind(window);
    window.print = () => {
      const page = document.querySelector('pacs-printed-report')!.shadowRoot!;
      printed = textOf(page as unknown as Element);
      rows = page.querySelectorAll('tbody tr').length;
    };
    try {
      button(panel, 'Print').click();
      await settle(panel);
    } finally {
      window.print = print;
    }
    expect(printed).to.contain('Radiology Archive').and.to.contain('Name and signature');
    expect(printed).to.contain('and 21,497 more');
    expect(rows).to.equal(5 + 2000 + 1);
    expect(document.querySelector('pacs-printed-report')).to.be.null;
  });

  it('says so when the list cannot be read', async () => {
    const {panel, controller} = await showPanel(VIEWS.failures);
    controller.failFolders = true;
    panel.page = 'report';
    await settle(panel);
    expect(textOf(deepOne(panel, 'pacs-folder-table.failed').shadowRoot!.querySelector('.none')!)).to.contain(
      'cannot be read now',
    );
  });

  it('shows a past job that is picked from the list, and deletes it after asking', async () => {
    const {panel, controller} = await showReport();
    const past = buttons(panel).find(element => textOf(element).startsWith('CD_0417'))!;
    past.click();
    await settle(panel);
    expect(textOf(deepOne(panel, '.state'))).to.contain('CD_0417');
    button(panel, 'Delete this job').click();
    await settle(panel);
    button(panel, 'Delete it').click();
    await settle(panel);
    expect(controller.asked).to.deep.equal(['delete job-cd']);
  });

  it('keeps hostile names as text', async () => {
    const bad = '<img src=x onerror=alert(1)>';
    const rows = {...REPORT_ROWS, failed: [{...folderRecord(bad, counts({failed: 1}), 'empty')}]};
    const {panel} = await showReport(rows, viewOf(STATES.failures, {source: {name: bad, fingerprint: null}}));
    expect(deepAll(panel, 'img').length).to.equal(0);
    expect(rowsOf(table(panel, 'Failed folders'))[0]).to.contain(bad);
  });
});
