import {isAborted} from './is-aborted.js';
import type {HeaderReading} from '../dicom/instance-header.js';
import type {Outage} from './outage.js';
import type {HeaderReader} from './ports/header-reader.js';
import type {FileContent, Opened, ReadFault, SourceFile} from './ports/source.js';

/** A file as the medium gave it: its content with what its header says, or why it could not be had. */
export type ReadFile =
  | {
      readonly kind: 'read';
      readonly file: SourceFile;
      readonly content: FileContent;
      readonly reading: HeaderReading;
    }
  | {readonly kind: 'fault'; readonly file: SourceFile; readonly fault: ReadFault};

/**
 * Opens files and reads their headers together. One unreadable file is told from a lost medium by asking the root: if
 * the medium is gone the job waits for it, and the files are tried again.
 */
export async function readFiles(
  files: readonly SourceFile[],
  reader: HeaderReader,
  outage: Outage,
  signal: AbortSignal,
): Promise<readonly ReadFile[]> {
  for (;;) {
    // While a medium is waited for, another one may lie in its place.
    await outage.over();
    const opened = await Promise.all(files.map(async file => ({file, opened: await file.open()})));
    if (opened.some(each => !each.opened.ok) && (await outage.mediumMissing())) {
      if (isAborted(signal)) return [];
      continue;
    }
    const readable = opened.flatMap(({file, opened: o}) => (o.ok ? [{file, content: o.content}] : []));
    const readings = await reader.read(
      readable.map(({content}) => content),
      signal,
    );
    if (isAborted(signal)) return [];
    const lost = readings.some(reading => reading.kind === 'unusable' && reading.why === 'unreadable');
    if (lost && (await outage.mediumMissing())) {
      if (isAborted(signal)) return [];
      continue;
    }
    const read = new Map(readable.map((each, i) => [each.file, {...each, reading: readings[i]}]));
    return opened.map(({file, opened: o}) => combined(file, o, read.get(file)));
  }
}

function combined(
  file: SourceFile,
  opened: Opened,
  read: {content: FileContent; reading: HeaderReading | undefined} | undefined,
): ReadFile {
  if (!opened.ok) return {kind: 'fault', file, fault: opened.fault};
  if (read?.reading === undefined)
    throw new Error('the header reader answered fewer files than it was given');
  return {kind: 'read', file, content: read.content, reading: read.reading};
}
