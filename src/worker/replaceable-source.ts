import type {Listing, Presence, Source, WalkStep} from '../job/ports/source.js';

/**
 * The source of a running job. When the medium comes back under another name or handle, the new one takes the old
 * one's place and the job does not notice.
 */
export class ReplaceableSource implements Source {
  constructor(private current: Source) {}

  get name(): string {
    return this.current.name;
  }

  replace(source: Source): void {
    this.current = source;
  }

  walk(signal: AbortSignal): AsyncIterable<WalkStep> {
    return this.current.walk(signal);
  }

  list(path: string, signal: AbortSignal): Promise<Listing> {
    return this.current.list(path, signal);
  }

  presence(): Promise<Presence> {
    return this.current.presence();
  }

  fingerprint(): Promise<string | null> {
    return this.current.fingerprint();
  }
}
