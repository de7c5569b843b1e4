import { jest } from '@jest/globals';
import { openEventStore, type EventStore } from '#events';
import { openObjectStore, type ObjectStore } from '#persistence';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type SftpClient from 'ssh2-sftp-client';
import type { ApiClient, FlowInvoice, FlowReport } from '../../tools/client/api-client.js';
import { dropFlow, openBox } from '../../tools/client/sftp-drop.js';
import { hasEnded } from '../../tools/client/watch-flow.js';
import type { Platform } from '../../tools/platform/platform.js';
import type { Sandbox } from '../../tools/platform/sandbox.js';
import { flowName, type SampleDirectory } from '../../tools/samples/index.js';
import { createTestDatabase } from './database.js';
import type { QueueBackend } from './queue-backends.js';
import { startPrivateRedis } from './redis.js';
import { createTemporaryFolder } from './temporary-folder.js';

/** How long anything that must happen may take before a test says that it does not happen: a bound, not a measure. */
export const LIVENESS_MS = 60_000;

// A test may have to wait for several such ends; the bound that speaks is the one above.
jest.setTimeout(3 * LIVENESS_MS);

/** Small batches and short intervals, so that a flow of sixty invoices has several batches and nothing waits long. */
const QUICK: Readonly<Record<string, string>> = {
  BATCH_SIZE: '20',
  JUDGE_THREADS: '1',
  PICKUP_INTERVAL_MS: '100',
  RECONCILE_INTERVAL_MS: '300',
  QUEUE_LOCK_MS: '2000',
};

/** What a test may say of its platform. */
export interface TestPlatformOptions {
  /** Backend of the queue; `Redis` starts a server of the platform's own, or two platforms would take each other's jobs. */
  readonly queue?: QueueBackend;
  /** A Redis of the test's own, which may be absent. */
  readonly redisUrl?: string;
  readonly workers?: number;
  readonly settings?: Readonly<Record<string, string>>;
}

/** A file offered by the test: its bytes are written under the test's folder first. */
export type FlowBytes = string | Uint8Array;

function refuseExternalSftp(): never {
  throw new Error('These tests drop files into the embedded boxes');
}

/** A running platform with the sandbox's world in it, on a database of its own. */
export interface TestPlatform {
  readonly platform: Platform;
  readonly redisUrl: string | null;
  readonly sandbox: Sandbox;
  readonly directory: SampleDirectory;
  /** The sandbox's connection: the partner who deposits. */
  readonly client: ApiClient;
  readonly operator: ApiClient;
  /** The partner's own SFTP session. */
  readonly box: SftpClient;
  readonly store: EventStore;
  readonly objects: ObjectStore;
  /** A well-formed flow name of the partner, never used before. */
  nextName(interfaceCode?: string): string;
  /** Writes a file for `drop` or `ApiClient.deposit`; returns its path. */
  file(bytes: FlowBytes): Promise<string>;
  /** Drops bytes over SFTP as partners are asked to; returns the name of the flow. */
  drop(bytes: FlowBytes, name?: string): Promise<string>;
  /** Deposits bytes by the API; returns the flow number. */
  deposit(bytes: FlowBytes, name?: string): Promise<string>;
  /** The reports of all flows of that name, as the partner sees them now. */
  flowsNamed(name: string): Promise<FlowReport[]>;
  /** Waits until a flow has ended, by its name or its number. */
  ended(nameOrNumber: string): Promise<FlowReport>;
  /** Drops bytes over SFTP and waits for the end. */
  run(bytes: FlowBytes, name?: string): Promise<FlowReport>;
  /** Every invoice of a flow, through the pages of the API. */
  invoices(flowNumber: string, outcome?: 'integrated' | 'rejected'): Promise<FlowInvoice[]>;
  /** Waits until something is so; fails with what it was about and the end of the workers' logs. */
  eventually<T>(what: string, look: () => Promise<T | null | undefined | false>): Promise<T>;
  /** Everything that the workers have logged. */
  workerLogs(): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Starts servers, API and workers as real processes on an empty database, and opens the sandbox in it.
 *
 * @throws whatever does not start; what had started is stopped
 */
export async function startTestPlatform(options: TestPlatformOptions = {}): Promise<TestPlatform> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (let last = stops.pop(); last !== undefined; last = stops.pop()) await last();
  };
  try {
    const database = await createTestDatabase({ migrated: true });
    stops.push(() => database.drop());
    const folder = await createTemporaryFolder('platform');
    stops.push(() => folder.remove());
    const redisUrl = options.redisUrl ?? (options.queue === 'Redis' ? await ownRedis(stops) : null);
    const { startPlatform, openSandbox } = await compiledPlatform();
    const platform = await startPlatform({
      dataFolder: join(folder.path, 'data'),
      databaseUrl: database.connectionString,
      ...(redisUrl === null ? {} : { redisUrl }),
      workers: 1,
      settings: { ...QUICK, ...options.settings },
    });
    stops.push(() => platform.stop());
    const sandbox = await openSandbox(platform);
    const { applicationCode: username, privateKeyFile } = sandbox.settings.sandbox;
    const { host, port } = platform.sftp ?? refuseExternalSftp();
    const store = await openEventStore({
      connectionString: database.connectionString,
      poolSize: 4,
      applicationName: 'test',
    });
    stops.push(() => store.close());
    const objects = await openObjectStore({ kind: 'local', folder: platform.folder.objects });
    const box = await until('the box to open', () =>
      openBox({ host, port, username, privateKeyFile }).catch(() => null),
    );
    stops.push(() => box.end());
    // The sandbox needs a worker: its projection of the directory opens the box. A test that wants none stops it here.
    const workers = options.workers ?? 1;
    if (workers === 0) await platform.workers[0]?.stop();
    for (let count = 1; count < workers; count += 1) await platform.startWorker();
    return testPlatform(platform, redisUrl, sandbox, store, objects, box, join(folder.path), stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function ownRedis(stops: (() => Promise<unknown>)[]): Promise<string> {
  const redis = await startPrivateRedis();
  if (redis === null) throw new Error('This machine has no redis-server');
  stops.push(() => redis.stop());
  return redis.url;
}

function testPlatform(
  platform: Platform,
  redisUrl: string | null,
  sandbox: Sandbox,
  store: EventStore,
  objects: ObjectStore,
  box: SftpClient,
  folder: string,
  stop: () => Promise<void>,
): TestPlatform {
  const { client, operator, directory, settings } = sandbox;
  let files = 0;
  let sequence = 0;
  const logs = join(platform.folder.root, 'logs');
  const workerLogs = async (): Promise<string> => {
    const names = (await readdir(logs)).filter((name) => name.startsWith('edi-worker')).sort();
    return (await Promise.all(names.map((name) => readFile(join(logs, name), 'utf8')))).join('');
  };
  const self: TestPlatform = {
    platform,
    redisUrl,
    sandbox,
    directory,
    client,
    operator,
    box,
    store,
    objects,
    workerLogs,
    stop,
    nextName: (interfaceCode = 'FSO1150A') =>
      flowName(interfaceCode, settings.sandbox.applicationCode, (sequence += 1)),
    async file(bytes) {
      const path = join(folder, `file-${(files += 1)}`);
      await writeFile(path, bytes);
      return path;
    },
    async drop(bytes, name = self.nextName()) {
      await dropFlow(box, await self.file(bytes), name);
      return name;
    },
    async deposit(bytes, name = self.nextName()) {
      return (await client.deposit(await self.file(bytes), name)).flowNumber;
    },
    flowsNamed: async (name) => (await client.flows()).items.filter((report) => report.name === name),
    ended: (wanted) =>
      self.eventually(`the end of flow ${wanted}`, async () => {
        const { items } = await client.flows();
        return items.find((report) => (report.name === wanted || report.flowNumber === wanted) && hasEnded(report));
      }),
    run: async (bytes, name) => self.ended(await self.drop(bytes, name)),
    invoices: (flowNumber, outcome) => collect(client.flowInvoices(flowNumber, outcome)),
    eventually: (what, look) =>
      until(what, look, async () => `workers:\n${(await workerLogs()).split('\n').slice(-25).join('\n')}`),
  };
  return self;
}

/** Everything that a source gives, in order. */
export async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of source) all.push(one);
  return all;
}

/**
 * Looks again and again until it sees something.
 *
 * @param story what to add to the failure
 * @throws Error after {@link LIVENESS_MS}
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false>,
  story: () => Promise<string> = () => Promise.resolve(''),
): Promise<T> {
  for (const deadline = Date.now() + LIVENESS_MS; ; await pause(50)) {
    const seen = await look();
    if (seen !== null && seen !== undefined && seen !== false) return seen;
    if (Date.now() > deadline) throw new Error(`Waited ${LIVENESS_MS / 1000} s in vain for ${what}.\n${await story()}`);
  }
}

/** The starter as it was compiled: it starts the programs that stand beside it. */
async function compiledPlatform(): Promise<{
  startPlatform: typeof import('../../tools/platform/platform.js').startPlatform;
  openSandbox: typeof import('../../tools/platform/sandbox.js').openSandbox;
}> {
  const compiled = '../../dist/tools/platform';
  const [{ startPlatform }, { openSandbox }] = await Promise.all([
    import(`${compiled}/platform.js`) as Promise<typeof import('../../tools/platform/platform.js')>,
    import(`${compiled}/sandbox.js`) as Promise<typeof import('../../tools/platform/sandbox.js')>,
  ]);
  return { startPlatform, openSandbox };
}
