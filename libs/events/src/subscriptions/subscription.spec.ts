import { jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { migrateEventStore } from '../database/migrate.js';
import { openEventStore, type EventStore } from '../event-store.js';
import { someCommand, someEvents } from '../testing/fixtures.js';
import type { RecordedEvent } from '../types.js';

describe('a subscription', () => {
  let database: TestDatabase;
  let store: EventStore;

  beforeEach(async () => {
    database = await createTestDatabase();
    await migrateEventStore(database.connectionString);
    store = await openEventStore({ connectionString: database.connectionString });
    await store.pool.query('CREATE TABLE handled (rank bigserial, position bigint NOT NULL, worker text)');
  });

  afterEach(async () => {
    await store.close();
    await database.drop();
  });

  async function note(events: RecordedEvent[], tx: PoolClient, worker = 'one'): Promise<void> {
    await tx.query('INSERT INTO handled (position, worker) SELECT unnest($1::bigint[]), $2', [
      events.map(({ position }) => position),
      worker,
    ]);
  }

  /** Every event once, in the order of the log. */
  async function expectAllHandledOnce({ pool } = store): Promise<void> {
    const recorded = await pool.query('SELECT e.position FROM es.events e ORDER BY e.xid, e.position');
    const handled = await pool.query('SELECT position FROM handled ORDER BY rank');
    expect(handled.rows).toEqual(recorded.rows);
  }

  it('hands over each event once and in order, and is woken by appends', async () => {
    const subscription = store.subscribe({ name: 'notes', batchSize: 7, handle: (events, tx) => note(events, tx) });
    expect(await subscription.checkpoint()).toBeNull();
    subscription.start();
    for (let index = 0; index < 20; index++) await store.append(`note-${index}`, 'none', someEvents(3), someCommand());
    await subscription.caughtUp();
    await expectAllHandledOnce();
    expect(await subscription.checkpoint()).toEqual(await store.head());
    await subscription.stop();
    await expect(subscription.caughtUp()).rejects.toThrow('not running');
  });

  it('goes on where it stopped, and counts what it handled', async () => {
    const subscription = store.subscribe({ name: 'notes', handle: (events, tx) => note(events, tx) });
    for (let round = 0; round < 3; round++) {
      await store.append(`note-${round}`, 'none', someEvents(5), someCommand());
      subscription.start();
      await subscription.caughtUp();
      await subscription.stop();
    }
    await expectAllHandledOnce();
    const { rows } = await store.pool.query("SELECT events, status FROM es.subscriptions WHERE name = 'notes'");
    expect(rows).toEqual([{ events: '15', status: 'running' }]);
  });

  it('hands over some types only, and moves on over the others', async () => {
    const seen: string[] = [];
    const handle = (events: RecordedEvent[]): void => void seen.push(...events.map(({ type }) => type));
    const subscription = store.subscribe({ name: 'rare', batchSize: 10, types: ['Rare'], handle });
    await store.append('note-1', 'none', [...someEvents(95), ...someEvents(2, 'Rare')], someCommand());
    await store.append('note-2', 'none', someEvents(33), someCommand());
    subscription.start();
    await subscription.caughtUp();
    expect(seen).toEqual(['Rare', 'Rare']);
    // Moved on in its own time: a commit for each event that is none of its types would cost everybody.
    const head = JSON.stringify(await store.head());
    while (JSON.stringify(await subscription.checkpoint()) !== head) await pause(20);
  });

  it.each([
    { whatComes: 'others’ events alone come', hidden: false },
    { whatComes: 'an open transaction hides what comes', hidden: true },
  ])('looks less often while $whatComes, and at once when somebody waits', async ({ hidden }) => {
    const subscription = store.subscribe({
      name: 'notes',
      types: ['Wanted'],
      handle: (events, tx) => note(events, tx),
    });
    subscription.start();
    await store.append('note-before', 'none', someEvents(1), someCommand());
    await subscription.caughtUp();
    const other = await store.pool.connect();
    if (hidden) await other.query('BEGIN; SELECT pg_current_xact_id()');
    const query = jest.spyOn(store.pool, 'query');
    const appends = 100;
    const start = Date.now();
    let quiet = 0;
    for (let index = 0; index < appends; index += 1) {
      const before = Date.now();
      await store.append(`note-${index}`, 'none', someEvents(1), someCommand());
      await pause(10);
      if (Date.now() - before > 500) quiet += 1; // on a machine that stands still: the rests may begin anew
    }
    const looks = query.mock.calls.filter(([asked]) => JSON.stringify(asked).includes('es.subscriptions')).length;
    query.mockRestore();
    expect(looks).toBeGreaterThan(0);
    // A rest of 10 ms, doubled up to 320, anew after a quiet second: as many looks as that leaves time for.
    expect(looks).toBeLessThan(8 * (1 + quiet) + (Date.now() - start) / 320);
    expect(looks).toBeLessThan(appends);
    expect(hidden && (await store.readAll()).events.length > 1).toBe(false);
    if (hidden) await other.query('COMMIT');
    other.release();
    await store.append('note-wanted', 'none', someEvents(1, 'Wanted'), someCommand());
    await subscription.caughtUp();
    expect((await store.pool.query('SELECT position FROM handled')).rows).toHaveLength(1);
    await store.append('note-wanted', 1, someEvents(1, 'Wanted'), someCommand());
    for (let handled = 1; handled < 2; await pause(10))
      handled = (await store.pool.query('SELECT position FROM handled')).rows.length;
    await subscription.stop();
  });

  it('tries a failing batch again until it passes, notes the error, skips nothing and repeats nothing', async () => {
    await store.append('note-1', 'none', someEvents(30), someCommand());
    let calls = 0;
    const failures: number[] = [];
    const subscription = store.subscribe({
      name: 'failing',
      batchSize: 10,
      firstPause: 1,
      handle: async (events, tx) => {
        calls += 1;
        await note(events, tx);
        if (calls <= 3) throw new Error(`failure ${calls}`);
      },
      onError: (_, { attempt, stopped }) => {
        failures.push(attempt);
        expect(stopped).toBe(false);
      },
    });
    subscription.start();
    await subscription.caughtUp();
    expect(failures).toEqual([1, 2, 3]);
    await expectAllHandledOnce();
  });

  it('shows its last error while it fails, and none once it passes', async () => {
    await store.append('note-1', 'none', someEvents(1), someCommand());
    let broken = true;
    const subscription = store.subscribe({
      name: 'failing',
      firstPause: 1,
      handle: () => {
        if (broken) throw new RangeError('out of order');
      },
    });
    subscription.start();
    const state = async (): Promise<unknown> =>
      (
        await store.pool.query(
          "SELECT status, attempts > 0 AS tried, last_error->>'message' AS message FROM es.subscriptions",
        )
      ).rows[0];
    while (((await state()) as { message?: string } | undefined)?.message !== 'out of order') await pause(2);
    expect(await state()).toEqual({ status: 'failing', tried: true, message: 'out of order' });
    broken = false;
    await subscription.caughtUp();
    expect(await state()).toEqual({ status: 'running', tried: false, message: null });
  });

  it('works in one process at a time when several run it', async () => {
    const others = await Promise.all(
      [1, 2].map(() => openEventStore({ connectionString: database.connectionString, poolSize: 3 })),
    );
    let inside = 0;
    let most = 0;
    const subscriptions = [store, ...others].map((each, index) =>
      each.subscribe({
        name: 'shared',
        batchSize: 5,
        handle: async (events, tx) => {
          most = Math.max(most, ++inside);
          await note(events, tx, `worker ${index}`);
          await pause(1);
          inside -= 1;
        },
      }),
    );
    for (const subscription of subscriptions) subscription.start();
    for (let index = 0; index < 40; index++) await store.append(`note-${index}`, 'none', someEvents(5), someCommand());
    await Promise.all(subscriptions.map((subscription) => subscription.caughtUp()));
    expect(most).toBe(1);
    await expectAllHandledOnce();
    await Promise.all(others.map((other) => other.close()));
  });

  it('loses and repeats nothing when its connections are cut', async () => {
    const subscription = store.subscribe({
      name: 'cut',
      batchSize: 5,
      firstPause: 1,
      handle: async (events, tx) => {
        await note(events, tx);
        await pause(2);
      },
    });
    const admin = await openEventStore({
      connectionString: database.connectionString,
      applicationName: 'admin',
      poolSize: 1,
    });
    await admin.append('note-1', 'none', someEvents(300), someCommand());
    subscription.start();
    let cuts = 0;
    for (let round = 0; round < 10; round++) {
      await pause(10);
      const { rowCount } = await admin.pool.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'repons-events'",
      );
      cuts += rowCount ?? 0;
    }
    expect(cuts).toBeGreaterThan(0);
    // Asked by a connection that nobody cut: any other may have met the last cut.
    const handled = async () => (await admin.pool.query('SELECT FROM handled')).rowCount ?? 0;
    while ((await handled()) < 300) await pause(20);
    await expectAllHandledOnce(admin);
    await admin.close();
  });

  it('loses and repeats nothing when its process is killed in the middle of a batch', async () => {
    const folder = await mkdtemp(path.resolve('dist/killed-subscriber-'));
    const program = path.join(folder, 'subscriber.mjs');
    await writeFile(
      program,
      `import { openEventStore } from '${path.resolve('dist/libs/events/src/index.js')}';
       const store = await openEventStore({ connectionString: process.argv[2], poolSize: 3 });
       store.subscribe({ name: 'killed', batchSize: 5, handle: async (events, tx) => {
         await tx.query('INSERT INTO handled (position, worker) SELECT unnest($1::bigint[]), $2', [events.map((e) => e.position), String(process.pid)]);
         process.send('inside');
         await new Promise((resolve) => setTimeout(resolve, 5));
       } }).start();`,
    );
    try {
      await store.append('note-1', 'none', someEvents(200), someCommand());
      for (let round = 0; round < 3; round++) {
        const child = fork(program, [database.connectionString]);
        for (let batch = 0; batch < 4; batch++) await once(child, 'message');
        child.kill('SIGKILL');
        const [, signal] = (await once(child, 'exit')) as [number | null, string];
        expect(signal).toBe('SIGKILL');
      }
      const killed = await store.pool.query('SELECT DISTINCT worker FROM handled');
      expect(killed.rowCount).toBe(3);
      const subscription = store.subscribe({ name: 'killed', handle: (events, tx) => note(events, tx) });
      subscription.start();
      await subscription.caughtUp();
      await expectAllHandledOnce();
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('is woken by the appends of another store', async () => {
    const other = await openEventStore({ connectionString: database.connectionString, poolSize: 2 });
    const seen = new Set<string>();
    const subscription = store.subscribe({
      name: 'woken',
      handle: (events) => events.forEach(({ stream }) => seen.add(stream)),
    });
    subscription.start();
    await subscription.caughtUp();
    const stream = `note-${randomUUID()}`;
    await other.append(stream, 'none', someEvents(1), someCommand());
    while (!seen.has(stream)) await pause(2);
    await other.close();
  });
});
