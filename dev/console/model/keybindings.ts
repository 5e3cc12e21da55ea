import type {Disposable} from '../../../src/console/disposable.js';
import {onDispose} from './dispose.js';

export interface KeyChord {
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  /** `KeyboardEvent.key` in lower case. */
  readonly key: string;
}

const NAMED_KEYS = new Set([
  'enter',
  'escape',
  'tab',
  'space',
  'delete',
  'backspace',
  'insert',
  'home',
  'end',
  'pageup',
  'pagedown',
  'arrowup',
  'arrowdown',
  'arrowleft',
  'arrowright',
]);
const IS_MAC = /mac/i.test(navigator.userAgent) && !/like mac/i.test(navigator.userAgent);

/** Reads `ctrl+shift+p`; `cmd` is `ctrl` on a Mac. Null where it is no key. */
export function parseChord(text: string): KeyChord | null {
  const parts = text.toLowerCase().split('+');
  const key = parts.pop() ?? '';
  const known = /^[a-z0-9,./;'[\]\\`=-]$/.test(key) || /^f([1-9]|1[0-2])$/.test(key) || NAMED_KEYS.has(key);
  const modifiers = new Set(parts);
  const allKnown = parts.every(
    part => part === 'ctrl' || part === 'cmd' || part === 'alt' || part === 'shift',
  );
  if (!known || !allKnown || modifiers.size !== parts.length) return null;
  return {
    ctrl: modifiers.has('ctrl') || modifiers.has('cmd'),
    alt: modifiers.has('alt'),
    shift: modifiers.has('shift'),
    key,
  };
}

/** `Ctrl+Shift+P`, as menus show it. */
export function chordLabel(text: string): string {
  return text
    .split('+')
    .map(part => (part.length === 1 ? part.toUpperCase() : (part[0] ?? '').toUpperCase() + part.slice(1)))
    .join('+');
}

function keyOf(event: KeyboardEvent): string {
  // With Alt, and with Shift on digits, `key` is the character that results, not the key that was pressed.
  const letter = /^(?:Key|Digit)(.)$/.exec(event.code)?.[1];
  if (letter && (event.altKey || event.shiftKey)) return letter.toLowerCase();
  return event.key === ' ' ? 'space' : event.key.toLowerCase();
}

function matches(chord: KeyChord, event: KeyboardEvent): boolean {
  const ctrl = IS_MAC ? event.metaKey || event.ctrlKey : event.ctrlKey;
  return (
    ctrl === chord.ctrl &&
    event.altKey === chord.alt &&
    event.shiftKey === chord.shift &&
    keyOf(event) === chord.key
  );
}

interface Binding {
  readonly text: string;
  readonly chord: KeyChord;
  readonly command: string;
}

/** Which keys run which command. The console's own keys come first, so that an extension cannot take them away. */
export class Keybindings {
  #bindings: readonly Binding[] = [];

  /** Throws `RangeError` where `text` is no key. */
  add(text: string, command: string): Disposable {
    const chord = parseChord(text);
    if (!chord) throw new RangeError(`Not a key: ${text}`);
    const binding = {text, chord, command};
    this.#bindings = [...this.#bindings, binding];
    return onDispose(() => {
      this.#bindings = this.#bindings.filter(other => other !== binding);
    });
  }

  commandFor(event: KeyboardEvent): string | null {
    return this.#bindings.find(binding => matches(binding.chord, event))?.command ?? null;
  }

  labelFor(command: string): string | null {
    const binding = this.#bindings.find(candidate => candidate.command === command);
    return binding ? chordLabel(binding.text) : null;
  }
}
