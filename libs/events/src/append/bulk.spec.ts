import { setTimeout as pause } from 'node:timers/promises';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { migrateEventStore } from '../database/migrate.js';
import { CommandReused, ConcurrencyConflict, InvalidRequest } from '../errors.js';
import { openEventStore, type EventStore } from '../event-store.js';
import { collected, settled, someCommand, someEvents } from '../testing/fixtures.js';
import type { StreamAppend } from '../types.js';

describe('a bulk append', () => {
  let database: TestDatabase;
  let store: EventStore;

  beforeEach(async () => {
    database = await createTestDatabase();
    await migrateEventStore(database.connectionString);
    store = await openEventStore({ connectionString: database.connectionString, poolSize: 4 });
  });

  afterEach(async () => {
    await store.close();
    await database.drop();
  });

  function* source(count: number, change: Partial<StreamAppend> = {}): Generator<StreamAppend> {
    for (let rank = 0; rank < count; rank++)
      yield { stream: `bulk-${rank}`, expected: 'none', events: someEvents(1 + (rank % 3)), ...change };
  }

  async function* interruptedAt(count: number): AsyncGenerator<StreamAppend> {
    let rank = 0;
    for (const append of source(1_000)) {
      if (rank++ === count) throw new Error('the source broke');
      if (rank % 50 === 0) await pause(1);
      yield append;
    }
  }

  it('writes new and existing streams, with the exact bytes, into a log that verifies', async () => {
    const data = { text: 'tab\t, line\n, back\\slash, "quote", é, \u2028, \\N, \\.' };
    await store.append('old\\stream', 'none', someEvents(2), someCommand());
    const appends: StreamAppend[] = [
      { stream: 'old\\stream', expected: 2, events: [{ type: 'Type\\N', data }] },
      { stream: 'new "stream" é', expected: 'none', events: [{ type: 'Noted', data }, ...someEvents(2)] },
      { stream: 'any', expected: 'any', events: someEvents(1) },
    ];
    await store.bulkAppend(appends, { key: 'bytes', context: someCommand() });
    expect(await store.readLast('old\\stream')).toMatchObject({ version: 3, type: 'Type\\N', data });
    expect((await collected(store.readStream('new "stream" é'))).map(({ version }) => version)).toEqual([1, 2, 3]);
    await settled(store);
    expect(await store.verify()).toMatchObject({ ok: true, events: 7 });
  });

  it('goes on at the first missing chunk after an interruption, and writes nothing when it is whole', async () => {
    const options = { key: 'flow-1', chunkSize: 100, context: someCommand() };
    await expect(store.bulkAppend(interruptedAt(420), options)).rejects.toThrow('the source broke');
    const { rows } = await store.pool.query<{ n: number }>('SELECT count(*)::int AS n FROM es.requests');
    const chunksBefore = rows[0]?.n ?? 0;
    expect(chunksBefore).toBeGreaterThan(4);
    const whole = await store.bulkAppend(source(1_000), options);
    expect(whole).toEqual({ chunks: 20, events: 1_999, resumedFrom: chunksBefore });
    expect(await store.bulkAppend(source(1_000), options)).toEqual({ ...whole, resumedFrom: 20 });
    await settled(store);
    expect(await store.verify()).toMatchObject({ ok: true, events: 1_999 });
  });

  it('refuses other content under the same key', async () => {
    const context = someCommand();
    await store.bulkAppend(source(10), { key: 'flow-1', context });
    const other = source(10, { events: [{ type: 'Noted', data: { changed: true } }] });
    await expect(store.bulkAppend(other, { key: 'flow-1', context })).rejects.toBeInstanceOf(CommandReused);
  });

  it('names the streams that exist already, and keeps the chunks before', async () => {
    await store.append('bulk-7', 'none', someEvents(4), someCommand());
    const bulk = store.bulkAppend(source(20), { key: 'flow-1', chunkSize: 5, context: someCommand() });
    const error: unknown = await bulk.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConcurrencyConflict);
    expect((error as ConcurrencyConflict).conflicts).toEqual([{ stream: 'bulk-7', expected: 'none', actual: 4 }]);
    expect((await store.streamVersions(['bulk-0', 'bulk-7', 'bulk-8', 'bulk-19'])).size).toBe(2);
  });

  it('refuses a stream named twice in a chunk, and a bulk without a key', async () => {
    const twice = [...source(1), ...source(1)];
    await expect(store.bulkAppend(twice, { key: 'twice', context: someCommand() })).rejects.toBeInstanceOf(
      InvalidRequest,
    );
    await expect(store.bulkAppend([], { key: '', context: someCommand() })).rejects.toBeInstanceOf(InvalidRequest);
  });
});
