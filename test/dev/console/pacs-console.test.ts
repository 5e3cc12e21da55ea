import {expect} from '@open-wc/testing';
import {
  PATIENCE_MS,
  waitUntil,
  focused,
  openConsole,
  press,
  settle,
  type OpenConsole,
} from './console-fixture.js';

describe('the console', function () {
  this.timeout(PATIENCE_MS);

  let opened: OpenConsole;
  afterEach(async () => {
    await opened.services.host.deactivateAll();
    opened.close();
  });

  const text = (selector: string) => opened.all(selector).map(element => element.textContent.trim());
  const menuLines = () => text('[role^="menuitem"].line .title');

  for (const theme of ['light', 'dark', 'high-contrast', 'high-contrast-light'] as const) {
    it(`is accessible in ${theme}: each page`, async () => {
      opened = await openConsole({theme, list: 'list.json'});
      const {views, layout, commands} = opened.services;
      layout.toggleOutput();
      await commands.execute('good.open');
      for (const {id} of views.contributed.filter(({owner}) => owner === null)) {
        await views.show(id);
        await settle(opened.element);
        await expect(opened.element).to.be.accessible();
      }
    });

    it(`is accessible in ${theme}: menu, palette, messages`, async () => {
      opened = await openConsole({theme, list: 'list.json', route: '#/good'});
      const {layout} = opened.services;
      layout.setOverlay('messages');
      press('F10');
      press('ArrowDown');
      await waitUntil(() => opened.find('console-menu') !== null);
      await expect(opened.element).to.be.accessible();
      press('Escape');
      layout.setOverlay('palette');
      await opened.get('dialog[open]');
      await expect(opened.element).to.be.accessible();
    });
  }

  it('opens what Utilities lists, by keyboard alone', async () => {
    opened = await openConsole();
    press('F10');
    await waitUntil(() => focused()?.textContent.trim() === 'File');
    press('ArrowRight');
    press('ArrowRight');
    expect(focused()?.textContent.trim()).to.equal('Utilities');
    press('ArrowDown');
    await waitUntil(() => focused()?.classList.contains('line') === true);
    expect(menuLines()).to.deep.equal(['Good Tool']);
    focused()?.click();
    await waitUntil(() => opened.services.views.active === 'good.view');
    expect(location.hash).to.equal('#/good');
  });

  it('walks through its menus by arrows, Home, End and letters, and gives the focus back on Escape', async () => {
    opened = await openConsole();
    press('F10');
    press('ArrowUp');
    await waitUntil(() => focused()?.classList.contains('line') === true);
    const title = () => focused()?.querySelector('.title')?.textContent;
    expect(title()).to.equal('Close Tab');
    press('ArrowDown');
    expect(title()).to.equal('Settings');
    press('e');
    expect(title()).to.equal('Extensions');
    press('End');
    press('ArrowUp');
    press('Home');
    expect(title()).to.equal('Settings');
    press('ArrowLeft');
    await waitUntil(() => title() === 'About');
    press('ArrowRight');
    await waitUntil(() => title() === 'Settings');
    press('Escape');
    expect(focused()?.textContent.trim()).to.equal('File');
    await waitUntil(() => opened.all('console-menu-bar >> [aria-expanded="true"]').length === 0);
  });

  it('closes a menu when something else is pressed', async () => {
    opened = await openConsole();
    const bar = await opened.get('console-menu-bar');
    bar.shadowRoot?.querySelector('button')?.click();
    await opened.get('console-menu');
    opened.element.dispatchEvent(new PointerEvent('pointerdown', {bubbles: true, composed: true}));
    await waitUntil(() => opened.find('console-menu') === null);
  });

  it('changes and closes tabs by keyboard, and keeps the focus in the strip', async () => {
    opened = await openConsole();
    const {views} = opened.services;
    await views.show('console.archive');
    await views.show('good.view');
    await settle(opened.element);
    (await opened.get('[role="tab"][aria-selected="true"]')).focus();
    press('Home');
    await waitUntil(() => focused()?.dataset['view'] === 'console.home');
    press('ArrowLeft');
    await waitUntil(() => focused()?.dataset['view'] === 'good.view');
    press('Delete');
    await waitUntil(() => focused()?.dataset['view'] === 'console.archive');
    expect(views.open.map(({id}) => id)).to.deep.equal(['console.home', 'console.archive']);
  });

  it('says what can be done where no tab is open', async () => {
    opened = await openConsole();
    opened.services.views.hide('console.home');
    expect((await opened.get('console-empty-state')).shadowRoot?.textContent).to.include('Ctrl+Shift+P');
  });

  it('runs a command from the palette: typed, chosen by arrows, by Enter', async () => {
    opened = await openConsole();
    press('P', {ctrlKey: true, shiftKey: true, code: 'KeyP'});
    const input = (await opened.get('[role="combobox"]')) as HTMLInputElement;
    expect(focused() === input, 'the field has the focus').to.equal(true);
    input.value = 'ex pref';
    input.dispatchEvent(new InputEvent('input', {bubbles: true}));
    await waitUntil(() => text('[role="option"]').length === 1);
    expect(text('[role="option"]')[0]).to.equal('Preferences: Extensions');
    input.value = 'theme';
    input.dispatchEvent(new InputEvent('input', {bubbles: true}));
    await waitUntil(() => text('[role="option"]').length === 5);
    press('ArrowUp');
    await waitUntil(() => opened.find('[role="option"]:last-child[aria-selected="true"]') !== null);
    expect(input.getAttribute('aria-activedescendant')).to.equal('option-4');
    press('ArrowDown');
    press('ArrowDown');
    await waitUntil(() => input.getAttribute('aria-activedescendant') === 'option-1');
    press('Enter');
    await waitUntil(() => opened.services.theme.kind === 'high-contrast');
    await waitUntil(() => opened.find('dialog') === null);
  });

  it('says so where no command has the name', async () => {
    opened = await openConsole();
    opened.services.layout.setOverlay('palette');
    const input = (await opened.get('[role="combobox"]')) as HTMLInputElement;
    input.value = 'zzz';
    input.dispatchEvent(new InputEvent('input', {bubbles: true}));
    expect((await opened.get('dialog [role="status"]')).textContent).to.equal('No command has this name.');
  });

  it('runs what a key is bound to, also an extension’s', async () => {
    opened = await openConsole();
    press('G', {altKey: true, shiftKey: true, code: 'KeyG'});
    await waitUntil(() => opened.services.views.active === 'good.view');
  });

  it('tells of a command that failed, with its title', async () => {
    opened = await openConsole();
    press('F1');
    const input = (await opened.get('[role="combobox"]')) as HTMLInputElement;
    input.value = 'good fail';
    input.dispatchEvent(new InputEvent('input', {bubbles: true}));
    await waitUntil(() => text('[role="option"]').length === 1);
    press('Enter');
    const alert = await opened.get('console-message-card >> [role="alert"]');
    expect(alert.textContent.trim()).to.include('“Fail” could not be done: meant to fail');
  });

  it('floats a message, keeps it behind the bell, and passes the action on', async () => {
    opened = await openConsole();
    const {messages} = opened.services;
    const answer = messages.show('information', 'Shall it?', ['Do it']);
    const button = await opened.get('console-message-card >> console-button');
    button.click();
    expect(await answer).to.equal('Do it');
    await waitUntil(() => opened.find('console-message-card') === null);
    void messages.show('information', 'Told');
    messages.putAway(messages.all[0]!.id);
    await waitUntil(() => opened.find('console-message-card') === null);
    (await opened.get('console-status-bar >> [aria-label="Messages: 1"]')).click();
    expect((await opened.get('console-message-center >> .list')).textContent).to.include('Messages');
    await waitUntil(() => opened.find('console-message-card') !== null);
  });

  it('draws an extension’s status item with progress and a menu, and a badge on its view', async () => {
    opened = await openConsole();
    await opened.services.commands.execute('good.count');
    const item = await opened.get('console-status-bar >> console-menu-button');
    expect(item.textContent.replace(/\s+/g, ' ').trim()).to.equal('Good 40 %2 min left');
    expect(item.querySelector<HTMLElement>('.bar > i')?.style.width).to.equal('40%');
    expect((await opened.get('console-activity-bar >> .badge')).textContent).to.equal('40');
    item.shadowRoot?.querySelector('button')?.click();
    await opened.get('console-status-bar >> console-menu');
    expect(menuLines()).to.deep.equal(['Show Good Tool', 'Count']);
    const menu = await opened.get('console-status-bar >> console-menu');
    expect(menu.getBoundingClientRect().bottom).to.be.at.most(item.getBoundingClientRect().top);
    (await opened.get('console-menu >> [aria-checked="true"]')).click();
    await waitUntil(() => opened.services.views.active === 'good.view');
  });

  it('says whether the archive answers, and whose it is', async () => {
    opened = await openConsole();
    const connection = () => opened.find('console-status-bar >> .connection')?.textContent.trim();
    expect(opened.find('console-title-bar >> .title')?.textContent).to.equal(
      'Radiology Archive · PACS Admin Console',
    );
    expect(connection()).to.equal('Connected');
    opened.archive.answer = () => new Response('', {status: 502});
    await opened.services.connection.ask();
    await waitUntil(() => connection() === 'Not reachable');
    opened.archive.answer = () => new Response('', {status: 401});
    await opened.services.connection.ask();
    await waitUntil(() => connection() === 'Signed out');
  });

  it('goes to the view that the address names, and back', async () => {
    opened = await openConsole();
    await opened.services.views.show('console.settings');
    await opened.services.views.show('console.archive');
    expect(location.hash).to.equal('#/archive');
    history.back();
    await waitUntil(() => opened.services.views.active === 'console.settings');
    location.hash = '#/nowhere';
    await waitUntil(() => opened.services.messages.all.length === 1);
    expect(opened.services.messages.all[0]?.text).to.equal('There is no view at #/nowhere.');
  });
});
