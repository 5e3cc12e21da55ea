import {randomUUID} from 'node:crypto';
import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';

/** Thrown where another living process uses the folder. */
export class FolderInUseError extends Error {
  readonly code = 'folder-in-use';
  constructor(folder: string, pid: number) {
    super(`The data folder ${folder} is in use by process ${pid}.`);
    this.name = 'FolderInUseError';
  }
}

interface Owner {
  readonly pid: number;
  /** When the process began, in the system's own terms; tells a pid that is used again from its first owner. */
  readonly started: string;
  readonly token: string;
}

/** Tokens of the locks that this process holds itself. */
const own = new Set<string>();

/** Linux tells when a process began (proc(5), field 22); elsewhere the pid alone must do. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function isAlive(owner: Owner): boolean {
  if (owner.pid === process.pid) return own.has(owner.token);
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  return owner.started === '' || startOf(owner.pid) === '' || owner.started === startOf(owner.pid);
}

function readOwner(file: string): Owner | null {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof value !== 'object' || value === null) return null;
    const {pid, started, token} = value as Record<string, unknown>;
    if (typeof pid !== 'number' || typeof started !== 'string' || typeof token !== 'string') return null;
    return {pid, started, token};
  } catch {
    // Missing, or killed while it was being written: nobody's.
    return null;
  }
}

/**
 * Takes the folder for this process, also from a process that was killed. Answers how to give it back; throws
 * `FolderInUseError` where its owner lives.
 */
export function lockFolder(folder: string): () => void {
  const file = path.join(folder, 'archive.lock');
  const owner: Owner = {pid: process.pid, started: startOf(process.pid), token: randomUUID()};
  mkdirSync(folder, {recursive: true});
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writeFileSync(file, JSON.stringify(owner), {flag: 'wx'});
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      const other = readOwner(file);
      if (other && isAlive(other)) throw new FolderInUseError(folder, other.pid);
      rmSync(file, {force: true});
      continue;
    }
    // Two processes that found the same dead owner: the one whose lock stands has won.
    if (readOwner(file)?.token === owner.token) {
      own.add(owner.token);
      return () => {
        own.delete(owner.token);
        if (readOwner(file)?.token === owner.token) rmSync(file, {force: true});
      };
    }
  }
  throw new FolderInUseError(folder, readOwner(file)?.pid ?? 0);
}
