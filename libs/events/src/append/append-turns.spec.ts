import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { migrateEventStore } from '../database/migrate.js';
import { ConcurrencyConflict } from '../errors.js';
import { openEventStore, type EventStore } from '../event-store.js';
import { someCommand, someEvents } from '../testing/fixtures.js';
import type { AppendContext, AppendResult } from '../types.js';

describe('several appends of one process to one stream', () => {
  let database: TestDatabase;
  let store: EventStore;
  let stream: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    await migrateEventStore(database.connectionString);
    store = await openEventStore({ connectionString: database.connectionString, poolSize: 12 });
  });

  beforeEach(async () => {
    stream = `hot-${randomUUID()}`;
    await store.append(stream, 'none', someEvents(1), someCommand());
  });

  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  const appendAt = (version: number, command: AppendContext = someCommand()): Promise<AppendResult> =>
    store.append(stream, version, someEvents(1), command);

  /** How many sessions wait for a lock. Asked outside of any transaction, which would be shown one answer for ever. */
  async function waiting(): Promise<number> {
    const { rows } = await store.pool.query(
      "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    return rows.length;
  }

  /** Holds the head row while `work` runs, until it has asked the database; gives how many sessions waited for the row. */
  async function whileHeld(work: () => void): Promise<number> {
    return store.transaction(async (tx) => {
      await tx.query('SELECT * FROM es.streams WHERE stream_id = $1 FOR UPDATE', [stream]);
      work();
      while ((await waiting()) === 0) await pause(5);
      // Those that were sent together with the first one are there by now, or soon.
      await pause(100);
      return waiting();
    });
  }

  it('sends one of those that want the same place; the others learn where the stream is', async () => {
    let all: Promise<PromiseSettledResult<AppendResult>[]> | undefined;
    const sent = await whileHeld(() => {
      all = Promise.allSettled(Array.from({ length: 8 }, () => appendAt(1)));
    });
    expect(sent).toBe(1);
    const results = (await all) ?? [];
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', ...Array<string>(7).fill('rejected')]);
    for (const result of results.slice(1)) {
      if (result.status !== 'rejected') throw new Error('it should have lost');
      expect(result.reason).toBeInstanceOf(ConcurrencyConflict);
      expect((result.reason as ConcurrencyConflict).conflicts).toEqual([{ stream, expected: 1, actual: 2 }]);
    }
    expect(await store.streamVersions([stream])).toEqual(new Map([[stream, 2]]));
  });

  it('does not wait for ever for a turn that somebody else holds up', async () => {
    const appends: Promise<AppendResult>[] = [];
    await store.transaction(async (tx) => {
      await tx.query('SELECT * FROM es.streams WHERE stream_id = $1 FOR UPDATE', [stream]);
      appends.push(appendAt(1), appendAt(1));
      while ((await waiting()) < 2) await pause(20);
    });
    const results = await Promise.allSettled(appends);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('lets each write who expects what the one before writes', async () => {
    const results = await Promise.all([1, 2, 3, 4, 5].map((version) => appendAt(version)));
    expect(results.map(({ version }) => version)).toEqual([2, 3, 4, 5, 6]);
  });

  it('records a command once that is sent twice at the same time', async () => {
    const command = someCommand();
    const results = await Promise.all([appendAt(1, command), appendAt(1, command), appendAt(1, command)]);
    expect(results.map(({ version, alreadyRecorded }) => [version, alreadyRecorded])).toEqual([
      [2, false],
      [2, true],
      [2, true],
    ]);
    // Also when another append came in between.
    const later = await Promise.all([appendAt(2), appendAt(1, command)]);
    expect(later.map(({ version, alreadyRecorded }) => [version, alreadyRecorded])).toEqual([
      [3, false],
      [2, true],
    ]);
  });

  it('asks the database what another process has written meanwhile', async () => {
    const other = await openEventStore({ connectionString: database.connectionString, poolSize: 2 });
    const [mine, theirs] = await Promise.allSettled([
      appendAt(1),
      other.append(stream, 1, someEvents(1), someCommand()),
    ]);
    expect([mine.status, theirs.status].sort()).toEqual(['fulfilled', 'rejected']);
    await other.append(stream, 2, someEvents(1), someCommand());
    await expect(appendAt(2)).rejects.toMatchObject({ conflicts: [{ stream, expected: 2, actual: 3 }] });
    await other.close();
  });

  it('goes on after an append that failed', async () => {
    const results = await Promise.allSettled([appendAt(7), appendAt(1), appendAt(9), appendAt(2)]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled']);
  });
});
