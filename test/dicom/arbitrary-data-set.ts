/** Data sets at random, for property tests: any VR, nested sequences, private groups, decoys in every item. */
import fc from 'fast-check';
import {ascii, concat, padded, SORTED, type WrittenElement} from './data-set-writer.js';

/** The identifying attributes of a random instance, as a reader must give them back. */
export interface Identity {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly studyDate: string;
  readonly studyTime: string;
  readonly modality: string;
  readonly patientId: string;
  readonly patientName: string;
  readonly studyDescription: string;
  readonly accessionNumber: string;
}

const SHORT_VRS = 'AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST TM UI UL US'.split(' ');
const LONG_VRS = 'OB OD OF OL OV OW SV UC UN UR UT UV'.split(' ');

const uid = fc
  .array(fc.nat({max: 999_999}), {minLength: 2, maxLength: 8})
  .map(parts => `1.2.${parts.join('.')}`)
  .filter(text => text.length <= 64);
const word = fc.stringMatching(/^[A-Z][A-Za-z0-9]{0,14}$/);
/** Letters of several scripts, none at the ends that would be taken for padding. */
const unicodeWord = fc.stringMatching(/^[A-Zäßéλд山田][A-Za-zäßéλд山田 ]{0,14}[A-Zäßéλд山田]$/u);
const date = fc
  .date({min: new Date('1900-01-01T00:00:00Z'), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true})
  .map(day => day.toISOString().slice(0, 10).replaceAll('-', ''));
const time = fc
  .tuple(fc.nat({max: 23}), fc.nat({max: 59}), fc.nat({max: 59}))
  .map(parts => parts.map(part => String(part).padStart(2, '0')).join(''));

export const identity: fc.Arbitrary<Identity> = fc.record({
  sopClassUid: uid,
  sopInstanceUid: uid,
  studyInstanceUid: uid,
  seriesInstanceUid: uid,
  studyDate: date,
  studyTime: time,
  modality: fc.constantFrom('CT', 'MR', 'US', 'CR', 'SEG'),
  patientId: unicodeWord,
  patientName: fc.tuple(unicodeWord, unicodeWord).map(parts => parts.join('^')),
  studyDescription: unicodeWord,
  accessionNumber: word,
});

const IDENTITY_TAGS: readonly (readonly [number, string, keyof Identity])[] = [
  [0x00080016, 'UI', 'sopClassUid'],
  [0x00080018, 'UI', 'sopInstanceUid'],
  [0x00080020, 'DA', 'studyDate'],
  [0x00080030, 'TM', 'studyTime'],
  [0x00080050, 'SH', 'accessionNumber'],
  [0x00080060, 'CS', 'modality'],
  [0x00081030, 'LO', 'studyDescription'],
  [0x00100010, 'PN', 'patientName'],
  [0x00100020, 'LO', 'patientId'],
  [0x0020000d, 'UI', 'studyInstanceUid'],
  [0x0020000e, 'UI', 'seriesInstanceUid'],
];

const utf8 = new TextEncoder();

export function identityElements(values: Identity): readonly WrittenElement[] {
  return [
    {tag: 0x00080005, vr: 'CS', value: padded(ascii('ISO_IR 192'), 'CS')},
    ...IDENTITY_TAGS.map(([tag, vr, key]): WrittenElement => ({
      tag,
      vr,
      value: padded(utf8.encode(values[key]), vr),
    })),
  ];
}

const bytes = (maxLength: number) =>
  fc
    .uint8Array({maxLength})
    .map(value => (value.length % 2 === 0 ? value : concat([value, Uint8Array.of(0)])));

const TAKEN = new Set<number>([
  0x00080005,
  0x00080021,
  0x00080022,
  0x00080023,
  0x00100030,
  0x0020000d,
  0x0020000e,
  ...IDENTITY_TAGS.map(([tag]) => tag),
]);

/** Any tag of the groups that a header is made of, private ones included, but none that the reader looks for. */
const freeTag = fc
  .tuple(
    fc.constantFrom(0x0008, 0x0009, 0x0010, 0x0011, 0x0018, 0x0019, 0x001f, 0x0020),
    fc.nat({max: 0xffff}),
  )
  .map(([group, element]) => group * 0x10000 + element)
  .filter(tag => !TAKEN.has(tag) && tag > 0x00080005);
/** Inside of items even the tags of UIDs may stand: they are not those of the instance. */
const nestedTag = fc.oneof(freeTag, fc.constantFrom(0x00080018, 0x0020000d, 0x0020000e, 0x00100020));

const flat = (tag: fc.Arbitrary<number>): fc.Arbitrary<WrittenElement> =>
  fc.record({tag, vr: fc.constantFrom(...SHORT_VRS, ...LONG_VRS), value: bytes(40)});

const fragments: fc.Arbitrary<WrittenElement> = fc.record({
  tag: freeTag,
  vr: fc.constantFrom('OB', 'OW'),
  value: fc.record({fragments: fc.array(bytes(30), {maxLength: 3})}),
});

const {nested} = fc.letrec<{nested: WrittenElement; inner: WrittenElement}>(tie => ({
  nested: fc.record({
    tag: freeTag,
    vr: fc.constant('SQ'),
    value: fc.record({
      items: fc.array(fc.array(tie('inner'), {maxLength: 3}).map(SORTED), {maxLength: 3}),
      undefinedLength: fc.boolean(),
      undefinedItems: fc.boolean(),
    }),
  }),
  inner: fc.oneof({depthSize: 'small', withCrossShrink: true}, flat(nestedTag), tie('nested')),
}));

/** UN of undefined length: its content is implicit little-endian. */
const unknownSequence: fc.Arbitrary<WrittenElement> = fc.record({
  tag: freeTag,
  vr: fc.constant('UN'),
  value: fc.record({
    items: fc.array(fc.array(flat(nestedTag), {maxLength: 3}).map(SORTED), {maxLength: 2}),
    undefinedLength: fc.constant(true),
    undefinedItems: fc.boolean(),
  }),
});

const pixelData: fc.Arbitrary<WrittenElement> = fc.record({
  tag: fc.constant(0x7fe00010),
  vr: fc.constant('OW'),
  value: bytes(200),
});

/** What may stand between the identifying attributes; `unknown`: sequences as UN too, where a syntax allows them. */
export const fillers = (unknown: boolean): fc.Arbitrary<readonly WrittenElement[]> =>
  fc.uniqueArray(
    unknown
      ? fc.oneof(flat(freeTag), nested, fragments, unknownSequence)
      : fc.oneof(flat(freeTag), nested, fragments),
    {maxLength: 8, selector: element => element.tag},
  );

export const dataSet = (values: Identity, extra: readonly WrittenElement[], pixels: WrittenElement | null) =>
  SORTED([...identityElements(values), ...extra, ...(pixels ? [pixels] : [])]);

export const maybePixels = fc.option(pixelData, {nil: null});
