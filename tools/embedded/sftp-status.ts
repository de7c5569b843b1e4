import type { Stats } from 'node:fs';
import ssh2, { type Attributes } from 'ssh2';

/** Status codes of SFTP version 3 (draft-ietf-secsh-filexfer-02, section 7). */
export const STATUS = ssh2.utils.sftp.STATUS_CODE;

/** An operation that the server refuses by its own rule. */
export class SftpRefusal extends Error {
  override readonly name = 'SftpRefusal';

  /**
   * @param status - status code the client receives
   * @param message - French sentence the client may show
   */
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Shorthand for an {@link SftpRefusal} by the name of its status. */
export function refusal(status: 'PERMISSION_DENIED' | 'FAILURE' | 'NO_SUCH_FILE', message: string): SftpRefusal {
  return new SftpRefusal(STATUS[status], message);
}

/**
 * Translates an error into the status a client receives. A message of the system is never passed on: it names places of
 * the server's disk.
 */
export function statusOf(error: unknown): { readonly code: number; readonly message: string } {
  if (error instanceof SftpRefusal) return { code: error.status, message: error.message };
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return { code: STATUS.NO_SUCH_FILE, message: 'Fichier ou dossier introuvable' };
    case 'EACCES':
    case 'EPERM':
    case 'ELOOP':
      return { code: STATUS.PERMISSION_DENIED, message: 'Accès refusé' };
    case 'EEXIST':
      return { code: STATUS.FAILURE, message: 'Ce nom est déjà pris' };
    case 'ENOTEMPTY':
      return { code: STATUS.FAILURE, message: "Le dossier n'est pas vide" };
    case 'ENOSPC':
    case 'EDQUOT':
      return { code: STATUS.FAILURE, message: 'Plus de place sur le serveur' };
    default:
      return { code: STATUS.FAILURE, message: "L'opération a échoué" };
  }
}

/** Attributes of SFTP version 3: times in whole seconds since 1970. Owners are not told: they mean nothing outside. */
export function attributesOf(found: Stats): Attributes {
  return {
    mode: found.mode,
    uid: 0,
    gid: 0,
    size: found.size,
    atime: Math.floor(found.atimeMs / 1000),
    mtime: Math.floor(found.mtimeMs / 1000),
  };
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The line of `ls -l` that the protocol carries beside each name; clients show it, some still parse it. */
export function listingLine(name: string, found: Stats): string {
  const permissions = [6, 3, 0]
    .map((shift) => (found.mode >> shift) & 7)
    .map((bits) => `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${bits & 1 ? 'x' : '-'}`)
    .join('');
  const [date, month] = [found.mtime.getUTCDate(), MONTHS[found.mtime.getUTCMonth()]];
  const day = `${month} ${String(date).padStart(2)} ${String(found.mtime.getUTCFullYear()).padStart(5)}`;
  return `${found.isDirectory() ? 'd' : '-'}${permissions} 1 repons repons ${String(found.size).padStart(12)} ${day} ${name}`;
}
