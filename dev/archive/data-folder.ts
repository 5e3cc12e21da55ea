import {mkdirSync, statfsSync} from 'node:fs';
import path from 'node:path';

/** Where everything lies. Images and what is still coming in share one file system, so that a rename is enough. */
export interface DataFolder {
  readonly root: string;
  readonly images: string;
  readonly incoming: string;
  readonly index: string;
  readonly receipts: string;
}

export function openDataFolder(folder: string): DataFolder {
  const root = path.resolve(folder);
  const data = {
    root,
    images: path.join(root, 'images'),
    incoming: path.join(root, 'incoming'),
    index: path.join(root, 'index.sqlite'),
    receipts: path.join(root, 'requests.ndjson'),
  };
  mkdirSync(data.images, {recursive: true});
  mkdirSync(data.incoming, {recursive: true});
  return data;
}

/** Where an instance lies below the image folder. The UIDs must be safe (`isSafeUid`). */
export const relativePathOf = (studyUid: string, seriesUid: string, sopUid: string) =>
  `${studyUid}/${seriesUid}/${sopUid}.dcm`;

/** What the file system has left, in bytes. */
export function freeBytesOf(data: DataFolder): number | null {
  try {
    const {bavail, bsize} = statfsSync(data.root);
    return bavail * bsize;
  } catch {
    return null;
  }
}
