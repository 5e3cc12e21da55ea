import {expect} from '@open-wc/testing';
import {answerAsArchive, json} from './fake-archive.js';
import {PATIENCE_MS, waitUntil, openConsole, type OpenConsole} from './console-fixture.js';

describe('the pages of the console', function () {
  this.timeout(PATIENCE_MS);

  let opened: OpenConsole;
  afterEach(async () => {
    await opened.services.host.deactivateAll();
    opened.close();
  });

  const page = (tag: string) => opened.element.querySelector(tag)?.shadowRoot ?? null;
  const rows = () => [
    ...(page('console-archive-page')?.querySelectorAll('lit-virtualizer [role="row"]') ?? []),
  ];
  const cells = (row: Element | undefined) =>
    [...(row?.querySelectorAll('[role="cell"]') ?? [])].map(cell => cell.textContent.trim());

  it('list the studies of the archive, the newest received first, as text', async () => {
    opened = await openConsole({route: '#/archive'});
    await waitUntil(() => rows().length > 5);
    const first = rows().find(row => row.getAttribute('aria-rowindex') === '2');
    expect(cells(first).slice(1)).to.deep.equal([
      'PATIENT^0',
      'ID-0',
      '18 Nov 2024',
      'CT, SR',
      '<img src=x onerror=alert(1)>',
      '1,000',
    ]);
    expect(page('console-archive-page')?.querySelector('img') === null).to.equal(true);
    const totals = [...(page('console-archive-page')?.querySelectorAll('dd') ?? [])].map(
      dd => dd.textContent,
    );
    expect(totals).to.deep.equal(['6,204', '250', '811,982', '1.18 TB']);
  });

  it('fetch only what is looked at, and the rest when it is scrolled to', async () => {
    opened = await openConsole({route: '#/archive'});
    await waitUntil(() => rows().length > 5);
    expect(rows().length).to.be.lessThan(100);
    expect(opened.archive.requests.filter(request => request.includes('offset=200'))).to.have.length(0);
    const list = page('console-archive-page')?.querySelector('lit-virtualizer');
    // The end moves while rows are measured, and a page that is not in front is not told that it was scrolled.
    await waitUntil(() => {
      list?.scrollTo({top: list.scrollHeight});
      list?.dispatchEvent(new Event('scroll'));
      return rows().some(row => cells(row)[1] === 'PATIENT^249');
    });
  });

  it('search the archive, and say so where nothing matches', async () => {
    opened = await openConsole({route: '#/archive'});
    await waitUntil(() => rows().length > 5);
    const input = page('console-archive-page')?.querySelector('input');
    const type = (text: string) => {
      if (!input) return;
      input.value = text;
      input.dispatchEvent(new InputEvent('input', {bubbles: true}));
    };
    type('PATIENT^24');
    await waitUntil(() => rows().length === 11);
    type('NOBODY');
    await waitUntil(
      () => page('console-archive-page')?.textContent.includes('No study matches “NOBODY”.') === true,
    );
  });

  it('show what has come in the meantime, without being asked', async () => {
    // Tests run side by side, and only one page of a browser is in front.
    Object.defineProperty(document, 'visibilityState', {get: () => 'visible', configurable: true});
    opened = await openConsole({route: '#/archive'});
    await waitUntil(() => rows().length > 5);
    opened.archive.answer = url =>
      url.pathname === '/archive/studies' ? json({total: 0, studies: []}) : answerAsArchive(url);
    await waitUntil(
      () => page('console-archive-page')?.textContent.includes('The archive is empty.') === true,
    );
  });

  it('say why there is no list', async () => {
    opened = await openConsole({route: '#/home'});
    opened.archive.answer = () => Promise.reject(new TypeError('refused'));
    await opened.services.views.show('console.archive');
    await waitUntil(() => page('console-archive-page')?.textContent.includes('cannot be reached') === true);
  });

  it('draw settings from their schemas, keep what fits, and say what does not', async () => {
    opened = await openConsole({route: '#/settings'});
    const {configuration} = opened.services;
    const setting = (key: string) => page('console-settings-page')?.querySelector(`[data-key="${key}"]`);
    const field = setting('good.maxInFlight')?.querySelector('vscode-textfield');
    const change = (value: string) => {
      if (!field) return;
      field.value = value;
      field.dispatchEvent(new Event('change', {bubbles: true}));
    };
    change('9');
    await waitUntil(() => setting('good.maxInFlight')?.querySelector('[role="alert"]') !== null);
    expect(setting('good.maxInFlight')?.querySelector('[role="alert"]')?.textContent).to.equal(
      'A number from 1 to 8 is needed.',
    );
    expect(configuration.get('good.maxInFlight')).to.equal(6);
    change('');
    await waitUntil(
      () => setting('good.maxInFlight')?.textContent.includes('A whole number is needed.') === true,
    );
    change('4');
    await waitUntil(() => setting('good.maxInFlight')?.querySelector('[role="alert"]') === null);
    expect(configuration.get('good.maxInFlight')).to.equal(4);
    expect(setting('good.maxInFlight')?.classList.contains('modified')).to.equal(true);

    setting('good.verify')?.querySelector('vscode-checkbox')?.shadowRoot?.querySelector('label')?.click();
    await waitUntil(() => configuration.get('good.verify') === false);
    const select = setting('console.theme')?.querySelector('vscode-single-select');
    if (select) select.value = 'high-contrast';
    select?.dispatchEvent(new Event('change', {bubbles: true}));
    await waitUntil(() => opened.services.theme.kind === 'high-contrast');
  });

  it('show each extension with what is wrong with it, and activate and deactivate it', async () => {
    opened = await openConsole({list: 'list.json', route: '#/extensions'});
    const items = () => [...(page('console-extensions-page')?.querySelectorAll('li') ?? [])];
    const state = (n: number) => items()[n]?.querySelector('.state')?.textContent.replace(/\s+/g, ' ').trim();
    expect(items()).to.have.length(3);
    expect(state(0)).to.equal('Waits until it is needed');
    expect(state(1)).to.include('Does not work. It failed while it was being activated: no luck today');
    expect(state(2)).to.include('Cannot be used. Its manifest.json is not valid: version: ');
    items()[0]?.querySelector('console-button')?.click();
    await waitUntil(() => state(0) === 'Active');
    items()[0]?.querySelector('console-button')?.click();
    await waitUntil(() => state(0) === 'Waits until it is needed');
    expect(items()[2]?.querySelector('console-button') === null).to.equal(true);
  });

  it('lead from Home to the tools', async () => {
    opened = await openConsole();
    const links = [...(page('console-home-page')?.querySelectorAll('a') ?? [])];
    expect(links.map(link => link.textContent.trim())).to.include.members([
      'Good Tool',
      'Archive',
      'Settings',
    ]);
    links.find(link => link.textContent.trim() === 'Good Tool')?.click();
    await waitUntil(() => opened.services.views.active === 'good.view');
  });
});
