/**
 * How the bytes of a file are laid out. `part10` has a file header (PS3.10 7.1); `no-preamble` has one too, but the 128
 * bytes and `DICM` before it are missing; the others are bare data sets.
 */
export type Encoding = 'part10' | 'no-preamble' | 'raw-implicit-le' | 'raw-explicit-le' | 'raw-explicit-be';

/** Where a date comes from. Only a study date counts for a date range; the others serve to order (PS3.3 C.7). */
export type DateSource = 'study' | 'series' | 'acquisition' | 'content';

/** What stands in the first 128 bytes of a Part 10 file. Programs hidden there are CVE-2019-11687. */
export type Preamble = 'none' | 'zero' | 'tiff' | 'other' | 'executable';

/**
 * The identifying attributes of one instance, decoded and trimmed. Texts are untrusted: show them as text.
 * UIDs are as they stand in the file, without padding, never repaired.
 */
export interface InstanceHeader {
  readonly encoding: Encoding;
  /** 0002,0010; for a bare data set the syntax that was recognised. */
  readonly transferSyntaxUid: string;
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  /** 0008,0020 as `YYYYMMDD`; null where it is absent, empty or no date of the calendar. */
  readonly studyDate: string | null;
  /** The best date for ordering, `YYYYMMDD`, and where it comes from; null where the file has none. */
  readonly orderDate: {readonly date: string; readonly source: DateSource} | null;
  /** 0008,0030 as `HHMMSS`, null where absent. */
  readonly studyTime: string | null;
  readonly modality: string;
  readonly patientId: string;
  readonly patientName: string;
  readonly patientBirthDate: string | null;
  readonly studyDescription: string;
  readonly accessionNumber: string;
  readonly preamble: Preamble;
}

/** Why a file is no instance that can be sent. The codes are those of the table of reasons in `job/`. */
export type Unusable =
  | 'empty'
  | 'not-dicom'
  | 'dicomdir'
  | 'cut-short'
  | 'damaged-header'
  | 'header-too-large'
  | 'header-timeout'
  | 'no-study-uid'
  | 'no-series-uid'
  | 'no-sop-uid'
  | 'no-part10-header'
  | 'unreadable'
  | 'vanished'
  | 'changed';

/** What reading the beginning of a file has shown. `header` holds what was still legible of an unusable file. */
export type HeaderReading =
  | {readonly kind: 'instance'; readonly header: InstanceHeader}
  | {readonly kind: 'unusable'; readonly why: Unusable; readonly header?: Partial<InstanceHeader>};
