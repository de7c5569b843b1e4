import { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import { freePort } from '../../tools/embedded/free-port.js';
import type { RedisServer } from '../../tools/embedded/redis.js';
import { checkInvariants } from '../support/invariants.js';
import { eventsOf } from '../support/log-reading.js';
import { startPrivateRedis, testRedisUrl } from '../support/redis.js';
import { batchOf, sampleInvoices } from '../support/sample-flows.js';
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';
import { startTestPlatform, until, type TestPlatform } from '../support/test-platform.js';

/** Enough for several batches, so that there is a middle of the flow to lose the queue in. */
const COUNT = 120;
const ONE_AT_A_TIME = { FLOW_CONCURRENCY: '1', BATCH_SIZE: '10' };

/** Deposits flows by the API, which hints at each of them; returns their numbers. */
async function depositMany(on: TestPlatform, seed: string, flows: number): Promise<string[]> {
  const numbers: string[] = [];
  for (let index = 0; index < flows; index += 1)
    numbers.push(await on.deposit(await batchOf(sampleInvoices(on.directory, `${seed}-${index}`, COUNT))));
  return numbers;
}

/** Waits until some flow is being worked on and others wait for their turn. */
async function inTheMiddle(on: TestPlatform): Promise<void> {
  await on.eventually('work in the middle of a flow', async () => {
    const { items } = await on.client.flows();
    return (
      items.some(({ status, invoices }) => status === 'processing' && invoices.integrated < COUNT) &&
      items.some(({ status }) => status === 'received')
    );
  });
}

async function expectAllIntegrated(on: TestPlatform, numbers: readonly string[]): Promise<void> {
  for (const number of numbers)
    expect((await on.ended(number)).invoices).toEqual({ total: COUNT, integrated: COUNT, rejected: 0, waiting: 0 });
  expect((await checkInvariants(on.store, on.objects)).violations).toEqual([]);
}

describe('the queue on PostgreSQL loses its jobs', () => {
  let on: TestPlatform;

  beforeAll(async () => {
    on = await startTestPlatform({ settings: ONE_AT_A_TIME });
  }, 120_000);

  afterAll(async () => {
    await on.stop();
  });

  it('R47 ends every flow after all tables of the queue were emptied', async () => {
    const numbers = await depositMany(on, 'truncated', 4);
    await inTheMiddle(on);
    const { rows } = await on.store.pool.query<{ name: string; jobs: number }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
        WHERE schemaname = 'bullmq' AND tablename NOT LIKE '%migration%'`,
    );
    let lost = 0;
    for (const { name } of rows) {
      const { rows: counted } = await on.store.pool.query<{ jobs: number }>(
        `SELECT count(*)::int AS jobs FROM ${name}`,
      );
      lost += counted[0]?.jobs ?? 0;
    }
    expect(lost).toBeGreaterThan(0);
    await on.store.pool.query(`TRUNCATE ${rows.map(({ name }) => name).join(', ')}`);
    await expectAllIntegrated(on, numbers);
  });
});

// Without redis-server there is no queue on Redis to lose.
if (testRedisUrl() !== null)
  describe('the queue on Redis', () => {
    let folder: TemporaryFolder;
    let port: number;
    /** What a test has started, to be stopped the last first. */
    const started: { stop(): Promise<unknown> }[] = [];

    beforeEach(async () => {
      folder = await createTemporaryFolder('queue-loss');
      port = await freePort();
    });

    afterEach(async () => {
      for (let last = started.pop(); last !== undefined; last = started.pop()) await last.stop();
      await folder.remove();
    });

    const startRedis = async (name: string): Promise<RedisServer> => {
      const redis = await startPrivateRedis({ port, dataFolder: `${folder.path}/${name}` });
      if (redis === null) throw new Error('This machine has no redis-server');
      started.push({ stop: () => redis.stop('SIGKILL') });
      return redis;
    };
    const startPlatform = async (): Promise<TestPlatform> => {
      const platform = await startTestPlatform({ redisUrl: `redis://127.0.0.1:${port}`, settings: ONE_AT_A_TIME });
      started.push(platform);
      return platform;
    };
    const withRedis = async <T>(work: (client: Redis) => Promise<T>): Promise<T> => {
      const client = new Redis(port, '127.0.0.1');
      try {
        return await work(client);
      } finally {
        client.disconnect();
      }
    };

    it('R47 emptied in the middle of a flow: every flow ends', async () => {
      await startRedis('flushed');
      const platform = await startPlatform();
      const numbers = await depositMany(platform, 'flushed', 4);
      await inTheMiddle(platform);
      const keys = await withRedis(async (client) => {
        const before = await client.keys('bull:flows:*');
        await client.flushall();
        return before;
      });
      expect(keys.filter((key) => key.includes(':ingest-')).length).toBeGreaterThan(0);
      await expectAllIntegrated(platform, numbers);
    });

    it('R40 R47 killed in the middle of a flow and started again empty: deposits are taken meanwhile, every flow ends', async () => {
      const redis = await startRedis('killed');
      const platform = await startPlatform();
      const numbers = await depositMany(platform, 'killed', 3);
      await inTheMiddle(platform);
      await redis.stop('SIGKILL');
      numbers.push(...(await depositMany(platform, 'meanwhile', 1)));
      await startRedis('empty');
      expect(await withRedis((client) => client.ping())).toBe('PONG');
      await expectAllIntegrated(platform, numbers);
    });

    it('R40 R47 absent at the start: deposits are taken, and worked on once it is there', async () => {
      const platform = await startPlatform();
      const numbers = await depositMany(platform, `absent-${randomUUID()}`, 2);
      expect(await eventsOf(platform.store, 'FlowProcessingStarted')).toEqual([]);
      expect(platform.platform.workers.every((worker) => worker.isRunning())).toBe(true);
      await startRedis('late');
      await until('Redis to be asked', () =>
        withRedis(async (client) => (await client.keys('bull:flows:*')).length > 0),
      );
      await expectAllIntegrated(platform, numbers);
    });
  });
