import type {
  Asked,
  Destination,
  DestinationInfo,
  Parcel,
  SendResult,
  Verdict,
} from '../job/ports/destination.js';
import {serverPath} from './server-path.js';

/** A file to be registered where it lies, with its path as the archive sees it. */
export interface LinkParcel {
  readonly parcel: Parcel;
  readonly serverPath: string;
}

/** The call by which one kind of archive registers files. One verdict a parcel, in their order; never rejects. */
export type RegisterLinks = (links: readonly LinkParcel[], signal: AbortSignal) => Promise<SendResult>;

export interface LinkOptions {
  /** The same archive, as far as it can be asked. */
  readonly archive: Destination;
  /** The source's folder as the archive sees it. */
  readonly serverRoot: string;
  readonly register: RegisterLinks;
}

/** Makes links in place of copies: the files stay where they are, and the archive registers them there. */
export class LinkDestination implements Destination {
  constructor(private readonly options: LinkOptions) {}

  async probe(signal: AbortSignal): Promise<Asked<DestinationInfo>> {
    const asked = await this.options.archive.probe(signal);
    if (!asked.ok) return asked;
    const capabilities = {copy: false, link: true, query: asked.value.capabilities.query};
    return {ok: true, value: {...asked.value, capabilities}};
  }

  async send(parcels: readonly Parcel[], signal: AbortSignal): Promise<SendResult> {
    if (signal.aborted) return {kind: 'aborted'};
    const paths = parcels.map(parcel => serverPath(this.options.serverRoot, parcel.path));
    const links = parcels.flatMap((parcel, i) => {
      const path = paths[i] ?? null;
      return path === null ? [] : [{parcel, serverPath: path}];
    });
    const result: SendResult =
      links.length === 0
        ? {kind: 'answered', verdicts: [], fault: null}
        : await this.options.register(links, signal);
    if (result.kind !== 'answered') return result;
    const verdicts = result.verdicts.values();
    const unnamed: Verdict = {kind: 'unnamed'};
    return {
      ...result,
      verdicts: paths.map(path => (path === null ? NO_PATH : (verdicts.next().value ?? unnamed))),
    };
  }

  studies(studyUids: readonly string[], signal: AbortSignal): Promise<Asked<ReadonlySet<string>>> {
    return this.options.archive.studies(studyUids, signal);
  }

  instances(studyUid: string, signal: AbortSignal): Promise<Asked<ReadonlySet<string>>> {
    return this.options.archive.instances(studyUid, signal);
  }
}

const NO_PATH: Verdict = {
  kind: 'refused',
  reason: 'policy-refused',
  detail: 'the name of the file or of a folder cannot be told to the archive',
};
