import { Redis } from 'ioredis';
import path from 'node:path';
import { startPrivateRedis, testRedisUrl } from '../../test/support/redis.js';
import { createTemporaryFolder } from '../../test/support/temporary-folder.js';
import { findRedisServer, startRedisServer } from './redis.js';

async function withClient<Result>(url: string, use: (client: Redis) => Promise<Result>): Promise<Result> {
  const client = new Redis(url, { maxRetriesPerRequest: 1 });
  client.on('error', () => undefined);
  try {
    return await use(client);
  } finally {
    client.disconnect();
  }
}

describe('startRedisServer', () => {
  it('gives null on a machine without redis-server', async () => {
    const before = process.env.PATH;
    process.env.PATH = '';
    try {
      expect(findRedisServer()).toBeNull();
      expect(await startRedisServer({ dataFolder: '/nonexistent' })).toBeNull();
    } finally {
      process.env.PATH = before;
    }
  });

  it('is shared by the tests where the machine has it, and only there', () => {
    expect(testRedisUrl() === null).toBe(findRedisServer() === null);
  });

  if (findRedisServer() !== null) {
    it('never evicts a key, keeps what is appended across a kill, and ends when told', async () => {
      const folder = await createTemporaryFolder('redis');
      const options = { dataFolder: path.join(folder.path, 'data'), appendOnly: true };
      const first = await startPrivateRedis(options);
      const url = first?.url ?? '';
      await withClient(url, async (client) => {
        expect(await client.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
        await client.config('SET', 'appendfsync', 'always');
        await client.set('flow', '42');
      });
      await first?.stop('SIGKILL');
      expect(() => process.kill(first?.pid ?? 0, 0)).toThrow('ESRCH');
      const second = await startPrivateRedis({ ...options, port: first?.port ?? 0 });
      expect(second?.url).toBe(url);
      expect(await withClient(url, (client) => client.get('flow'))).toBe('42');
      await second?.stop();
      await folder.remove();
    });

    it('says what the server wrote when the port is taken', async () => {
      const first = await startPrivateRedis();
      await expect(startPrivateRedis({ port: first?.port ?? 0 })).rejects.toThrow(/did not start[\s\S]*in use/);
      await first?.stop();
    });
  }
});
