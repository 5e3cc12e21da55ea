import {expect} from '@open-wc/testing';
import {CommandRegistry, UnknownCommandError} from '../../../dev/console/model/command-registry.js';

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

describe('the command registry', () => {
  it('runs a registered command with its arguments and hands back what it returns', async () => {
    const commands = new CommandRegistry();
    commands.register('sum', (a, b) => Number(a) + Number(b));
    expect(await commands.execute('sum', 2, 3)).to.equal(5);
  });

  it('rejects where nobody registered the command', async () => {
    const error = await failure(new CommandRegistry().execute('nobody.there'));
    expect(error).to.be.instanceOf(UnknownCommandError);
    expect(error).to.include({code: 'unknown-command', command: 'nobody.there'});
  });

  it('activates the owner before it gives up, and not where the command has code', async () => {
    const commands = new CommandRegistry();
    const asked: string[] = [];
    commands.activate = id => {
      asked.push(id);
      commands.register(id, () => 'late');
      return Promise.resolve();
    };
    expect(await commands.execute('lazy')).to.equal('late');
    expect(await commands.execute('lazy')).to.equal('late');
    expect(asked).to.deep.equal(['lazy']);
  });

  it('refuses a second registration, and takes one again after the first is taken back', () => {
    const commands = new CommandRegistry();
    const first = commands.register('once', () => 1);
    expect(() => commands.register('once', () => 2)).to.throw('registered already');
    first.dispose();
    first.dispose();
    expect(() => commands.register('once', () => 2)).not.to.throw();
  });

  it('passes on what a command throws', async () => {
    const commands = new CommandRegistry();
    commands.register('fail', () => {
      throw new RangeError('too far');
    });
    expect(await failure(commands.execute('fail'))).to.be.instanceOf(RangeError);
  });
});
