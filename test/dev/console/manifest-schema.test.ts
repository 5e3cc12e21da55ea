import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {checkManifest} from '../../../dev/console/model/manifest-schema.js';
import {nlsFiles, resolveNls} from '../../../dev/console/model/nls.js';
import texts from '../../../manifest.nls.json';
import own from '../../../manifest.json';

const valid = () => ({
  name: 'tool',
  displayName: 'Tool',
  version: '1.0.0',
  publisher: 'tests',
  engines: {console: '^1.0'},
  browser: 'extension.js',
  activationEvents: ['onStartup'],
  contributes: {commands: [{command: 'tool.open', title: 'Open'}]},
});

const issuesOf = (change: object) => {
  const check = checkManifest({...valid(), ...change});
  return check.ok ? [] : check.issues;
};

describe('the manifest', () => {
  it('of this project is valid once its texts are resolved, and leaves no key unresolved', () => {
    const resolved = resolveNls(own, texts);
    const check = checkManifest(resolved);
    expect(check).to.include({ok: true});
    expect(JSON.stringify(resolved)).not.to.match(/%[\w.]+%/);
    const {commands = [], menus = {}, views = {}} = check.ok ? check.manifest.contributes : {};
    const title = commands.find(({command}) => command === menus['utilities']?.[0]?.command)?.title;
    expect(title).to.equal('Migration Tool');
    expect(views['main']?.map(({route}) => route)).to.deep.equal(['#/migration', '#/migration/report']);
  });

  it('is accepted with the least that is needed', () => {
    const {activationEvents, contributes, ...least} = valid();
    expect(activationEvents.length + contributes.commands.length).to.equal(2);
    const check = checkManifest(least);
    expect(check).to.deep.include({ok: true});
    expect(check.ok && check.manifest).to.deep.include({activationEvents: [], contributes: {}});
  });

  it('is refused with the place of each fault', () => {
    expect(issuesOf({name: 'Has Blanks'})[0]).to.match(/^name: /);
    expect(issuesOf({version: '1'})[0]).to.match(/^version: /);
    expect(issuesOf({engines: {console: '^2.0'}})[0]).to.match(/^engines\.console: /);
    expect(issuesOf({activationEvents: ['onMoon']})[0]).to.match(/^activationEvents\.0: /);
    expect(issuesOf({contributes: {views: {main: [{id: 'a', name: 'A', route: 'http://x'}]}}})[0]).to.match(
      /^contributes\.views\.main\.0\.route: /,
    );
  });

  it('cannot name a script outside of the extension’s folder', () => {
    for (const browser of [
      '../x.js',
      '/x.js',
      'https://evil.example/x.js',
      '//evil.example/x.js',
      'a/../../x.js',
    ]) {
      expect(issuesOf({browser}), browser).to.have.length(1);
    }
    for (const browser of ['extension.js', './extension.js', 'dist/main.min.js']) {
      expect(issuesOf({browser}), browser).to.deep.equal([]);
    }
  });

  it('cannot put into a menu or on a key what it does not contribute', () => {
    const {commands} = valid().contributes;
    expect(issuesOf({contributes: {commands, menus: {utilities: [{command: 'other.open'}]}}})).to.have.length(
      1,
    );
    expect(
      issuesOf({contributes: {commands, keybindings: [{command: 'other.open', key: 'f2'}]}}),
    ).to.have.length(1);
  });

  it('cannot have a setting whose default the setting itself refuses', () => {
    const properties = {'tool.n': {type: 'integer', description: 'n', minimum: 1, default: 0}};
    expect(issuesOf({contributes: {configuration: {title: 'Tool', properties}}})[0]).to.include('default');
  });

  it('may be any JSON whatever: it is refused, never thrown on', () => {
    fc.assert(
      fc.property(fc.jsonValue(), json => {
        const check = checkManifest(json);
        expect(check.ok || check.issues.length > 0).to.equal(true);
      }),
    );
  });
});

describe('texts of the manifest', () => {
  it('are put in for whole keys at any depth; unknown keys stay to be seen', () => {
    const value = {a: '%x%', b: [{c: '%y%', d: 'at 50 % of %x%'}], e: 1};
    expect(resolveNls(value, {x: 'X'})).to.deep.equal({a: 'X', b: [{c: '%y%', d: 'at 50 % of %x%'}], e: 1});
  });

  it('are not looked up in what every object has', () => {
    expect(resolveNls('%toString%', {})).to.equal('%toString%');
  });

  it('come from the general file first, then from the language, then from its region', () => {
    expect(nlsFiles('en')).to.deep.equal(['manifest.nls.json']);
    expect(nlsFiles('de-AT')).to.deep.equal([
      'manifest.nls.json',
      'manifest.nls.de.json',
      'manifest.nls.de-at.json',
    ]);
  });
});
