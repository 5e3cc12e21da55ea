import {expect} from '@open-wc/testing';
import {ViewRegistry} from '../../../dev/console/model/view-registry.js';

const describeView = (id: string) => ({
  id,
  name: id.toUpperCase(),
  icon: 'beaker',
  route: `#/${id}`,
  owner: null,
});

function create(...ids: string[]) {
  const views = new ViewRegistry();
  const log: string[] = [];
  for (const id of ids) {
    views.contribute(describeView(id));
    views.register(id, {
      resolveView: () => {
        log.push(`open ${id}`);
        return {dispose: () => log.push(`close ${id}`)};
      },
    });
  }
  return {views, log};
}

describe('the view registry', () => {
  it('opens a view once, and only brings it to the front after that', async () => {
    const {views, log} = create('a', 'b');
    await views.show('a');
    await views.show('b');
    await views.show('a');
    expect(log).to.deep.equal(['open a', 'open b']);
    expect(views.open.map(({id, state}) => [id, state.kind])).to.deep.equal([
      ['a', 'ready'],
      ['b', 'ready'],
    ]);
    expect(views.active).to.equal('a');
  });

  it('closes the tab, disposes of what filled it, and brings the left neighbour to the front', async () => {
    const {views, log} = create('a', 'b', 'c');
    for (const id of ['a', 'b', 'c']) await views.show(id);
    await views.show('b');
    views.hide('b');
    expect(log.at(-1)).to.equal('close b');
    expect(views.active).to.equal('a');
    views.hide('a');
    expect(views.active).to.equal('c');
    views.hide('c');
    expect(views.active).to.equal(null);
  });

  it('disposes of a view that comes after its tab was closed', async () => {
    const views = new ViewRegistry();
    let come: (content: {dispose(): void}) => void = () => undefined;
    let disposed = 0;
    views.contribute(describeView('slow'));
    views.register('slow', {resolveView: () => new Promise(resolve => (come = resolve))});
    const shown = views.show('slow');
    await Promise.resolve();
    await Promise.resolve();
    views.hide('slow');
    come({dispose: () => disposed++});
    await shown;
    expect(disposed).to.equal(1);
    expect(views.open).to.have.length(0);
  });

  it('shows why a view could not be opened, and goes on', async () => {
    const {views} = create('good');
    views.contribute(describeView('bad'));
    views.register('bad', {resolveView: () => Promise.reject(new Error('no luck'))});
    views.contribute(describeView('empty'));
    await views.show('bad');
    await views.show('empty');
    await views.show('good');
    expect(views.open.map(({state}) => (state.kind === 'failed' ? state.detail : state.kind))).to.deep.equal([
      'no luck',
      'The view empty has no provider',
      'ready',
    ]);
  });

  it('rejects a view that nobody contributed, and refuses a provider for it', async () => {
    const views = new ViewRegistry();
    const error = await views.show('none').then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).to.be.instanceOf(Error);
    const provider = {resolveView: () => ({dispose: () => undefined})};
    expect(() => views.register('none', provider)).to.throw('does not contribute');
  });

  it('closes the tab when the provider is taken back', async () => {
    const views = new ViewRegistry();
    views.contribute(describeView('a'));
    const registration = views.register('a', {resolveView: () => ({dispose: () => undefined})});
    await views.show('a');
    registration.dispose();
    expect(views.open).to.have.length(0);
  });
});
