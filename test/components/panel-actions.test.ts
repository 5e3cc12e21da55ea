import {expect} from '@open-wc/testing';
import type {PacsMigrationPanel} from '../../src/components/pacs-migration-panel.js';
import {DEFAULT_OPTIONS} from '../../src/job/job-options.js';
import {button, buttons, deepAll, deepOne, settle, showPanel, textOf} from './panel-fixture.js';
import {EMPTY_VIEW, STATES, viewOf, VIEWS, type ViewName} from './sample-views.js';

async function press(panel: PacsMigrationPanel, name: string): Promise<void> {
  button(panel, name).click();
  await settle(panel);
}

function field(panel: PacsMigrationPanel, label: string): HTMLInputElement {
  const found = (deepAll(panel, 'input') as HTMLInputElement[]).filter(input =>
    [...(input.labels ?? [])].some(element => textOf(element) === label),
  );
  if (found.length !== 1) throw new Error(`${found.length} fields are called ${label}`);
  return found[0]!;
}

async function fill(panel: PacsMigrationPanel, label: string, value: string): Promise<void> {
  const input = field(panel, label);
  input.value = value;
  input.dispatchEvent(new Event('input', {bubbles: true}));
  await settle(panel);
}

describe('the buttons of the panel', () => {
  const effects: readonly [ViewName, string, string][] = [
    ['nothing', 'Browse...', 'browse'],
    ['chosen', 'Browse...', 'browse'],
    ['medium', 'Browse...', 'browse'],
    ['nothing', 'Try a sample stick', 'trySampleStick'],
    ['chosen', 'Start New Job', 'start'],
    ['empty', 'Restart Previous Job', 'restart'],
    ['paused', 'Restart Previous Job', 'restart'],
    ['running', 'Pause Job', 'pause'],
    ['server', 'Try now', 'tryNow'],
    ['permission', 'Try now', 'tryNow'],
    ['signIn', 'Sign in', 'signIn'],
    ['problem', 'Dismiss', 'dismissProblem'],
  ];
  for (const [view, name, method] of effects) {
    for (const width of [1232, 480]) {
      it(`${name} asks for ${method} (${view}, ${width} px)`, async () => {
        const {panel, controller} = await showPanel(VIEWS[view], width);
        await press(panel, name);
        expect(controller.asked).to.deep.equal([method]);
      });
    }
  }

  it('Cancel Job asks once, and does nothing if the job is to be kept', async () => {
    const {panel, controller} = await showPanel(VIEWS.paused);
    await press(panel, 'Cancel Job');
    expect(deepOne(panel, 'dialog').matches(':modal')).to.be.true;
    await press(panel, 'Keep it');
    expect(controller.asked).to.deep.equal([]);
    await press(panel, 'Cancel Job');
    await press(panel, 'Cancel the job');
    expect(controller.asked).to.deep.equal(['cancel']);
    expect(deepOne(panel, 'dialog').matches(':modal')).to.be.false;
  });

  it('has the focus on the harmless answer and gives it back afterwards', async () => {
    const {panel} = await showPanel(VIEWS.running);
    const cancel = button(panel, 'Cancel Job');
    cancel.focus();
    cancel.click();
    await settle(panel);
    const dialog = deepOne(panel, 'pacs-confirm-dialog');
    expect(textOf(dialog.shadowRoot!.activeElement!)).to.equal('Keep it');
    (dialog.shadowRoot!.querySelector('dialog') as HTMLDialogElement).close();
    await settle(panel);
    expect(panel.shadowRoot!.activeElement).to.equal(cancel);
  });

  it('Close pauses a job at work only after it has asked, then says so to the door', async () => {
    const {panel, controller} = await showPanel(VIEWS.running);
    let closed = 0;
    panel.addEventListener('close', () => closed++);
    await press(panel, 'Close');
    await press(panel, 'Keep working');
    expect([controller.asked, closed]).to.deep.equal([[], 0]);
    await press(panel, 'Close');
    await press(panel, 'Pause and leave');
    expect([controller.asked, closed]).to.deep.equal([['close'], 1]);
  });

  it('Close does not ask while nothing is at work', async () => {
    const {panel, controller} = await showPanel(VIEWS.completed);
    let closed = 0;
    panel.addEventListener('close', () => closed++);
    await press(panel, 'Close');
    expect([controller.asked, closed]).to.deep.equal([['close'], 1]);
  });

  it('Minimize to tray only tells the door', async () => {
    const {panel, controller} = await showPanel(VIEWS.running);
    let minimized = 0;
    panel.addEventListener('minimize', () => minimized++);
    await press(panel, 'Minimize to tray');
    expect([controller.asked, minimized]).to.deep.equal([[], 1]);
  });

  it('View Report... and User Guide... go there and back, and tell the door', async () => {
    const {panel} = await showPanel(VIEWS.running);
    const pages: string[] = [];
    panel.addEventListener('page-change', event => pages.push((event as Event & {page: string}).page));
    await press(panel, 'View Report...');
    expect(panel.getAttribute('page')).to.equal('report');
    await press(panel, 'User Guide...');
    await press(panel, 'User Guide...');
    expect(pages).to.deep.equal(['report', 'guide', 'panel']);
    expect(buttons(panel, 'Pause Job').length).to.equal(1);
  });

  it('keeps the focus on the buttons of the job when the state takes one away', async () => {
    const {panel, controller} = await showPanel(VIEWS.running);
    button(panel, 'Pause Job').focus();
    controller.show({job: viewOf(STATES.paused).job});
    await settle(panel);
    expect(textOf(panel.shadowRoot!.activeElement!)).to.equal('Restart Previous Job');
  });

  it('stops listening when it is taken from the page, and listens again when it is put back', async () => {
    const {panel, controller} = await showPanel(VIEWS.running);
    const box = panel.parentElement!;
    panel.remove();
    expect(controller.listeners).to.equal(0);
    box.append(panel);
    controller.show({job: viewOf(STATES.paused).job});
    await settle(panel);
    expect(buttons(panel, 'Restart Previous Job').length).to.equal(1);
  });
});

describe('a drop', () => {
  for (const page of ['panel', 'report', 'guide'] as const) {
    it(`anywhere on the panel becomes the source, within the event itself (${page})`, async () => {
      const {panel, controller} = await showPanel(VIEWS.failures);
      panel.page = page;
      await settle(panel);
      const transfer = new DataTransfer();
      transfer.items.add(new File(['x'], 'a.dcm'));
      const init = {dataTransfer: transfer, bubbles: true, cancelable: true, composed: true};
      const target = deepOne(panel, '.body');
      target.dispatchEvent(new DragEvent('dragenter', init));
      await settle(panel);
      expect(deepAll(panel, '.over').length).to.equal(1);
      expect(target.dispatchEvent(new DragEvent('dragover', init))).to.be.false;
      target.dispatchEvent(new DragEvent('drop', init));
      expect(controller.transfers).to.deep.equal([transfer]);
      await settle(panel);
      expect(deepAll(panel, '.over').length).to.equal(0);
    });
  }

  it('of text is left alone', async () => {
    const {panel, controller} = await showPanel(EMPTY_VIEW);
    const transfer = new DataTransfer();
    transfer.setData('text/plain', 'x');
    const event = new DragEvent('drop', {dataTransfer: transfer, cancelable: true});
    expect(panel.dispatchEvent(event)).to.be.true;
    expect(controller.transfers.length).to.equal(0);
  });
});

describe('the options', () => {
  it('are the defaults unless something is changed', async () => {
    const {panel, controller} = await showPanel(VIEWS.chosen);
    await press(panel, 'Start New Job');
    expect(controller.started).to.deep.equal([DEFAULT_OPTIONS]);
  });

  it('go into the job as they are chosen', async () => {
    const {panel, controller} = await showPanel(VIEWS.chosen);
    field(panel, 'Import only links of the DICOM files').click();
    field(panel, 'Use dates').click();
    await settle(panel);
    await fill(panel, 'Date from', '2024-01-31');
    field(panel, 'Verify each study after it was sent').click();
    await settle(panel);
    await press(panel, 'Start New Job');
    expect(controller.started).to.deep.equal([
      {...DEFAULT_OPTIONS, transfer: 'link', verify: false, dates: {from: '20240131', to: null}},
    ]);
  });

  it('refuse dates in the wrong order, with a sentence, and take one day alone', async () => {
    const {panel, controller} = await showPanel(VIEWS.chosen);
    expect(field(panel, 'Date from').disabled).to.be.true;
    field(panel, 'Use dates').click();
    await settle(panel);
    await fill(panel, 'Date from', '2024-02-02');
    await fill(panel, 'Date to', '2024-02-01');
    expect(button(panel, 'Start New Job').disabled).to.be.true;
    expect(field(panel, 'Date to').getAttribute('aria-invalid')).to.equal('true');
    expect(textOf(deepOne(panel, '#date-fault'))).to.equal('Date from lies after Date to.');
    await fill(panel, 'Date to', '2024-02-02');
    await press(panel, 'Start New Job');
    expect(controller.started[0]!.dates).to.deep.equal({from: '20240202', to: '20240202'});
  });

  it('take all dates where both fields are empty', async () => {
    const {panel, controller} = await showPanel(VIEWS.chosen);
    field(panel, 'Use dates').click();
    await settle(panel);
    await press(panel, 'Start New Job');
    expect(controller.started[0]!.dates).to.be.null;
  });
});
