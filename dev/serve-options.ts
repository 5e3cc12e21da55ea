import {parseArgs} from 'node:util';

/** How the console is served, as the command line says it. */
export interface ServeOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** The folder of the embedded archive. */
  readonly data: string;
  /** A real PACS in place of the embedded archive. */
  readonly pacs: string | null;
  readonly stow: string;
  readonly importRoots: readonly string[];
  readonly allowedHosts: readonly string[];
  readonly name: string | null;
  readonly quotaBytes: number | null;
  readonly sync: boolean;
  readonly help: boolean;
}

export const USAGE = `npm start -- [options]

  --port N          the port (default 8000, or PORT from the environment; 0 takes any)
  --data DIR        where the embedded archive keeps its files (default .archive/)
  --import-root DIR a folder below which files may be linked; may be given several times
  --name NAME       what the embedded archive calls itself
  --quota BYTES     how much the embedded archive may keep
  --no-sync         do not wait for the disk: faster, but a power cut may lose what was called stored
  --pacs URL        a real PACS in place of the embedded archive; PACS_USER and PACS_PASSWORD, or PACS_TOKEN,
                    in the environment sign in there
  --stow PATH       where its DICOMweb root is (default /dicom-web)
  --allow-host NAME a further name that the Host header may hold
`;

/** Thrown for a command line that cannot be followed; the message is one line for a person. */
export class UsageError extends Error {}

function wholeNumber(name: string, text: string, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > most)
    throw new UsageError(`${name} must be a whole number up to ${most}.`);
  return value;
}

export function readOptions(argv: readonly string[], env: NodeJS.ProcessEnv): ServeOptions {
  try {
    const {values} = parseArgs({
      args: [...argv],
      options: {
        'port': {type: 'string'},
        'data': {type: 'string'},
        'pacs': {type: 'string'},
        'stow': {type: 'string'},
        'import-root': {type: 'string', multiple: true},
        'allow-host': {type: 'string', multiple: true},
        'name': {type: 'string'},
        'quota': {type: 'string'},
        'no-sync': {type: 'boolean'},
        'help': {type: 'boolean', short: 'h'},
      },
    });
    const pacs = values.pacs ?? null;
    if (pacs !== null && !/^https?:\/\/[^/]/.test(pacs)) {
      throw new UsageError('--pacs must be an address that begins with http:// or https://.');
    }
    return {
      port: wholeNumber('The port', values.port ?? (env['PORT'] || '8000'), 65_535),
      data: values.data ?? '.archive',
      pacs,
      stow: values.stow ?? '/dicom-web',
      importRoots: values['import-root'] ?? [],
      allowedHosts: values['allow-host'] ?? [],
      name: values.name ?? null,
      quotaBytes: values.quota === undefined ? null : wholeNumber('The quota', values.quota, 2 ** 53 - 1),
      sync: values['no-sync'] !== true,
      help: values.help === true,
    };
  } catch (error) {
    if (error instanceof TypeError && 'code' in error) throw new UsageError(error.message);
    throw error;
  }
}
