import type {HeaderReading, InstanceHeader} from '../../src/dicom/instance-header.js';
import type {Dice} from './dice.js';
import type {MemoryFile} from './fakes/fake-content.js';
import {MemorySource} from './fakes/memory-source.js';

const UNUSABLE = ['not-dicom', 'empty', 'cut-short', 'no-study-uid', 'no-part10-header', 'dicomdir'] as const;

interface Study {
  readonly uid: string;
  readonly date: string | null;
}

/** A random tree of folders and files, and the changes that somebody makes to it while the job runs. */
export class SimulatedTree {
  readonly source = new MemorySource();
  /** Every version that a file has ever had, by its path. */
  readonly versions = new Map<string, MemoryFile[]>();
  /** Files that were replaced, removed or added since the job began. */
  readonly touched = new Set<string>();
  readonly #studies: readonly Study[];
  readonly #dice: Dice;
  #serial = 0;

  constructor(dice: Dice) {
    this.#dice = dice;
    this.#studies = Array.from({length: 1 + dice.below(5)}, (_, i) => ({
      uid: `1.2.${i}`,
      date: dice.chance(0.1) ? null : `20${18 + dice.below(6)}0${1 + dice.below(9)}15`,
    }));
    const mixed = dice.pick([0, 0.05, 0.3]);
    const unusable = dice.pick([0, 0.1, 0.4]);
    const twins = dice.pick([0, 0, 0.05, 0.3]);
    for (let f = dice.below(9); f > 0; f--) this.#folder(f, mixed, unusable, twins);
  }

  /** Somebody replaces, removes or adds a file. */
  change(): void {
    const dice = this.#dice;
    const files = [...this.source.files()];
    if (files.length === 0) return;
    const {folder, file} = dice.pick(files);
    const path = pathOf(folder, file.name);
    this.touched.add(path);
    const what = dice.below(4);
    if (what === 0) {
      this.source.remove(folder, file.name);
    } else if (what === 1) {
      const name = `${file.name}-new`;
      this.touched.add(pathOf(folder, name));
      this.#put(folder, {...this.#file(name, dice.pick(this.#studies), 0.1, 0.1)});
    } else {
      // The same name with other content; often, but not always, another instance.
      const fresh = this.#file(file.name, dice.pick(this.#studies), 0.2, 0.1);
      const stays = what === 2 && file.what.kind === 'instance';
      this.#put(folder, stays ? {...fresh, what: file.what} : fresh);
    }
  }

  /** Another medium is in its place: the same names, other content. */
  other(): MemorySource {
    const other = new MemorySource(this.source.name, 'another');
    for (const {folder, file} of this.source.files()) {
      other.put(folder, {
        ...file,
        size: file.size + 1,
        what: instance(`7.${file.name}`, `7.7.${file.name}`, null),
      });
    }
    return other;
  }

  /** Whether the samples of every folder tell its newest date, so that the plan can be in order. */
  get isHonest(): boolean {
    const folders = new Map<string, string[]>();
    for (const {folder, file} of this.source.files()) {
      folders.set(folder, [...(folders.get(folder) ?? []), dateOf(file)]);
    }
    return [...folders.values()].every(all => {
      const sampled = [all[0] ?? '', all.at(-1) ?? ''];
      return sampled.includes(all.reduce((a, b) => (b > a ? b : a), ''));
    });
  }

  #folder(number: number, mixed: number, unusable: number, twins: number): void {
    const dice = this.#dice;
    const path = dice.chance(0.1) ? '' : dice.chance(0.3) ? `deep/er/${number}` : `f${number}`;
    const home = dice.pick(this.#studies);
    for (let n = dice.below(dice.chance(0.1) ? 40 : 12); n > 0; n--) {
      const study = dice.chance(mixed) ? dice.pick(this.#studies) : home;
      this.#put(path, this.#file(`${number}-${this.#serial}`, study, unusable, twins));
    }
  }

  #file(name: string, study: Study, unusable: number, twins: number): MemoryFile {
    const dice = this.#dice;
    const serial = this.#serial++;
    const sop = dice.chance(twins) ? `9.${dice.below(serial + 1)}` : `9.${serial}`;
    return {
      name,
      size: 1 + dice.below(1000),
      lastModified: serial,
      what: dice.chance(unusable)
        ? {kind: 'unusable', why: dice.pick(UNUSABLE)}
        : instance(study.uid, sop, study.date),
    };
  }

  #put(folder: string, file: MemoryFile): void {
    this.source.put(folder, file);
    const path = pathOf(folder, file.name);
    const known = this.versions.get(path);
    if (known) known.push(file);
    else this.versions.set(path, [file]);
  }
}

export function pathOf(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

const dateOf = (file: MemoryFile): string =>
  file.what.kind === 'instance' ? (file.what.header.orderDate?.date ?? '') : '';

export function instance(studyUid: string, sopUid: string, date: string | null): HeaderReading {
  const header: InstanceHeader = {
    encoding: 'part10',
    transferSyntaxUid: '1.2.840.10008.1.2.1',
    sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
    sopInstanceUid: sopUid,
    studyInstanceUid: studyUid,
    seriesInstanceUid: `${studyUid}.1`,
    studyDate: date,
    orderDate: date === null ? null : {date, source: 'study'},
    studyTime: null,
    modality: 'CT',
    patientId: 'P',
    patientName: 'DOE^JANE',
    patientBirthDate: null,
    studyDescription: '',
    accessionNumber: '',
    preamble: 'zero',
  };
  return {kind: 'instance', header};
}
