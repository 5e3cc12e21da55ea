/** One way of writing a name (PS3.5 6.2.1): five components, any of which may be empty. */
export interface NameGroup {
  readonly family: string;
  readonly given: string;
  readonly middle: string;
  readonly prefix: string;
  readonly suffix: string;
}

/** The three ways of writing one name. A way that the file does not use is null. */
export interface PersonName {
  readonly alphabetic: NameGroup | null;
  readonly ideographic: NameGroup | null;
  readonly phonetic: NameGroup | null;
}

function groupOf(text: string | undefined): NameGroup | null {
  if (text === undefined) return null;
  const [family = '', given = '', middle = '', prefix = '', suffix = ''] = text
    .split('^')
    .map(component => component.trim());
  return family + given + middle + prefix + suffix === '' ? null : {family, given, middle, prefix, suffix};
}

/** Splits a decoded value of VR PN. Of several names the first counts. */
export function parsePersonName(value: string): PersonName {
  const [alphabetic, ideographic, phonetic] = (value.split('\\')[0] ?? '').split('=');
  return {alphabetic: groupOf(alphabetic), ideographic: groupOf(ideographic), phonetic: groupOf(phonetic)};
}

/** "Dr. Anna Maria Meyer, MD": as a person writes it. */
function writtenOut(name: NameGroup): string {
  const core = [name.prefix, name.given, name.middle, name.family].filter(part => part !== '').join(' ');
  return name.suffix === '' ? core : `${core}, ${name.suffix}`;
}

/** Ideographic and phonetic names are written family name first, as in East Asia. */
function familyFirst(name: NameGroup): string {
  return [name.prefix, name.family, name.given, name.middle, name.suffix]
    .filter(part => part !== '')
    .join(' ');
}

/** The Latin letters first, then the script of its own: `Tarou Yamada (山田 太郎)`. */
export function formatPersonName(value: string): string {
  const {alphabetic, ideographic, phonetic} = parsePersonName(value);
  const own = ideographic ?? phonetic;
  if (!alphabetic) return own ? familyFirst(own) : '';
  return own ? `${writtenOut(alphabetic)} (${familyFirst(own)})` : writtenOut(alphabetic);
}
