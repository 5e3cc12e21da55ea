import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {chordLabel, Keybindings, parseChord} from '../../../dev/console/model/keybindings.js';

const event = (key: string, init: KeyboardEventInit = {}) => new KeyboardEvent('keydown', {key, ...init});

describe('key bindings', () => {
  it('read modifiers in any order, and refuse what is no key', () => {
    expect(parseChord('Shift+Ctrl+P')).to.deep.equal({ctrl: true, shift: true, alt: false, key: 'p'});
    for (const text of ['', 'ctrl', 'ctrl+', 'hyper+p', 'ctrl+ctrl+p', 'f13', 'ctrl+pp', '+']) {
      expect(parseChord(text), text).to.equal(null);
    }
  });

  it('never throw, whatever the text', () => {
    fc.assert(fc.property(fc.string(), text => void parseChord(text)));
  });

  it('find the command only with exactly these modifiers', () => {
    const keys = new Keybindings();
    keys.add('ctrl+shift+p', 'palette');
    expect(keys.commandFor(event('P', {ctrlKey: true, shiftKey: true, code: 'KeyP'}))).to.equal('palette');
    expect(keys.commandFor(event('p', {ctrlKey: true, code: 'KeyP'}))).to.equal(null);
    expect(keys.commandFor(event('P', {ctrlKey: true, shiftKey: true, altKey: true, code: 'KeyP'}))).to.equal(
      null,
    );
  });

  it('go by the key that is pressed, not by the character that Alt makes of it', () => {
    const keys = new Keybindings();
    keys.add('alt+shift+m', 'open');
    expect(keys.commandFor(event('Â', {altKey: true, shiftKey: true, code: 'KeyM'}))).to.equal('open');
  });

  it('let the console keep a key that an extension wants, too', () => {
    const keys = new Keybindings();
    keys.add('f1', 'console');
    keys.add('f1', 'extension');
    expect(keys.commandFor(event('F1'))).to.equal('console');
  });

  it('are shown as on the keyboard, and forgotten when taken back', () => {
    const keys = new Keybindings();
    const binding = keys.add('alt+shift+m', 'open');
    expect(keys.labelFor('open')).to.equal('Alt+Shift+M');
    expect(chordLabel('ctrl+pagedown')).to.equal('Ctrl+Pagedown');
    binding.dispose();
    expect(keys.labelFor('open')).to.equal(null);
    expect(() => keys.add('nonsense+', 'open')).to.throw(RangeError);
  });
});
