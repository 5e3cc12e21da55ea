import type {ReadFault} from '../job/ports/source.js';

/** Names of the exceptions of the File System and File System Access standards, as far as they mean something to a job. */
const BY_NAME: Readonly<Record<string, ReadFault>> = {
  NotFoundError: 'vanished',
  NotAllowedError: 'permission',
  SecurityError: 'permission',
};

/** Whatever else goes wrong is one word to the admin: unreadable. */
export function readFault(error: unknown): ReadFault {
  return (error instanceof DOMException ? BY_NAME[error.name] : undefined) ?? 'unreadable';
}
