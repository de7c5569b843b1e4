import { testRedisUrl } from './redis.js';

/** A backend of the work queue that the suites run on. */
export interface QueueBackend {
  readonly name: 'PostgreSQL' | 'Redis';
  readonly redisUrl: string | null;
}

/** Both backends of the queue: PostgreSQL always, Redis where the machine has one (architecture, "The queue"). */
export function queueBackends(): readonly QueueBackend[] {
  const redisUrl = testRedisUrl();
  const postgres: QueueBackend = { name: 'PostgreSQL', redisUrl: null };
  return redisUrl === null ? [postgres] : [postgres, { name: 'Redis', redisUrl }];
}

/** Registers one suite for each backend of the queue: what a partner sees must not depend on it. */
export function describeOnEveryQueue(title: string, suite: (backend: QueueBackend) => void): void {
  describe.each(queueBackends().map((backend) => [backend.name, backend] as const))(
    `${title} (queue on %s)`,
    (_, backend) => suite(backend),
  );
}
