import * as v from 'valibot';
import type {Server, ServerInfo} from '../../../src/console/console-api.js';
import {signInByBrowser} from '../../../src/standalone/browser-sign-in.js';

const InfoSchema = v.object({
  name: v.string(),
  imageFolder: v.optional(v.nullable(v.string()), null),
  freeBytes: v.optional(v.nullable(v.number()), null),
  capabilities: v.object({copy: v.boolean(), link: v.boolean(), query: v.boolean()}),
  /** A proxy answers for a PACS that it cannot reach. */
  reachable: v.optional(v.boolean(), true),
});

/** What a server without `GET /archive/info` can be counted on: DICOMweb. */
const plainDicomWeb = (origin: string): ServerInfo => ({
  name: new URL(origin).host,
  imageFolder: null,
  freeBytes: null,
  capabilities: {copy: true, link: false, query: true},
});

/** The archive answered, but not as an archive does. */
export class ArchiveAnswerError extends TypeError {
  override readonly name = 'ArchiveAnswerError';
  readonly code = 'archive-answer';

  constructor(readonly status: number) {
    super(`The archive answered with HTTP status ${status}`);
  }
}

/**
 * The archive at the console's own origin. Requests are signed in by the session of the page (a cookie, or what the
 * browser asked for), so there are no headers to add.
 */
export class SameOriginServer implements Server {
  readonly dicomWebUrl: string;
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
    this.dicomWebUrl = `${origin}/dicom-web`;
  }

  async info(): Promise<ServerInfo> {
    const response = await fetch(`${this.#origin}/archive/info`, {headers: {accept: 'application/json'}});
    if (response.status === 404) return plainDicomWeb(this.#origin);
    if (!response.ok) throw new ArchiveAnswerError(response.status);
    const answer = v.safeParse(InfoSchema, await response.json().catch(() => null));
    if (!answer.success) throw new ArchiveAnswerError(response.status);
    const {reachable, ...info} = answer.output;
    if (!reachable) throw new ArchiveAnswerError(502);
    return info;
  }

  authorization(): Promise<Readonly<Record<string, string>>> {
    return Promise.resolve({});
  }

  signIn(): Promise<boolean> {
    return signInByBrowser(this.dicomWebUrl);
  }
}
