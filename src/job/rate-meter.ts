import type {RatePoint} from './job-snapshot.js';

const MOST_POINTS = 180;
const FIRST_WIDTH_MS = 2_000;

/** The share that a new interval has in the damped rate. */
const DAMPING = 0.2;

/**
 * Measures throughput in intervals of equal length, for the plot and for the estimate of the time left. When there
 * are too many intervals, neighbours are joined: the plot always shows the whole run and memory stays flat.
 */
export class RateMeter {
  private points: RatePoint[] = [];
  private widthMs = FIRST_WIDTH_MS;
  private startedAt: number;
  private bytes = 0;
  private files = 0;
  private waited = false;
  private damped: {readonly bytes: number; readonly files: number} | null = null;

  constructor(now: number) {
    this.startedAt = now;
  }

  add(files: number, bytes: number): void {
    this.files += files;
    this.bytes += bytes;
  }

  /** Closes intervals up to `now`; `isWaiting` marks them as waited through. */
  tick(now: number, isWaiting: boolean): void {
    this.waited ||= isWaiting;
    if (now - this.startedAt < this.widthMs) return;
    const seconds = (now - this.startedAt) / 1000;
    const point: RatePoint = {
      at: now,
      bytesPerSecond: this.bytes / seconds,
      filesPerSecond: this.files / seconds,
      waited: this.waited && this.files === 0,
    };
    this.points.push(point);
    if (!point.waited) this.damp(point);
    this.startedAt = now;
    this.bytes = 0;
    this.files = 0;
    this.waited = isWaiting;
    if (this.points.length > MOST_POINTS) this.halve();
  }

  get rates(): readonly RatePoint[] {
    return this.points;
  }

  get bytesPerSecond(): number {
    return this.damped?.bytes ?? 0;
  }

  get filesPerSecond(): number {
    return this.damped?.files ?? 0;
  }

  /** Milliseconds until `files` more have gone through, or null while nothing can be said. */
  timeFor(files: number): number | null {
    const rate = this.filesPerSecond;
    return rate > 0 ? (files / rate) * 1000 : null;
  }

  private damp(point: RatePoint): void {
    const old = this.damped;
    this.damped =
      old === null
        ? {bytes: point.bytesPerSecond, files: point.filesPerSecond}
        : {
            bytes: old.bytes + DAMPING * (point.bytesPerSecond - old.bytes),
            files: old.files + DAMPING * (point.filesPerSecond - old.files),
          };
  }

  private halve(): void {
    const joined: RatePoint[] = [];
    for (let i = 0; i + 1 < this.points.length; i += 2) {
      const [a, b] = [this.points[i], this.points[i + 1]];
      if (a === undefined || b === undefined) break;
      joined.push({
        at: b.at,
        bytesPerSecond: (a.bytesPerSecond + b.bytesPerSecond) / 2,
        filesPerSecond: (a.filesPerSecond + b.filesPerSecond) / 2,
        waited: a.waited && b.waited,
      });
    }
    this.points = joined;
    this.widthMs *= 2;
  }
}
