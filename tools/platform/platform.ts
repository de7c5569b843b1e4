import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from '../embedded/free-port.js';
import { startEmbeddedPostgres } from '../embedded/postgres.js';
import type { SftpAccount } from '../embedded/sftp-accounts.js';
import { ensureHostKey, generateSshKeyPair } from '../embedded/sftp-keys.js';
import { startSftpServer } from '../embedded/sftp-server.js';
import { dataFolder, keptSecret, type DataFolder } from './data-folder.js';
import { startProgram, type RunningProgram } from './program.js';

/** Largest flow taken unless the settings say otherwise (R24). */
const LARGEST_FLOW = 1024 ** 3;

/** What a file may be too large by and still be dropped, so that it is refused with a reason and not by a cut upload. */
const REFUSABLE_EXCESS = 64 * 1024 ** 2;

/** User name of the platform's own pick-up on the partners' boxes. */
const OPERATOR = 'repons';

/**
 * Heaps of a worker, of its main thread and its judging threads alike (V8 lets these flags win over the limits of a
 * thread). Small young generations, since what an invoice leaves behind dies at once: at V8's defaults the process grew to
 * half as much again (docs/benchmarks.md). The old generation takes an invoice of 100 MB.
 */
const WORKER_FLAGS = ['--max-semi-space-size=8', '--max-old-space-size=512'];

/** What to start. Ports are chosen when none is given. */
export interface PlatformOptions {
  readonly dataFolder: string;
  readonly apiPort?: number;
  readonly sftpPort?: number;
  readonly workers?: number;
  /** Settings of the programs on top of those that the platform sets (see `libs/application/src/configuration`). */
  readonly settings?: Readonly<Record<string, string>>;
  /** Further flags of Node for the workers, such as `--cpu-prof`. */
  readonly workerFlags?: readonly string[];
  /** An existing database and queue; embedded PostgreSQL and the queue on it when absent. */
  readonly databaseUrl?: string;
  readonly redisUrl?: string;
  /** Settings of an existing SFTP server (`SFTP_URL` and what opens it); the embedded one does not start then. */
  readonly externalSftp?: Readonly<Record<string, string>>;
  readonly log?: (line: string) => void;
}

/** Where the embedded SFTP server listens, and the host key to pin. */
export interface EmbeddedSftp {
  readonly host: string;
  readonly port: number;
  readonly hostKeyFingerprint: string;
}

/** A running platform: servers, API, workers. */
export interface Platform {
  readonly folder: DataFolder;
  readonly url: string;
  readonly databaseUrl: string;
  readonly adminKey: string;
  /** The embedded SFTP server, null when an existing one is used. */
  readonly sftp: EmbeddedSftp | null;
  readonly api: RunningProgram;
  readonly workers: readonly RunningProgram[];
  /** Starts one more worker, with further settings when given. */
  startWorker(settings?: Readonly<Record<string, string>>): Promise<RunningProgram>;
  /** Stops everything that was started, the programs first. May be called twice. */
  stop(): Promise<void>;
}

/** The embedded SFTP server of a platform that was started with one. */
export function embeddedSftp({ sftp }: Pick<Platform, 'sftp'>): EmbeddedSftp {
  if (sftp === null) throw new Error('This platform uses an existing SFTP server');
  return sftp;
}

/**
 * Starts the whole platform on one machine: PostgreSQL from the npm package, the queue on it, an SFTP server for the
 * partners' boxes, the API and the workers (R62). With a database or a Redis given, those are used and nothing embedded
 * starts in their place.
 */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const folder = dataFolder(options.dataFolder);
  for (const path of [folder.root, folder.work, folder.boxes, folder.objects])
    await mkdir(path, { recursive: true, mode: path === folder.root ? 0o755 : 0o700 });
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (let last = stops.pop(); last !== undefined; last = stops.pop()) await last();
  };
  const log = options.log ?? ((): void => undefined);
  try {
    return await start(options, folder, stops, stop, log);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  options: PlatformOptions,
  folder: DataFolder,
  stops: (() => Promise<void>)[],
  stop: () => Promise<void>,
  log: (line: string) => void,
): Promise<Platform> {
  const databaseUrl = options.databaseUrl ?? (await startDatabase(folder, stops, log));
  const adminKey = await keptSecret(folder.keys, 'admin-key');
  const personalDataKey = await keptSecret(folder.keys, 'personal-data-key');
  const { sftp, settings: sftpSettings } = await openBoxes(options, folder, databaseUrl, stops);
  const apiPort = options.apiPort ?? (await freePort());
  const environment = {
    DATABASE_URL: databaseUrl,
    ...(options.redisUrl === undefined ? {} : { REDIS_URL: options.redisUrl }),
    OBJECTS_FOLDER: folder.objects,
    WORK_FOLDER: folder.work,
    API_PORT: String(apiPort),
    API_ADMIN_KEY: adminKey,
    PERSONAL_DATA_KEY: personalDataKey,
    MAIL_FOLDER: folder.mails,
    MAIL_FROM: 'repons@localhost.localdomain',
    PORTAL_URL: `http://127.0.0.1:${apiPort}`,
    ...sftpSettings,
    ...options.settings,
  };
  const logs = join(folder.root, 'logs');
  await mkdir(logs, { recursive: true });
  log('API…');
  const api = await startProgram({
    name: 'api',
    entry: 'apps/api/src/main.js',
    env: environment,
    logFile: join(logs, 'api.log'),
    readyMessage: 'api ready',
  });
  stops.push(() => api.stop());
  const workers: RunningProgram[] = [];
  const startWorker = async (settings: Readonly<Record<string, string>> = {}): Promise<RunningProgram> => {
    const worker = await startProgram({
      name: 'edi-worker',
      entry: 'apps/edi-worker/src/main.js',
      env: { ...environment, ...settings },
      nodeFlags: [...WORKER_FLAGS, ...(options.workerFlags ?? [])],
      logFile: join(logs, `edi-worker-${workers.length + 1}.log`),
      readyMessage: 'worker ready',
    });
    workers.push(worker);
    return worker;
  };
  stops.push(async () => {
    await Promise.all(workers.map((worker) => worker.stop()));
  });
  log('Traitement des flux…');
  for (let count = 0; count < (options.workers ?? 1); count += 1) await startWorker();
  const url = `http://127.0.0.1:${apiPort}`;
  return { folder, url, databaseUrl, adminKey, sftp, api, workers, startWorker, stop };
}

async function startDatabase(
  folder: DataFolder,
  stops: (() => Promise<void>)[],
  log: (line: string) => void,
): Promise<string> {
  log('PostgreSQL…');
  const postgres = await startEmbeddedPostgres({ dataFolder: folder.postgres, sharedBuffersMb: 256, log });
  stops.push(() => postgres.stop());
  return postgres.createDatabase('repons');
}

async function operatorKeyPair(folder: DataFolder): Promise<{ privateKey: string; publicKey: string }> {
  const path = join(folder.keys, 'operator');
  const [privateKey, publicKey] = await Promise.all([
    readFile(path, 'utf8').catch(() => null),
    readFile(`${path}.pub`, 'utf8').catch(() => null),
  ]);
  if (privateKey !== null && publicKey !== null) return { privateKey, publicKey };
  const pair = generateSshKeyPair(OPERATOR);
  await writeFile(path, pair.privateKey, { mode: 0o600 });
  await writeFile(`${path}.pub`, pair.publicKey, { mode: 0o644 });
  return pair;
}

/** The partners' boxes: those of an existing server, or of an embedded one. */
async function openBoxes(
  options: PlatformOptions,
  folder: DataFolder,
  databaseUrl: string,
  stops: (() => Promise<void>)[],
): Promise<{ sftp: EmbeddedSftp | null; settings: Readonly<Record<string, string>> }> {
  if (options.externalSftp !== undefined) return { sftp: null, settings: options.externalSftp };
  const { privateKey, publicKey } = await operatorKeyPair(folder);
  const sftp = await startBoxes(options, folder, databaseUrl, publicKey, stops);
  const settings = {
    SFTP_URL: `sftp://${OPERATOR}@${sftp.host}:${sftp.port}/`,
    SFTP_PRIVATE_KEY: privateKey,
    SFTP_HOST_KEY: sftp.hostKeyFingerprint,
  };
  return { sftp, settings };
}

async function startBoxes(
  options: PlatformOptions,
  folder: DataFolder,
  databaseUrl: string,
  operatorPublicKey: string,
  stops: (() => Promise<void>)[],
): Promise<EmbeddedSftp> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2, application_name: 'repons-sftp' });
  pool.on('error', () => undefined); // the next look-up connects again
  stops.push(() => pool.end());
  const lookup = async (username: string): Promise<SftpAccount | null> => {
    if (username === OPERATOR) return { kind: 'operator', username, publicKeys: [operatorPublicKey] };
    const { rows } = await pool.query<{ keys: string[] }>(
      'SELECT sftp_public_keys AS keys FROM read.connections WHERE open AND application_code = $1',
      [username],
    );
    const [found] = rows;
    if (found === undefined) return null;
    for (const name of ['in', 'out']) await mkdir(join(folder.boxes, username, name), { recursive: true, mode: 0o700 });
    return { kind: 'partner', username, applicationCode: username, publicKeys: found.keys };
  };
  const server = await startSftpServer({
    ...(options.sftpPort === undefined ? {} : { port: options.sftpPort }),
    hostKey: await ensureHostKey(folder.keys),
    boxesFolder: folder.boxes,
    lookup,
    maxFileBytes: Number(options.settings?.['FLOW_MAX_BYTES'] ?? LARGEST_FLOW) + REFUSABLE_EXCESS,
  });
  stops.push(() => server.close());
  return { host: '127.0.0.1', port: server.port, hostKeyFingerprint: server.hostKeyFingerprint };
}
