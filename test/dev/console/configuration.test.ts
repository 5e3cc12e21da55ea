import {expect} from '@open-wc/testing';
import {Configuration, SettingError} from '../../../dev/console/model/configuration.js';
import {globalStateOf} from '../../../dev/console/model/global-state.js';
import {JsonStorage} from '../../../dev/console/model/json-storage.js';

const SECTION = {
  title: 'Tool',
  properties: {
    'tool.n': {type: 'integer', description: 'n', default: 6, minimum: 1, maximum: 8},
    'tool.on': {type: 'boolean', description: 'on', default: true},
    'tool.mode': {type: 'string', description: 'mode', default: 'a', enum: ['a', 'b']},
  },
} as const;

function create(): Configuration {
  const configuration = new Configuration(new JsonStorage('test.setting.'));
  configuration.contribute(SECTION);
  return configuration;
}

describe('the configuration', () => {
  beforeEach(() => localStorage.clear());

  it('starts with the defaults of the schema, and has nothing that no schema names', () => {
    const configuration = create();
    expect(
      ['tool.n', 'tool.on', 'tool.mode', 'tool.other', 'toString'].map(key => configuration.get(key)),
    ).to.deep.equal([6, true, 'a', undefined, undefined]);
  });

  it('keeps a value that fits, tells of it, and finds it again after a reload', async () => {
    const configuration = create();
    const changes: string[] = [];
    configuration.onDidChange(key => changes.push(key));
    await configuration.update('tool.n', 3);
    expect(changes).to.deep.equal(['tool.n']);
    expect(create().get('tool.n')).to.equal(3);
    await configuration.update('tool.n', undefined);
    expect(create().get('tool.n')).to.equal(6);
  });

  const refused = [
    ['tool.n', 0, 'out-of-range'],
    ['tool.n', 9, 'out-of-range'],
    ['tool.n', 2.5, 'wrong-type'],
    ['tool.n', NaN, 'wrong-type'],
    ['tool.n', '3', 'wrong-type'],
    ['tool.on', 1, 'wrong-type'],
    ['tool.mode', 'c', 'not-a-choice'],
    ['tool.other', 1, 'unknown-setting'],
  ] as const;
  for (const [key, value, code] of refused) {
    it(`refuses ${JSON.stringify(value)} for ${key} (${code}) and keeps what was`, async () => {
      const configuration = create();
      const before = configuration.get(key);
      const error = await configuration.update(key, value).then(
        () => null,
        (thrown: unknown) => thrown,
      );
      expect(error).to.be.instanceOf(SettingError);
      expect((error as SettingError).problem.code).to.equal(code);
      expect(configuration.get(key)).to.equal(before);
    });
  }

  it('goes back to the default where what is stored does not fit, or is damaged', () => {
    localStorage.setItem('test.setting.tool.n', '99');
    localStorage.setItem('test.setting.tool.on', '{not json');
    const configuration = create();
    expect([configuration.get('tool.n'), configuration.get('tool.on')]).to.deep.equal([6, true]);
  });
});

describe('the global state', () => {
  it('is kept for each extension by itself', async () => {
    localStorage.clear();
    await globalStateOf('one').update('x', {deep: [1]});
    expect(globalStateOf('one').get('x')).to.deep.equal({deep: [1]});
    expect(globalStateOf('two').get('x')).to.equal(undefined);
    await globalStateOf('one').update('x', undefined);
    expect(globalStateOf('one').get('x')).to.equal(undefined);
  });
});
