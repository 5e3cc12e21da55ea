import type {Server, ServerInfo} from '../console/console-api.js';
import {signInByBrowser} from './browser-sign-in.js';
import type {PageConfig} from './page-config.js';

const CAPABILITIES = {copy: true, link: false, query: true} as const;

/** The archive at the page's own origin: signed in by the page's session, or by what the browser asks the person. */
export class SameOriginServer implements Server {
  readonly dicomWebUrl: string;

  constructor(private readonly config: PageConfig) {
    this.dicomWebUrl = config.dicomWebUrl;
  }

  /** Asks in turn what archives have to tell of themselves: `/archive/info`, and Orthanc's `/system`. */
  async info(): Promise<ServerInfo> {
    const {origin, host} = new URL(this.dicomWebUrl);
    const own = await this.json(`${origin}/archive/info`);
    if (own !== null) {
      return {
        name: this.config.name ?? text(own, 'name') ?? host,
        imageFolder: text(own, 'imageFolder'),
        freeBytes: typeof own['freeBytes'] === 'number' ? own['freeBytes'] : null,
        capabilities: CAPABILITIES,
      };
    }
    const orthanc = await this.json(`${origin}/system`);
    const name = orthanc === null ? null : (text(orthanc, 'Name') ?? 'Orthanc');
    return {
      name: this.config.name ?? name ?? host,
      imageFolder: null,
      freeBytes: null,
      capabilities: CAPABILITIES,
    };
  }

  authorization(): Promise<Readonly<Record<string, string>>> {
    return Promise.resolve({});
  }

  signIn(): Promise<boolean> {
    return signInByBrowser(this.dicomWebUrl);
  }

  private async json(url: string): Promise<Readonly<Record<string, unknown>> | null> {
    const response = await fetch(url, {headers: {accept: 'application/json'}});
    if (!response.ok || !(response.headers.get('content-type') ?? '').includes('json')) return null;
    const value: unknown = await response.json();
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  }
}

function text(object: Readonly<Record<string, unknown>>, key: string): string | null {
  const value = object[key];
  return typeof value === 'string' && value !== '' ? value : null;
}
