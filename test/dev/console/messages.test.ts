import {expect} from '@open-wc/testing';
import {Messages} from '../../../dev/console/model/messages.js';

describe('messages', () => {
  it('resolve to the action that was chosen, and are gone then', async () => {
    const messages = new Messages();
    const answer = messages.show('warning', 'Go on?', ['Yes', 'No']);
    messages.choose(messages.all[0]!.id, 'No');
    expect(await answer).to.equal('No');
    expect(messages.all).to.have.length(0);
  });

  it('resolve to undefined when dismissed, or when all are cleared', async () => {
    const messages = new Messages();
    const first = messages.show('error', 'One', ['A']);
    messages.dismiss(messages.all[0]!.id);
    const second = messages.show('error', 'Two', ['A']);
    messages.clear();
    expect(await Promise.all([first, second])).to.deep.equal([undefined, undefined]);
  });

  it('stay in the list when they stop floating; only a question stays open', async () => {
    const messages = new Messages();
    const told = messages.show('information', 'Told');
    let answered = false;
    void messages.show('information', 'Asked', ['A']).then(() => (answered = true));
    for (const {id} of messages.all) messages.putAway(id);
    expect(await told).to.equal(undefined);
    await Promise.resolve();
    expect(answered).to.equal(false);
    expect(messages.all.map(({text, floating}) => [text, floating])).to.deep.equal([
      ['Asked', false],
      ['Told', false],
    ]);
  });

  it('are kept to the last hundred, and those that fall out are answered', async () => {
    const messages = new Messages();
    const first = messages.show('information', 'First', ['A']);
    for (let n = 0; n < 100; n++) void messages.show('information', String(n));
    expect(await first).to.equal(undefined);
    expect(messages.all).to.have.length(100);
  });
});
