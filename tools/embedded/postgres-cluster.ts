import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, link, lstat, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedServerError } from './embedded-server-error.js';
import { canWriteInto, type ServerAccount } from './postgres-account.js';
import type { PostgresBinaries } from './postgres-binaries.js';

/** A database cluster ready to be served. */
export interface Cluster {
  /** PGDATA */
  readonly folder: string;
  /** password of the superuser `postgres` */
  readonly password: string;
}

/** Name of the superuser of every embedded server. */
export const SUPERUSER = 'postgres';

const run = promisify(execFile);

/**
 * Opens the cluster kept in a data folder, after creating it the first time.
 *
 * The data folder holds `superuser-password` (mode 0600), `server.log` and `cluster/`. When the server's account cannot
 * reach the data folder (root's closed home), the cluster is created under /var/tmp, and `cluster-location` in the data
 * folder says where.
 *
 * @param dataFolder - absolute path; created when missing
 * @param binaries - programs the account can run
 * @param account - account the server will run under
 * @throws EmbeddedServerError when the cluster cannot be created, or its password was lost
 */
export async function openCluster(
  dataFolder: string,
  binaries: PostgresBinaries,
  account: ServerAccount,
): Promise<Cluster> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  // The server crosses this folder to reach its own; what is beside it stays closed by its own mode.
  if (account.uid !== undefined) await chmod(dataFolder, 0o711);
  const parent = await chooseClusterParent(dataFolder, account);
  const folder = path.join(parent, 'cluster');
  const isNew = !existsSync(path.join(folder, 'PG_VERSION'));
  const password = await readOrCreatePassword(path.join(dataFolder, 'superuser-password'), isNew);
  if (isNew) await initialise(folder, password, binaries, account);
  return { folder, password };
}

async function chooseClusterParent(dataFolder: string, account: ServerAccount): Promise<string> {
  if (account.uid === undefined) return dataFolder;
  const note = path.join(dataFolder, 'cluster-location');
  const known = (await readFile(note, 'utf8').catch(() => '')).trim();
  if (known !== '') {
    const found = await lstat(known).catch(() => undefined);
    if (found?.isDirectory() === true && found.uid === 0) return known;
  }
  const probe = await mkdtemp(path.join(dataFolder, '.reachable-'));
  try {
    await chown(probe, account.uid, account.gid ?? account.uid);
    if (canWriteInto(account, probe)) return dataFolder;
  } finally {
    await rm(probe, { recursive: true, force: true });
  }
  const moved = await mkdtemp('/var/tmp/repons-postgres-data-');
  await chmod(moved, 0o711);
  await writeFile(note, `${moved}\n`);
  return moved;
}

/** Written aside then linked, so that of two first starts at once both read the same password. */
async function readOrCreatePassword(file: string, isNewCluster: boolean): Promise<string> {
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined) return kept.trim();
  if (!isNewCluster) {
    throw new EmbeddedServerError(
      'EMBEDDED_POSTGRES_PASSWORD_LOST',
      `Les données de PostgreSQL existent, mais le fichier de leur mot de passe manque : ${file}. ` +
        'Remettez ce fichier depuis une sauvegarde, ou déplacez le dossier de données pour repartir à neuf.',
    );
  }
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
  return (await readFile(file, 'utf8')).trim();
}

/** Made in a folder aside, then renamed: a first start that was interrupted leaves nothing that looks like a cluster. */
async function initialise(
  folder: string,
  password: string,
  binaries: PostgresBinaries,
  account: ServerAccount,
): Promise<void> {
  const draft = await mkdtemp(`${folder}.new-`);
  const secretFolder = await mkdtemp(path.join(tmpdir(), 'repons-initdb-'));
  const secretFile = path.join(secretFolder, 'password');
  try {
    await writeFile(secretFile, password, { mode: 0o600 });
    if (account.uid !== undefined && account.gid !== undefined) {
      for (const owned of [draft, secretFolder, secretFile]) await chown(owned, account.uid, account.gid);
    }
    const options = ['-A', 'scram-sha-256', '-E', 'UTF8', '--locale=C', '--no-instructions'];
    await run(binaries.initdb, ['-D', draft, '-U', SUPERUSER, '--pwfile', secretFile, ...options], {
      ...account,
      cwd: path.parse(draft).root,
    });
    await rename(draft, folder);
  } catch (cause) {
    const anotherWasFaster = existsSync(path.join(folder, 'PG_VERSION'));
    if (!anotherWasFaster) throw initialisationFailed(folder, cause);
  } finally {
    await rm(draft, { recursive: true, force: true });
    await rm(secretFolder, { recursive: true, force: true });
  }
}

function initialisationFailed(folder: string, cause: unknown): EmbeddedServerError {
  const detail = (cause as { stderr?: string }).stderr?.trim() ?? String(cause);
  return new EmbeddedServerError(
    'EMBEDDED_POSTGRES_INITIALISATION_FAILED',
    `La création de la base de données dans ${folder} a échoué : ${detail}. ` +
      'Vérifiez la place et les droits du dossier de données.',
    { cause },
  );
}
