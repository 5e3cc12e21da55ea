import {createSHA256, type IHasher} from 'hash-wasm';

const SALT_BYTES = 32;
const HEX_KEPT = 16;

/** How a report names what could tell a patient: as it is, or by numbers and hashes. */
export interface Names {
  folder(path: string): string;
  /** The path of a file, or of its folder where the file has no name. */
  file(folder: string, name: string): string;
  uid(uid: string): string;
  readonly isAnonymous: boolean;
}

export const REAL_NAMES: Names = {
  folder: path => path,
  file: (folder, name) => [folder, name].filter(part => part !== '').join('/'),
  uid: uid => uid,
  isAnonymous: false,
};

/**
 * Folders and files become numbers, UIDs hashes. Both hold within one report only: the salt of the hashes is thrown
 * away with it, so that nobody can find a UID by trying. Remembers a number for each folder, nothing for a file.
 */
export async function pseudonyms(
  salt: Uint8Array = crypto.getRandomValues(new Uint8Array(SALT_BYTES)),
): Promise<Names> {
  const hasher: IHasher = await createSHA256();
  const folders = new Map<string, number>();
  let files = 0;
  const folder = (path: string): string => {
    const number = folders.get(path) ?? folders.size + 1;
    folders.set(path, number);
    return `${number}`;
  };
  return {
    folder,
    file: (path, name) => (name === '' ? folder(path) : `${folder(path)}/${++files}`),
    uid: uid => hasher.init().update(salt).update(uid).digest('hex').slice(0, HEX_KEPT),
    isAnonymous: true,
  };
}
