import { readFile } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { EmbeddedServerError } from './embedded-server-error.js';

/** The system account the server runs under; empty when it is the account of the current process. */
export interface ServerAccount {
  readonly uid?: number;
  readonly gid?: number;
}

/** Accounts that exist without `useradd`, the best first: Debian, macOS, then the one every system has. */
const CANDIDATES = ['postgres', '_postgres', 'nobody'];

/**
 * Chooses the account PostgreSQL runs under. The server refuses to run as root, and creating a user would leave a trace
 * on the machine (and `useradd` is absent of minimal images), so root hands over to an account that is already there.
 *
 * @returns the account to spawn with: empty for an ordinary user
 * @throws EmbeddedServerError when root finds no account to hand over to
 */
export async function chooseServerAccount(): Promise<ServerAccount> {
  if (process.getuid?.() !== 0) return {};
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const candidate of CANDIDATES) {
    const entry = lines.find(([name]) => name === candidate);
    if (entry === undefined) continue;
    // macOS writes nobody's identifiers as -2: an unsigned 32-bit number for the kernel.
    const [uid, gid] = [Number(entry[2]) >>> 0, Number(entry[3]) >>> 0];
    if (uid !== 0) return { uid, gid };
  }
  throw new EmbeddedServerError(
    'EMBEDDED_POSTGRES_UNPRIVILEGED_ACCOUNT_MISSING',
    `PostgreSQL refuse de tourner sous root et aucun des comptes ${CANDIDATES.join(', ')} n'existe sur cette machine. ` +
      'Lancez la plateforme sous un compte ordinaire, ou indiquez une base existante dans DATABASE_URL.',
  );
}

/**
 * Tells whether the account can traverse and write a folder. The real account is asked, because a folder may be closed
 * by any of its ancestors (a home in mode 0700) and by access lists that permission bits do not show.
 *
 * @param account - account of {@link chooseServerAccount}
 * @param folder - an existing folder
 */
export function canWriteInto(account: ServerAccount, folder: string): boolean {
  if (account.uid === undefined) return true;
  const probe = spawnSync('/bin/sh', ['-c', 'test -w "$1" && test -x "$1"', 'sh', folder], {
    ...account,
    cwd: '/',
    stdio: 'ignore',
  });
  return probe.status === 0;
}
