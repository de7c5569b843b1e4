import { createPostgresBackend, Queue, withBackend } from 'bullmq';
import { setTimeout as pause } from 'node:timers/promises';
import { checkInvariants } from '../support/invariants.js';
import { eventsOf } from '../support/log-reading.js';
import { describeOnOneQueue } from '../support/queue-backends.js';
import { batchOf, sampleInvoices } from '../support/sample-flows.js';
import { startTestPlatform, type TestPlatform } from '../support/test-platform.js';

const COUNT = 200;
const ALL_IN = { total: COUNT, integrated: COUNT, rejected: 0, waiting: 0 };

describeOnOneQueue('several workers at the same work', 'Redis', (queue) => {
  let on: TestPlatform;

  beforeAll(async () => {
    on = await startTestPlatform({ queue, workers: 0, settings: { BATCH_SIZE: '10' } });
  }, 120_000);

  afterEach(async () => {
    for (const worker of on.platform.workers) await worker.stop('SIGKILL');
  });

  afterAll(async () => {
    await on.stop();
  });

  const flow = async (seed: string): Promise<string> =>
    on.deposit(await batchOf(sampleInvoices(on.directory, seed, COUNT)));

  const expectWhole = async (): Promise<void> =>
    expect((await checkInvariants(on.store, on.objects)).violations).toEqual([]);

  /** Who started on a flow: the worker of each FlowProcessingStarted. */
  const starts = async (flowNumber: string): Promise<string[]> =>
    (await eventsOf<{ worker: string }>(on.store, 'FlowProcessingStarted'))
      .filter(({ stream }) => stream === `flow-${flowNumber}`)
      .map(({ data }) => data.worker);

  it('R46 asked several times at once for the same flow, record it once', async () => {
    const flowNumber = await flow('asked-twice');
    const jobs =
      on.redisUrl === null
        ? new (withBackend(createPostgresBackend).Queue)('flows', {
            connection: { connectionString: on.platform.databaseUrl, max: 1, schema: 'bullmq', migrate: true },
          })
        : new Queue('flows', { connection: { url: on.redisUrl } });
    try {
      // Under ids of their own, the queue does not see that they are the same work.
      for (let copy = 1; copy <= 6; copy += 1)
        await jobs.add('ingest', { step: 'ingest', flowNumber }, { jobId: `copy-${flowNumber}-${copy}` });
    } finally {
      await jobs.close();
    }
    const workers = await Promise.all([on.platform.startWorker(), on.platform.startWorker()]);
    expect((await on.ended(flowNumber)).invoices).toEqual(ALL_IN);
    expect((await starts(flowNumber)).length).toBeGreaterThan(1);
    await on.eventually('one of them to see that it is late', async () =>
      (await on.workerLogs()).includes('another worker is ahead'),
    );
    expect(workers.every((worker) => worker.isRunning())).toBe(true);
    await expectWhole();
  });

  it('R46 a worker stopped long enough to lose its job comes back and loses by the version', async () => {
    const flowNumber = await flow('zombie');
    const zombie = await on.platform.startWorker();
    await on.eventually(
      'the flow to be worked on',
      async () => (await on.client.flow(flowNumber).catch(() => null))?.status === 'processing',
    );
    process.kill(zombie.pid, 'SIGSTOP');
    try {
      const { invoices } = await on.client.flow(flowNumber);
      expect(invoices.waiting).toBeGreaterThan(0);
      await on.platform.startWorker();
      expect((await on.ended(flowNumber)).invoices).toEqual(ALL_IN);
    } finally {
      process.kill(zombie.pid, 'SIGCONT');
    }
    expect(new Set(await starts(flowNumber)).size).toBe(2);
    // It goes on with what it had in hand, is refused, and is as good as new: it takes part in what comes.
    await on.eventually('the zombie to be refused', async () =>
      (await on.workerLogs())
        .split('\n')
        // By the version; or by PostgreSQL, which ended its connection when it was stopped inside a transaction.
        .some((line) => /another worker is ahead|ingestion failed/.test(line) && line.includes(`"pid":${zombie.pid}`)),
    );
    await expectWhole();
    expect(zombie.isRunning()).toBe(true);
    expect((await on.ended(await flow('after-zombie'))).invoices).toEqual(ALL_IN);
    await expectWhole();
  });

  it('R46 connections to PostgreSQL cut while batches are recorded: nothing is lost, nothing doubled', async () => {
    const worker = await on.platform.startWorker();
    const numbers = await Promise.all([flow('cut-1'), flow('cut-2'), flow('cut-3')]);
    let inTransaction = 0;
    for (let cut = 0; cut < 12 && inTransaction < 4; cut += 1) {
      inTransaction += await on.eventually('a connection that is recording', async () => {
        const { rows } = await on.store.pool.query<{ ended: boolean }>(
          `SELECT pg_terminate_backend(pid) AS ended FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'repons-edi-worker' AND xact_start IS NOT NULL
              AND backend_xid IS NOT NULL`,
        );
        const ended = rows.filter((row) => row.ended).length;
        if (ended > 0) return ended;
        const reports = await Promise.all(numbers.map((number) => on.client.flow(number).catch(() => null)));
        // On a quiet machine the flows end before enough was cut: there is always more work.
        if (reports.every((report) => report?.completedAt)) numbers.push(await flow(`cut-${numbers.length + 1}`));
        return null;
      });
      await pause(400);
    }
    expect(inTransaction).toBeGreaterThanOrEqual(4);
    for (const number of numbers) expect((await on.ended(number)).invoices).toEqual(ALL_IN);
    expect(worker.isRunning()).toBe(true);
    await expectWhole();
  });
});
