import {expect} from '@open-wc/testing';
import {formatDayAndTime} from '../../src/components/format-when.js';
import {
  buttons,
  button,
  deepAll,
  deepOne,
  nameOf,
  settle,
  showPanel,
  statusOf,
  textOf,
  visible,
} from './panel-fixture.js';
import {EMPTY_VIEW, NOON, STATES, viewOf, VIEWS, type ViewName} from './sample-views.js';

/** What Current Procedure begins with, and the job's buttons that stand in each state. */
const EXPECTED: Partial<Record<ViewName, readonly [string, readonly string[]]>> = {
  planning: ['Planning: Looking through DICOM Images', ['Pause Job', 'Cancel Job']],
  running: ['Running, started ', ['Pause Job', 'Cancel Job']],
  server: [
    'Waiting for the server: The archive cannot be reached. The job goes on by itself',
    ['Try now', 'Pause Job', 'Cancel Job'],
  ],
  medium: [
    'Waiting for the medium: Insert the medium named KINGSTON.',
    ['Browse...', 'Pause Job', 'Cancel Job'],
  ],
  permission: [
    'Waiting for the medium: The browser no longer lets this page read the folder.',
    ['Try now', 'Browse...', 'Pause Job', 'Cancel Job'],
  ],
  signIn: ['Waiting for a sign-in: The archive no longer accepts', ['Sign in', 'Pause Job', 'Cancel Job']],
  paused: ['Paused: By you', ['Restart Previous Job', 'Cancel Job']],
  empty: ['Interrupted: DICOM Images stopped', ['Restart Previous Job']],
  completed: ['Completed: ', []],
  failures: ['Completed with failures: ', []],
  cancelled: ['Cancelled: By you', []],
};

const JOB_BUTTONS = ['Try now', 'Sign in', 'Browse...', 'Pause Job', 'Restart Previous Job', 'Cancel Job'];

describe('the panel in each state', () => {
  for (const [name, [text, names]] of Object.entries(EXPECTED)) {
    it(`${name}: says "${text}" and offers ${names.join(', ') || 'nothing of the job'}`, async () => {
      const {panel} = await showPanel(VIEWS[name as ViewName]);
      expect(textOf(statusOf(panel)).startsWith(text), textOf(statusOf(panel))).to.be.true;
      expect(statusOf(panel).getAttribute('aria-label')).to.equal('Current Procedure');
      const slot = deepOne(panel, '.job');
      expect(buttons(slot).map(nameOf).sort()).to.deep.equal([...names].sort());
    });
  }

  it('says "Completed" alone only if nothing failed', async () => {
    const {panel} = await showPanel(VIEWS.completed);
    expect(textOf(statusOf(panel))).not.to.contain('failures');
  });

  it('begins with none of the words of a job before there is one', async () => {
    for (const view of [VIEWS.nothing, VIEWS.chosen]) {
      const {panel} = await showPanel(view);
      expect(textOf(statusOf(panel))).not.to.match(
        /^(Planning|Running|Waiting|Paused|Interrupted|Completed|Cancelled)/,
      );
    }
  });

  for (const width of [1232, 480]) {
    it(`has each fixed name at most once, and Start New Job always, ${width} px wide`, async () => {
      for (const [name, view] of Object.entries(VIEWS)) {
        const {panel} = await showPanel(view, width);
        for (const details of deepAll(panel, '.rail > details')) details.setAttribute('open', '');
        await settle(panel);
        for (const fixed of [
          ...JOB_BUTTONS,
          'View Report...',
          'Minimize to tray',
          'User Guide...',
          'Close',
        ]) {
          expect(buttons(panel, fixed).length, `${name}: ${fixed}`).to.be.at.most(1);
        }
        expect(buttons(panel, 'Start New Job').length, name).to.equal(1);
        panel.remove();
      }
    });
  }

  it('keeps counts and the countdown out of the live region', async () => {
    const {panel, controller} = await showPanel(viewOf(STATES.server));
    const before = textOf(statusOf(panel));
    expect(before).not.to.contain('Next try');
    const countdown = deepOne(panel, 'pacs-next-try');
    expect(countdown.shadowRoot!.textContent).to.match(/Next try in/);
    expect(countdown.closest('[role=status]')).to.be.null;
    const job = controller.view.job!;
    controller.show({
      job: {...job, record: {...job.record, amounts: {...job.record.amounts, bytesDone: 2e12}}},
    });
    await new Promise(resolve => setTimeout(resolve, 600));
    await settle(panel);
    expect(textOf(statusOf(panel))).to.equal(before);
  });

  it('does not touch the live region while only numbers change', async () => {
    const {panel, controller} = await showPanel(VIEWS.running);
    let touched = 0;
    const observer = new MutationObserver(records => (touched += records.length));
    observer.observe(statusOf(panel), {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
    const job = controller.view.job!;
    for (let i = 1; i <= 5; i++) {
      const counts = {...job.record.counts, stored: job.record.counts.stored + i};
      controller.show({job: {...job, record: {...job.record, counts}}});
    }
    await new Promise(resolve => setTimeout(resolve, 600));
    await settle(panel);
    observer.disconnect();
    expect(textOf(deepOne(panel, 'pacs-outcome-counts').shadowRoot!.querySelector('li')!)).to.equal(
      '790,117 stored',
    );
    expect(touched).to.equal(0);
  });

  it('shows a change of state at once, without waiting for the pace of numbers', async () => {
    const {panel, controller} = await showPanel(VIEWS.running);
    controller.show({job: viewOf(STATES.paused).job});
    await panel.updateComplete;
    await settle(panel);
    expect(textOf(statusOf(panel))).to.match(/^Paused/);
  });

  it('names when the job was started and what is on its way', async () => {
    const {panel} = await showPanel(VIEWS.running);
    expect(textOf(statusOf(panel))).to.equal(
      `Running, started ${formatDayAndTime(NOON - 10.5 * 3_600_000, Date.now())}`,
    );
    const text = textOf(deepOne(panel, 'dl'));
    expect(text).to.contain('18 Nov 2024 · CT · Thorax native · ROE^RICHARD, 2290514');
    expect(text).to.contain('DICOM Images/2024/11/18/00047211/CT_THORAX/SER00003');
  });

  it('calls an estimate one, and does not count what is not known yet', async () => {
    const {panel} = await showPanel(VIEWS.planning);
    const rows = deepAll(deepOne(panel, 'pacs-amounts-table'), 'tbody tr').map(textOf);
    expect(rows).to.deep.equal([
      'Studies 4 about 6,000 about 6,000',
      'Folders 12 – 8,211 so far',
      'Files 800 – 214,030 so far',
      'Bytes 400 MB – –',
    ]);
    expect(deepOne(panel, '[role=progressbar]').hasAttribute('aria-valuenow')).to.be.false;
  });

  it('draws the rate with its waits hatched', async () => {
    const {panel} = await showPanel(VIEWS.running);
    const plot = deepOne(panel, 'pacs-rate-plot');
    expect(deepAll(plot, 'polyline').length).to.equal(2);
    expect(deepAll(plot, '.wait').length).to.equal(1);
    expect(textOf(deepOne(plot, '.wait-label'))).to.equal('waited 21 min');
  });

  it('shows the source itself by its name among the folders', async () => {
    const {panel} = await showPanel(VIEWS.running);
    const rows = deepAll(deepOne(panel, 'pacs-recent-folders'), 'tbody tr');
    expect(textOf(rows.at(-1)!)).to.contain('DICOM Images');
    expect(textOf(rows[0]!)).to.contain('2024/11/18/00047211/CT_THORAX/SER00002');
  });

  it('says why Start New Job does not work yet', async () => {
    const {panel, controller} = await showPanel(EMPTY_VIEW);
    const start = button(panel, 'Start New Job');
    expect(start.disabled).to.be.true;
    const why = (start.getRootNode() as ShadowRoot).getElementById(start.getAttribute('aria-describedby')!)!;
    expect(textOf(why)).to.equal('Choose a folder first.');
    controller.show({source: {name: 'KINGSTON', forJob: null}});
    await settle(panel);
    expect(button(panel, 'Start New Job').disabled).to.be.false;
  });

  it('says why links cannot be made and why there is no picker', async () => {
    const {panel} = await showPanel(VIEWS.problem);
    const [copy, link] = deepAll(panel, 'input[type=radio]') as HTMLInputElement[];
    expect(copy!.checked && !copy!.disabled).to.be.true;
    expect(link!.disabled).to.be.true;
    const about = (link!.getRootNode() as ShadowRoot).getElementById('about-link')!;
    expect(textOf(about)).to.match(/^Not possible here/);
    expect(button(panel, 'Browse...').disabled).to.be.true;
    expect(deepAll(panel, '#why').filter(visible).length).to.equal(1);
  });

  it('keeps hostile names as text', async () => {
    const bad = '<img src=x onerror=alert(1)>';
    const view = viewOf(STATES.running, {source: {name: bad, fingerprint: null}});
    const job = {
      ...view.job!,
      currentFolder: bad,
      currentStudy: {...view.job!.currentStudy!, patientName: bad, description: bad},
      recentFolders: [{...view.job!.recentFolders[0]!, path: bad}],
    };
    const {panel} = await showPanel({...view, job, problem: {what: bad, remedy: bad}});
    expect(deepAll(panel, 'img').length).to.equal(0);
    expect(textOf(deepOne(panel, 'dl'))).to.contain(bad);
  });
});
