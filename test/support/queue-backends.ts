import { testRedisUrl } from './redis.js';

/** A backend of the work queue that the suites run on. */
export type QueueBackend = 'PostgreSQL' | 'Redis';

/** Both backends of the queue: PostgreSQL always, Redis where the machine has one (architecture, "The queue"). */
function queueBackends(): readonly QueueBackend[] {
  return testRedisUrl() === null ? ['PostgreSQL'] : ['PostgreSQL', 'Redis'];
}

/**
 * Registers a suite on the embedded default, and on both backends of the queue when `REPONS_EVERY_QUEUE` is set: what a partner
 * sees must not depend on it, and the suites take long.
 */
export function describeOnOneQueue(title: string, suite: (queue: QueueBackend) => void): void {
  if (process.env['REPONS_EVERY_QUEUE'] === undefined) describe(title, () => suite('PostgreSQL'));
  else describe.each(queueBackends())(`${title} (queue on %s)`, (queue) => suite(queue));
}
