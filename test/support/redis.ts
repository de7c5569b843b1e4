import path from 'node:path';
import { startRedisServer, type RedisServer } from '../../tools/embedded/redis.js';
import { createTemporaryFolder } from './temporary-folder.js';

/**
 * Address of the Redis server all the tests share, or null where the machine has no `redis-server`. Nobody empties or
 * stops that one: use {@link startPrivateRedis} for it.
 */
export function testRedisUrl(): string | null {
  const url = process.env.REPONS_TEST_REDIS_URL ?? '';
  return url === '' ? null : url;
}

/**
 * Starts a Redis server for one test, to be emptied, killed and started again on the same port and data.
 *
 * @param options - `appendOnly` keeps the data across restarts; `port` starts again where another one was
 * @returns the server, whose `stop` also removes its folder unless the folder was given; null without `redis-server`
 */
export async function startPrivateRedis(
  options: { readonly appendOnly?: boolean; readonly port?: number; readonly dataFolder?: string } = {},
): Promise<RedisServer | null> {
  if (options.dataFolder !== undefined) return startRedisServer({ ...options, dataFolder: options.dataFolder });
  const folder = await createTemporaryFolder('redis');
  const server = await startRedisServer({ ...options, dataFolder: path.join(folder.path, 'data') }).catch(
    async (error: unknown) => {
      await folder.remove();
      throw error;
    },
  );
  if (server === null) {
    await folder.remove();
    return null;
  }
  return {
    ...server,
    async stop(signal) {
      await server.stop(signal);
      await folder.remove();
    },
  };
}
