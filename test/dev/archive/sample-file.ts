import {bytes, numbers, text, type DataSet} from '../../../fixtures/data-element.js';
import {writePart10, type TransferSyntax} from '../../../fixtures/part10-writer.js';
import {SOP_CLASS} from '../../../fixtures/synthetic-instance.js';

export interface SampleFile {
  readonly study: string;
  readonly series: string;
  readonly sop: string;
  readonly patientId?: string;
  readonly patientName?: string;
  readonly characterSet?: string;
  readonly studyDate?: string;
  readonly modality?: string;
  readonly accessionNumber?: string;
  readonly transferSyntax?: TransferSyntax;
  readonly pixelBytes?: number;
  readonly fill?: number;
  readonly sopClass?: string;
  /** 0002,0003 where it is to differ. */
  readonly metaSop?: string;
  readonly more?: DataSet;
  readonly without?: readonly number[];
}

/** A small complete Part 10 file. */
export function sampleFile(sample: SampleFile): Buffer {
  const sopClass = sample.sopClass ?? SOP_CLASS.CT;
  const dataSet: DataSet = [
    ...(sample.characterSet === undefined
      ? []
      : [text(0x00080005, 'CS', ...sample.characterSet.split('\\'))]),
    text(0x00080016, 'UI', sopClass),
    text(0x00080018, 'UI', sample.sop),
    text(0x00080020, 'DA', sample.studyDate ?? '20240131'),
    text(0x00080030, 'TM', '101500'),
    text(0x00080050, 'SH', sample.accessionNumber ?? 'A1'),
    text(0x00080060, 'CS', sample.modality ?? 'CT'),
    text(0x00081030, 'LO', 'Head'),
    text(0x00100010, 'PN', sample.patientName ?? 'Test^Ada'),
    text(0x00100020, 'LO', sample.patientId ?? 'P1'),
    text(0x0020000d, 'UI', sample.study),
    text(0x0020000e, 'UI', sample.series),
    text(0x00200011, 'IS', '1'),
    text(0x00200013, 'IS', '7'),
    numbers(0x00280010, 'US', 4),
    numbers(0x00280011, 'US', 5),
    ...(sample.more ?? []),
    bytes(0x7fe00010, 'OW', new Uint8Array(sample.pixelBytes ?? 40).fill(sample.fill ?? 1)),
  ].filter(element => !(sample.without ?? []).includes(element.tag));
  return Buffer.from(
    writePart10(dataSet, {
      transferSyntax: sample.transferSyntax ?? 'explicitLittleEndian',
      undefinedLengths: false,
      sopClassUid: sopClass,
      sopInstanceUid: sample.metaSop ?? sample.sop,
    }),
  );
}

/** `count` files of one series: `1.<study>.1.<i>`. */
export const seriesOf = (study: number, count: number, more: Partial<SampleFile> = {}): Buffer[] =>
  Array.from({length: count}, (_, i) =>
    sampleFile({study: `1.${study}`, series: `1.${study}.1`, sop: `1.${study}.1.${i + 1}`, ...more}),
  );
