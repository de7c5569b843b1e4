import { createPostgresBackend, Queue, withBackend, Worker, type JobsOptions, type WorkerOptions } from 'bullmq';
import { setTimeout as pause } from 'node:timers/promises';
import type { Configuration } from '../configuration/configuration.js';
import type { Logger } from '../shared/logger.js';

const QUEUE = 'flows';

/**
 * What a job says: look at this flow. It is only a hint (architecture, "The queue"): everything it needs is in the log,
 * losing it costs a delay and having it twice costs nothing.
 */
export interface FlowJob {
  readonly step: 'ingest' | 'deliver-report';
  readonly flowNumber: string;
}

/** A job is forgotten as soon as it ends, so that the reconciler can put it back under the same id. */
const JOB_OPTIONS: JobsOptions = { removeOnComplete: true, removeOnFail: true, attempts: 1 };

const SCHEMA = 'bullmq';

/** How long a program that ends waits for a queue that does not answer. */
const PATIENCE_MS = 5_000;

type QueueSettings = Pick<Configuration, 'REDIS_URL' | 'DATABASE_URL' | 'QUEUE_LOCK_MS'>;

/** The producer's side: on Redis where there is one, else on PostgreSQL. One setting chooses. */
export class WorkQueue {
  /** Until the first connection BullMQ makes every caller wait, whatever the connection says of failing fast. */
  private reached = false;

  private constructor(
    private readonly queue: Pick<Queue<FlowJob>, 'add' | 'addBulk' | 'close' | 'waitUntilReady'>,
    private readonly logger: Logger,
  ) {}

  /** Connects; with Redis absent it still opens, and hints are lost until Redis is back. */
  static async open(settings: QueueSettings, logger: Logger): Promise<WorkQueue> {
    const queue = createQueue(settings);
    queue.on('error', (error: Error) => logger.warn({ error: error.message }, 'queue unavailable'));
    const opened = new WorkQueue(queue, logger);
    const reaching = queue.waitUntilReady().then(() => {
      opened.reached = true;
    });
    reaching.catch(() => undefined); // said by the 'error' handler
    if (settings.REDIS_URL === undefined) await reaching;
    else await withinPatience(reaching);
    return opened;
  }

  /** Asks a worker to look at a flow. Never throws: the reconciler puts back what could not be added. */
  async hint(...jobs: readonly FlowJob[]): Promise<void> {
    try {
      if (!this.reached) throw new Error('the queue has not been reached yet');
      await this.queue.addBulk(
        jobs.map((data) => ({
          name: data.step,
          data,
          opts: { ...JOB_OPTIONS, jobId: `${data.step}-${data.flowNumber}` },
        })),
      );
    } catch (error) {
      this.logger.warn({ error: String(error), jobs: jobs.length }, 'hint lost, the reconciler will put it back');
    }
  }

  /** Resolves also when the queue is out of reach: what it holds are hints. */
  async close(): Promise<void> {
    await withinPatience(this.queue.close());
  }
}

/** The consumer's side. `process` must be safe to run twice at once for the same flow: the log decides who wins. */
export interface RunningWorker {
  close(): Promise<void>;
}

/** Starts taking jobs. Resolves when the queue is reachable (PostgreSQL) or at once (Redis). */
export async function startWorker(
  settings: QueueSettings & Pick<Configuration, 'FLOW_CONCURRENCY'>,
  logger: Logger,
  process: (job: FlowJob) => Promise<void>,
): Promise<RunningWorker> {
  const options: Omit<WorkerOptions, 'connection'> = {
    concurrency: settings.FLOW_CONCURRENCY,
    lockDuration: settings.QUEUE_LOCK_MS,
    stalledInterval: Math.max(1_000, Math.floor(settings.QUEUE_LOCK_MS / 3)),
    // The flow's own counters bound how often it is tried, not this one: at its default of 1 three crashes lose the job.
    maxStalledCount: 1_000,
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
  };
  const inHand = new Set<Promise<void>>();
  const take = async (job: { data: FlowJob }): Promise<void> => {
    const work = process(job.data).finally(() => inHand.delete(work));
    inHand.add(work);
    await work;
  };
  const worker =
    settings.REDIS_URL === undefined
      ? new (withBackend(createPostgresBackend).Worker)<FlowJob>(QUEUE, take, {
          ...options,
          connection: { connectionString: settings.DATABASE_URL, max: 3, schema: SCHEMA, migrate: true },
        })
      : new Worker<FlowJob>(QUEUE, take, {
          ...options,
          connection: { url: settings.REDIS_URL, maxRetriesPerRequest: null },
        });
  worker.on('error', (error: Error) => logger.warn({ error: error.message }, 'queue worker'));
  worker.on('failed', (job, error) => logger.error({ job: job?.id, error: error.message }, 'job failed'));
  if (settings.REDIS_URL === undefined) await worker.waitUntilReady();
  return {
    close: async () => {
      const closing = worker.close(); // takes no more jobs from here on
      await Promise.allSettled(inHand);
      await withinPatience(closing);
    },
  };
}

/** Waits for a queue to close, but not for one that is out of reach: BullMQ would wait until it is back. */
async function withinPatience(closing: Promise<void>): Promise<void> {
  closing.catch(() => undefined);
  await Promise.race([closing, pause(PATIENCE_MS, undefined, { ref: false })]);
}

function createQueue(settings: QueueSettings) {
  if (settings.REDIS_URL === undefined)
    return new (withBackend(createPostgresBackend).Queue)<FlowJob>(QUEUE, {
      connection: { connectionString: settings.DATABASE_URL, max: 2, schema: SCHEMA, migrate: true },
    });
  return new Queue<FlowJob>(QUEUE, {
    // Producers fail fast: a deposit must not wait for Redis.
    connection: { url: settings.REDIS_URL, enableOfflineQueue: false, maxRetriesPerRequest: 1 },
  });
}
