import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { startPrivateRedis, testRedisUrl } from '../../../../test/support/redis.js';
import { startTcpProxy, type TcpProxy } from '../../../../test/support/tcp-proxy.js';
import { listeningLogger } from '../../../../test/support/test-store.js';
import { startWorker, WorkQueue, type FlowJob, type RunningWorker } from './work-queue.js';

interface Backend {
  readonly REDIS_URL: string | undefined;
  readonly DATABASE_URL: string;
  /** Of the queue, through which it is reached. */
  readonly proxy: TcpProxy;
  stop(): Promise<void>;
}

async function proxied(url: string): Promise<{ url: string; proxy: TcpProxy }> {
  const target = new URL(url);
  const proxy = await startTcpProxy({ port: Number(target.port), host: target.hostname });
  target.port = String(proxy.port);
  return { url: target.toString(), proxy };
}

async function onPostgres(): Promise<Backend> {
  const database: TestDatabase = await createTestDatabase();
  const { url, proxy } = await proxied(database.connectionString);
  const stop = async () => {
    await proxy.close();
    await database.drop();
  };
  return { REDIS_URL: undefined, DATABASE_URL: url, proxy, stop };
}

async function onRedis(): Promise<Backend> {
  const redis = await startPrivateRedis();
  if (redis === null) throw new Error('redis-server was there a moment ago');
  const { url, proxy } = await proxied(redis.url);
  const stop = async () => {
    await proxy.close();
    await redis.stop();
  };
  return { REDIS_URL: url, DATABASE_URL: 'postgres://nowhere.invalid/none', proxy, stop };
}

const backends: readonly (readonly [string, () => Promise<Backend>])[] = [
  ['PostgreSQL', onPostgres],
  ...(testRedisUrl() === null ? [] : [['Redis', onRedis] as const]),
];

describe.each(backends)('the work queue on %s', (_, start) => {
  let backend: Backend;
  let queue: WorkQueue;
  let worker: RunningWorker | null;
  const { logger, lines } = listeningLogger();

  beforeAll(async () => {
    backend = await start();
  });

  beforeEach(async () => {
    worker = null;
    lines.length = 0;
    queue = await WorkQueue.open({ ...backend, QUEUE_LOCK_MS: 5_000 }, logger);
  });

  afterEach(async () => {
    await worker?.close();
    await queue.close();
  });

  afterAll(() => backend.stop());

  const ingest = (flowNumber: string): FlowJob => ({ step: 'ingest', flowNumber });

  /** Starts a worker; `whenTaken` resolves when it has taken so many jobs. */
  async function work(process: (job: FlowJob) => Promise<void> = () => Promise.resolve()) {
    const taken: FlowJob[] = [];
    let look: () => void = () => undefined;
    worker = await startWorker({ ...backend, QUEUE_LOCK_MS: 5_000, FLOW_CONCURRENCY: 1 }, logger, async (job) => {
      taken.push(job);
      look();
      await process(job);
    });
    const whenTaken = (count: number): Promise<void> =>
      new Promise((resolve) => {
        look = () => (taken.length >= count ? resolve() : undefined);
        look();
      });
    return { taken, whenTaken };
  }

  it('R40 has a worker look at a flow, with the flow and the step alone in the job', async () => {
    await queue.hint(ingest('A'), { step: 'deliver-report', flowNumber: 'A' });
    const { taken, whenTaken } = await work();
    await whenTaken(2);
    expect(taken).toEqual([ingest('A'), { step: 'deliver-report', flowNumber: 'A' }]);
  });

  it('R46 a flow that is asked for again while it waits is one job', async () => {
    for (let count = 0; count < 3; count += 1) await queue.hint(ingest('B'), ingest('B'));
    await queue.hint(ingest('last'));
    const { taken, whenTaken } = await work();
    await whenTaken(2);
    expect(taken).toEqual([ingest('B'), ingest('last')]);
  });

  it('R47 a flow that is asked for after its job ended is looked at again', async () => {
    const { taken, whenTaken } = await work();
    await queue.hint(ingest('C'));
    await whenTaken(1);
    await queue.hint(ingest('between')); // taken after the end of the first, of which one job at a time is proof
    await whenTaken(2);
    await queue.hint(ingest('C'));
    await whenTaken(3);
    expect(taken).toEqual([ingest('C'), ingest('between'), ingest('C')]);
  });

  it('R47 a job that fails is forgotten and told, so that the reconciler can put it back', async () => {
    let failures = 0;
    const { whenTaken } = await work(({ flowNumber }) => {
      if (flowNumber !== 'D' || (failures += 1) > 1) return Promise.resolve();
      return Promise.reject(new Error('panne'));
    });
    await queue.hint(ingest('D'));
    await whenTaken(1);
    await queue.hint(ingest('after'));
    await whenTaken(2);
    await queue.hint(ingest('D'));
    await whenTaken(3);
    expect(lines).toContainEqual(expect.objectContaining({ msg: 'job failed', error: 'panne', job: 'ingest-D' }));
  });

  it('R47 a hint never throws and does not wait when the queue is away; it works again when the queue is back', async () => {
    backend.proxy.refuse();
    backend.proxy.cut();
    expect(backend.proxy.counts.cut).toBeGreaterThan(0);
    await queue.hint(ingest('E'));
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 40, jobs: 1, msg: expect.stringContaining('hint lost') as string }),
    );
    backend.proxy.resume();
    const lost = () => lines.filter(({ msg }) => String(msg).startsWith('hint lost')).length;
    for (let before = -1; before !== lost();) {
      before = lost();
      await queue.hint(ingest('F'));
      if (before !== lost()) await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const { taken, whenTaken } = await work();
    await whenTaken(1);
    expect(taken).toEqual([ingest('F')]);
  });
});
