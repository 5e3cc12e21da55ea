import {expect} from '@open-wc/testing';
import type {ConsoleApi, StatusBarItem} from '../../../src/console/console-api.js';
import {problemSentence} from '../../../dev/console/model/extension-problem.js';
import {EXTENSIONS, openConsole, PATIENCE_MS, type OpenConsole} from './console-fixture.js';

interface Good {
  readonly log: string[];
  readonly probe: {readonly api: ConsoleApi; readonly item: StatusBarItem};
}

const folder = (name: string) => new URL(`${name}/`, EXTENSIONS).href;
const script = (name: string) => import(new URL(`${name}/extension.js`, EXTENSIONS).href) as Promise<unknown>;

describe('the extension host', function () {
  this.timeout(PATIENCE_MS);

  let opened: OpenConsole;
  afterEach(async () => {
    await opened.services.host.deactivateAll();
    opened.close();
    ((await script('good')) as Good).log.length = 0;
    ((await script('throwing')) as Good).log.length = 0;
  });

  const stateOf = (name: string) =>
    opened.services.host.extensions.find(extension => extension.folder === folder(name));

  it('goes on with what is good beside an extension that throws and one with a broken manifest', async () => {
    opened = await openConsole({list: 'list.json'});
    const {messages, commands} = opened.services;
    expect(stateOf('good')).to.include({state: 'inactive'});
    expect(stateOf('throwing')).to.include({state: 'failed'});
    expect(stateOf('broken')).to.include({state: 'broken', manifest: null});
    expect(messages.all.map(({kind, text}) => `${kind}: ${text}`).sort()).to.deep.equal([
      'error: The extension in ' + folder('broken') + ' cannot be used. ' + sentence('broken'),
      'error: Throwing Extension does not work. It failed while it was being activated: no luck today',
    ]);
    expect(sentence('broken'))
      .to.include('version: ')
      .and.to.include('engines.console: ')
      .and.to.include('browser: ');
    expect(await commands.execute('good.count', 1, 2)).to.equal(2);
  });

  const sentence = (name: string) => {
    const extension = stateOf(name);
    return extension?.state === 'broken' || extension?.state === 'failed'
      ? problemSentence(extension.problem)
      : '';
  };

  it('takes back what an extension registered before it threw, and tries again when asked', async () => {
    opened = await openConsole({list: 'list.json'});
    const {log} = (await script('throwing')) as Good;
    expect(log).to.deep.equal(['disposed']);
    expect(await opened.services.host.activate(folder('throwing'))).to.equal(false);
    expect(log).to.deep.equal(['disposed', 'disposed']);
  });

  it('tells where the list of extensions cannot be read', async () => {
    opened = await openConsole({list: 'nowhere.json'});
    expect(opened.services.host.extensions).to.have.length(0);
    expect(opened.services.messages.all[0]?.text).to.include('HTTP 404');
  });

  it('loads the script only when a command or a view asks for it', async () => {
    opened = await openConsole();
    expect(stateOf('good')?.state).to.equal('inactive');
    expect(opened.services.commands.find('good.open')?.title).to.equal('Good Tool');
    await opened.services.commands.execute('good.open');
    expect(stateOf('good')?.state).to.equal('active');
    const {log} = (await script('good')) as Good;
    expect(log).to.deep.equal([`activate ${folder('good')}`, 'view opened']);
  });

  it('activates once, however many ask at the same time', async () => {
    opened = await openConsole();
    const {commands, views} = opened.services;
    await Promise.all([
      commands.execute('good.count'),
      views.show('good.view'),
      commands.execute('good.count'),
    ]);
    const {log} = (await script('good')) as Good;
    expect(log.filter(line => line.startsWith('activate'))).to.have.length(1);
  });

  it('calls deactivate, then disposes of the subscriptions last first, then of what was forgotten', async () => {
    opened = await openConsole();
    await opened.services.views.show('good.view');
    expect(opened.services.statusBar.entries).to.have.length(1);
    const {log} = (await script('good')) as Good;
    log.length = 0;
    await opened.services.host.deactivate(folder('good'));
    expect(log).to.deep.equal(['deactivate', 'dispose last', 'view closed', 'dispose first']);
    expect(opened.services.statusBar.entries).to.have.length(0);
    expect(stateOf('good')?.state).to.equal('inactive');
    await opened.services.commands.execute('good.open');
    expect(stateOf('good')?.state).to.equal('active');
  });

  it('opens a view by the route in the address, at once', async () => {
    opened = await openConsole({route: '#/good'});
    expect(opened.services.views.open.map(({id}) => id)).to.deep.equal(['good.view']);
    expect(document.querySelector('.view-panel:not([hidden]) button')?.textContent).to.equal(
      'Inside the view',
    );
  });

  it('keeps a view’s element in the document while its tab is open, also behind another', async () => {
    opened = await openConsole({route: '#/good'});
    const {views} = opened.services;
    const element = views.open[0]!.element;
    let removed = 0;
    new MutationObserver(records => (removed += records.flatMap(r => [...r.removedNodes]).length)).observe(
      opened.element,
      {childList: true},
    );
    await views.show('console.archive');
    await views.show('good.view');
    await views.show('console.archive');
    await Promise.resolve();
    expect(element.isConnected).to.equal(true);
    expect(removed).to.equal(0);
    views.hide('good.view');
    expect(element.isConnected).to.equal(false);
  });

  it('gives the extension its settings, its state and the theme, and tells it of changes', async () => {
    opened = await openConsole({theme: 'light'});
    await opened.services.commands.execute('good.count');
    const {api} = ((await script('good')) as Good).probe;
    const heard: string[] = [];
    api.configuration.onDidChange(key => heard.push(key));
    api.theme.onDidChange(() => heard.push(api.theme.kind));
    expect([api.version, api.language, api.theme.kind]).to.deep.equal(['1', 'en', 'light']);
    expect(api.configuration.get('good.maxInFlight')).to.equal(6);
    await api.configuration.update('good.maxInFlight', 2);
    await opened.services.theme.choose('high-contrast');
    await api.globalState.update('seen', true);
    expect(api.globalState.get('seen')).to.equal(true);
    expect(heard).to.deep.equal(['good.maxInFlight', 'high-contrast', 'console.theme']);
  });

  it('passes an extension’s question on, and the answer back', async () => {
    opened = await openConsole();
    await opened.services.commands.execute('good.count');
    const {api} = ((await script('good')) as Good).probe;
    const answer = api.window.showMessage('warning', 'Cancel the job?', 'Cancel the job', 'Keep it');
    const message = opened.services.messages.all[0]!;
    expect(message).to.include({source: 'A good extension', kind: 'warning'});
    opened.services.messages.choose(message.id, 'Keep it');
    expect(await answer).to.equal('Keep it');
  });
});
