/** `YYYYMMDD`, both ends included; null leaves an end open. */
export interface DateRange {
  readonly from: string | null;
  readonly to: string | null;
}

/** What the admin chose for one job. */
export interface JobOptions {
  readonly transfer: 'copy' | 'link';
  /** Null: all dates. */
  readonly dates: DateRange | null;
  /** Ask the archive first and leave out what it holds. */
  readonly skipExisting: boolean;
  /** After a study is sent, ask the archive for its instances. */
  readonly verify: boolean;
  /** The most requests in flight; the engine adapts below it. */
  readonly maxInFlight: number;
}

export const DEFAULT_OPTIONS: JobOptions = {
  transfer: 'copy',
  dates: null,
  skipExisting: true,
  verify: true,
  maxInFlight: 6,
};
