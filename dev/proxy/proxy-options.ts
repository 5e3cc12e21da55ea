import {credentialsFrom} from './credentials.js';

export interface ProxyOptions {
  /** The server, for example `http://pacs:8042`; a path in it is kept. */
  readonly pacsUrl: string;
  /** Where its DICOMweb root lies below that. */
  readonly dicomWebPath: string;
  /** The value of an Authorization header; null passes on what the browser sends. */
  readonly authorization: string | null;
  /** How long the server may be silent, in milliseconds. */
  readonly silenceMs: number;
}

/** The options for a server; credentials come from the environment, never from the command line. */
export function proxyOptions(url: string, dicomWebPath: string, env: NodeJS.ProcessEnv): ProxyOptions {
  const parsed = new URL(url);
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') throw new TypeError('not http');
  const authorization = credentialsFrom(env);
  const trim = (path: string) => path.replace(/\/+$/, '');
  const path = trim(dicomWebPath);
  return {
    pacsUrl: trim(parsed.origin + parsed.pathname),
    dicomWebPath: path === '' || path.startsWith('/') ? path : `/${path}`,
    authorization,
    silenceMs: 120_000,
  };
}
