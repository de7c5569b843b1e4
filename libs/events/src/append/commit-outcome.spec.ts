import { setTimeout as pause } from 'node:timers/promises';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { SeveringProxy } from '../../../../test/support/severing-proxy.js';
import { migrateEventStore } from '../database/migrate.js';
import { CommitOutcomeUnknown } from '../errors.js';
import { openEventStore, type EventStore } from '../event-store.js';
import { collected, someCommand, someEvents } from '../testing/fixtures.js';
import type { StreamAppend } from '../types.js';

describe('an append whose connection is cut while its commit is in flight', () => {
  let database: TestDatabase;
  let proxy: SeveringProxy;
  let store: EventStore;
  let direct: EventStore;

  beforeAll(async () => {
    database = await createTestDatabase();
    await migrateEventStore(database.connectionString);
    proxy = await SeveringProxy.before(database.connectionString);
    store = await openEventStore({ connectionString: proxy.connectionString });
    direct = await openEventStore({ connectionString: database.connectionString, poolSize: 1 });
  });

  afterAll(async () => {
    await Promise.all([store.close(), direct.close()]);
    await proxy.stop();
    await database.drop();
  });

  /** Cuts on `trigger`, expects not to know, waits until the server has committed behind our back, tries again. */
  async function cutAndTryAgain(trigger: string, stream: string, append: () => Promise<unknown>): Promise<unknown> {
    const before = proxy.cuts;
    proxy.cutAfter(trigger);
    await expect(append()).rejects.toBeInstanceOf(CommitOutcomeUnknown);
    expect(proxy.cuts).toBe(before + 1);
    while ((await direct.streamVersions([stream])).size === 0) await pause(2);
    return append();
  }

  it.each([
    ['one event, one statement', 'one', 1, 'none', '"one"'],
    ['several events at a version', 'several', 3, 'none', 'COMMIT'],
    ['several events, whatever the version', 'any', 3, 'any', 'COMMIT'],
  ] as const)('is applied once when tried again: %s', async (_, stream, count, expected, trigger) => {
    const command = someCommand();
    const events = someEvents(count).map((event) => ({ ...event, data: { ...(event.data as object), mark: stream } }));
    const result = await cutAndTryAgain(trigger, stream, () => store.append(stream, expected, events, command));
    expect(result).toMatchObject({ stream, firstVersion: 1, version: count, alreadyRecorded: true });
    expect(await collected(direct.readStream(stream))).toHaveLength(count);
  });

  it('is applied once when tried again: many streams', async () => {
    const appends: StreamAppend[] = [1, 2, 3].map((rank) => ({
      stream: `many-${rank}`,
      expected: 'none',
      events: someEvents(rank),
    }));
    const command = someCommand();
    const results = await cutAndTryAgain('COMMIT', 'many-3', () => store.appendMany(appends, command));
    expect(results).toMatchObject([1, 2, 3].map((version) => ({ version, alreadyRecorded: true })));
  });

  it('is tried again by a bulk append itself, which knows its chunk by its key', async () => {
    const before = proxy.cuts;
    proxy.cutAfter('COMMIT');
    const source = Array.from({ length: 100 }, (_, rank): StreamAppend => ({
      stream: `bulk-${rank}`,
      expected: 'none',
      events: someEvents(1),
    }));
    const result = await store.bulkAppend(source, { key: 'cut', chunkSize: 40, context: someCommand() });
    expect(proxy.cuts).toBe(before + 1);
    expect(result).toMatchObject({ chunks: 3, events: 100 });
    const { rows } = await direct.pool.query("SELECT count(*)::int AS n FROM es.events WHERE stream_id LIKE 'bulk-%'");
    expect(rows).toEqual([{ n: 100 }]);
  });
});
