import {freshUid} from './part10-file.js';

export type Manner =
  | 'standard'
  | 'orthanc'
  | 'azure'
  | 'dcm4chee'
  | 'xml'
  | 'strings'
  | 'no-offset'
  | 'short-pages'
  | 'strict-404'
  | 'no-lists'
  | 'no-filter'
  | 'asks-for-filter'
  | 'cross-origin';

export interface Rule {
  readonly method?: 'GET' | 'POST';
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly cut?: 'request' | 'answer' | 'silence' | 'answer-silence';
  readonly delayMs?: number;
  readonly store?: false;
}

export interface Control {
  readonly manner?: Manner;
  readonly refuse?: Readonly<Record<string, number>>;
  readonly next?: readonly Rule[];
  /** By path on the archive's side, for storage import. */
  readonly files?: Readonly<
    Record<string, {readonly sop: string; readonly study: string; readonly sopClass: string}>
  >;
}

export interface ServerLog {
  readonly requests: readonly {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly parts: readonly string[];
  }[];
  readonly held: Readonly<Record<string, {readonly sha256: string; readonly study: string}>>;
}

/** One server of dev/test-stow-server.mjs, nobody else's. */
export class FakeStow {
  readonly name = freshUid();
  readonly baseUrl = `/fake-stow/${this.name}/dicom-web`;

  async control(change: Control): Promise<this> {
    await fetch(`/fake-stow/${this.name}/control`, {method: 'POST', body: JSON.stringify(change)});
    return this;
  }

  async log(): Promise<ServerLog> {
    return (await (await fetch(`/fake-stow/${this.name}/log`)).json()) as ServerLog;
  }
}
