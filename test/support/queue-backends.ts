import { testRedisUrl } from './redis.js';

/** A backend of the work queue that the suites run on. */
export type QueueBackend = 'PostgreSQL' | 'Redis';

/** Both backends of the queue: PostgreSQL always, Redis where the machine has one (architecture, "The queue"). */
export function queueBackends(): readonly QueueBackend[] {
  return testRedisUrl() === null ? ['PostgreSQL'] : ['PostgreSQL', 'Redis'];
}

/** Registers one suite for each backend of the queue: what a partner sees must not depend on it. */
export function describeOnEveryQueue(title: string, suite: (queue: QueueBackend) => void): void {
  describe.each(queueBackends())(`${title} (queue on %s)`, (queue) => suite(queue));
}

/**
 * Registers a suite on the embedded default, and on the other backend as well when `REPONS_EVERY_QUEUE` is set: for what hardly
 * depends on the queue and takes long.
 */
export function describeOnOneQueue(title: string, suite: (queue: QueueBackend) => void): void {
  if (process.env['REPONS_EVERY_QUEUE'] !== undefined) describeOnEveryQueue(title, suite);
  else describe(title, () => suite('PostgreSQL'));
}
