import { testRedisUrl } from './redis.js';

/** A backend of the work queue that the suites run on. */
export type QueueBackend = 'PostgreSQL' | 'Redis';

/** Both backends of the queue: PostgreSQL always, Redis where the machine has one (architecture, "The queue"). */
function queueBackends(): readonly QueueBackend[] {
  return testRedisUrl() === null ? ['PostgreSQL'] : ['PostgreSQL', 'Redis'];
}

/**
 * Registers a suite on one backend of the queue, and on every one when `REPONS_EVERY_QUEUE` is set: what a partner sees must not
 * depend on it, and the suites take long.
 *
 * @param everyday the backend of the usual run; the embedded default where the machine does not have it
 */
export function describeOnOneQueue(title: string, everyday: QueueBackend, suite: (queue: QueueBackend) => void): void {
  const all = queueBackends();
  const chosen = all.includes(everyday) ? everyday : 'PostgreSQL';
  const backends = process.env['REPONS_EVERY_QUEUE'] === undefined ? [chosen] : all;
  describe.each(backends)(`${title} (queue on %s)`, (queue) => suite(queue));
}
