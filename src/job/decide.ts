import type {HeaderReading, InstanceHeader} from '../dicom/instance-header.js';
import type {DateRange, JobOptions} from './job-options.js';
import type {Outcome} from './outcome.js';

/** What is to be done with a file, once its header has been read. */
export type Decision =
  | {readonly kind: 'send'; readonly header: InstanceHeader}
  | {readonly kind: 'settle'; readonly outcome: Outcome; readonly header: Partial<InstanceHeader> | null};

/** Decides by the file's own header alone: the date range applies to its own study date, never to a sample's. */
export function decide(reading: HeaderReading, options: JobOptions): Decision {
  if (reading.kind === 'unusable') {
    const outcome: Outcome =
      reading.why === 'not-dicom' || reading.why === 'dicomdir'
        ? {kind: 'skipped', reason: reading.why}
        : {kind: 'failed', reason: reading.why};
    return {kind: 'settle', outcome, header: reading.header ?? null};
  }
  const {header} = reading;
  const outside = options.dates === null ? null : outsideDates(header.studyDate, options.dates);
  if (outside !== null) return {kind: 'settle', outcome: {kind: 'skipped', reason: outside}, header};
  if (header.encoding !== 'part10') {
    return {kind: 'settle', outcome: {kind: 'failed', reason: 'no-part10-header'}, header};
  }
  return {kind: 'send', header};
}

/** Null where the date lies in the range, both ends included. Dates are `YYYYMMDD`, so they compare as texts. */
function outsideDates(date: string | null, range: DateRange): 'outside-dates' | 'undated' | null {
  if (date === null) return 'undated';
  const early = range.from !== null && date < range.from;
  const late = range.to !== null && date > range.to;
  return early || late ? 'outside-dates' : null;
}
