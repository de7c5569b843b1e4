import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { migrateEventStore } from '../database/migrate.js';
import { failureKind } from '../failures.js';
import { openEventStore, type EventStore } from '../event-store.js';
import { settled, someCommand, someEvents } from '../testing/fixtures.js';
import type { Checkpoint, RecordedEvent } from '../types.js';

describe('the order of the log', () => {
  let database: TestDatabase;
  let store: EventStore;

  beforeEach(async () => {
    database = await createTestDatabase();
    await migrateEventStore(database.connectionString);
    store = await openEventStore({ connectionString: database.connectionString, poolSize: 14 });
  });

  afterEach(async () => {
    await store.close();
    await database.drop();
  });

  it('lets a polling reader see every event once and in order, whatever the writers do', async () => {
    const seen: RecordedEvent[] = [];
    let writing = true;
    let everythingSettled = false;
    const reading = (async (): Promise<void> => {
      let checkpoint: Checkpoint | null = null;
      for (;;) {
        const finished = everythingSettled;
        const page = await store.readAll({ after: checkpoint, limit: 50 });
        checkpoint = page.checkpoint;
        seen.push(...page.events);
        if (page.events.length > 0) continue;
        if (finished) return;
        await pause(1);
      }
    })();

    const shared = ['shared-1', 'shared-2', 'shared-3'];
    const rolledBack = new Error('rolled back on purpose');
    let [stalls, rollBacks, retries] = [0, 0, 0];
    const stall = async (): Promise<void> => {
      if (Math.random() > 0.3) return;
      stalls += 1;
      await pause(Math.random() * 8);
    };
    const writer = async (index: number): Promise<void> => {
      for (let round = 0; round < 25; round++) {
        try {
          await store.transaction(async (tx) => {
            // The transaction id is taken here; a row lock or a slow program may come before the event is written.
            await tx.query('SELECT pg_current_xact_id()');
            await stall();
            await store.append(`own-${randomUUID()}`, 'none', someEvents(1), someCommand(), { tx });
            await stall();
            if (round % 3 === 0) {
              const stream = shared[(index + round) % shared.length] ?? '';
              await store.append(stream, 'any', someEvents(2), someCommand(), { tx });
            }
            await stall();
            if ((index + round) % 7 === 0) throw rolledBack;
          });
        } catch (error) {
          if (error === rolledBack) rollBacks += 1;
          else if (failureKind(error) === 'transient') retries += 1;
          else throw error;
        }
      }
    };
    // A foreign writer that is open all the time, and holds back the horizon without ever hiding anything for good.
    const foreign = new pg.Client({ connectionString: database.connectionString });
    await foreign.connect();
    const holding = (async (): Promise<void> => {
      while (writing) {
        await foreign.query('BEGIN; SELECT pg_current_xact_id()');
        await pause(15);
        await foreign.query('ROLLBACK');
      }
    })();
    await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(writer));
    writing = false;
    await holding;
    await foreign.end();
    await settled(store);
    everythingSettled = true;
    await reading;

    const { rows } = await store.pool.query<{ position: string }>(
      'SELECT e.position FROM es.events e ORDER BY e.xid, e.position',
    );
    expect(seen.map(({ position }) => String(position))).toEqual(rows.map(({ position }) => position));
    for (const stream of shared) {
      const versions = seen.filter((event) => event.stream === stream).map(({ version }) => version);
      expect(versions.length).toBeGreaterThan(0);
      expect(versions).toEqual(versions.map((_, index) => index + 1));
    }
    // The faults happened.
    expect(stalls).toBeGreaterThan(50);
    expect(rollBacks).toBeGreaterThan(10);
    expect(retries).toBeGreaterThan(0);
    expect(await store.verify()).toMatchObject({ ok: true });
  });

  it('gives nothing beyond an open writer, and everything once it ends', async () => {
    await store.append('first', 'none', someEvents(1), someCommand());
    await settled(store);
    await store.transaction(async (tx) => {
      await store.append('late', 'none', someEvents(1), someCommand(), { tx });
      await store.append('early', 'none', someEvents(1), someCommand());
      expect((await store.readAll()).events.map(({ stream }) => stream)).toEqual(['first']);
    });
    await settled(store);
    expect((await store.readAll()).events.map(({ stream }) => stream)).toEqual(['first', 'late', 'early']);
  });

  it('sorts transactions as numbers, not as text', async () => {
    // 99 and 100, 999 and 1000 …: cross the next power of ten, where text and numbers part.
    const { rows } = await store.pool.query<{ xid: string }>('SELECT pg_current_xact_id()::text AS xid');
    const next = 10 ** (rows[0]?.xid.length ?? 1);
    if (next - Number(rows[0]?.xid) < 5_000) {
      await store.pool.query(
        `DO $$ BEGIN WHILE pg_current_xact_id()::text::bigint < ${next - 3} LOOP COMMIT; END LOOP; END $$`,
      );
    }
    for (let index = 0; index < 12; index++) await store.append(`note-${index}`, 'none', someEvents(1), someCommand());
    await settled(store);
    const { events } = await store.readAll();
    expect(events.map(({ stream }) => stream)).toEqual(Array.from({ length: 12 }, (_, index) => `note-${index}`));
  });

  it('reads on behind a checkpoint, page by page, to the end', async () => {
    expect(await store.readAll()).toEqual({ events: [], checkpoint: null });
    expect(await store.head()).toBeNull();
    await store.append('note', 'none', someEvents(10), someCommand());
    await settled(store);
    const first = await store.readAll({ limit: 6 });
    const second = await store.readAll({ after: first.checkpoint, limit: 6 });
    const third = await store.readAll({ after: second.checkpoint });
    expect([first, second, third].map(({ events }) => events.length)).toEqual([6, 4, 0]);
    expect(third.checkpoint).toEqual(await store.head());
  });

  it('reads a stream forwards, backwards, from a version, up to a limit, and without some types', async () => {
    await store.append('note', 'none', someEvents(600), someCommand());
    await store.append('note', 600, someEvents(3, 'Other'), someCommand());
    const versions = async (options: Parameters<EventStore['readStream']>[1]): Promise<number[]> => {
      const found: number[] = [];
      for await (const { version } of store.readStream('note', options)) found.push(version);
      return found;
    };
    expect(await versions({})).toEqual(Array.from({ length: 603 }, (_, index) => index + 1));
    expect(await versions({ from: 599, limit: 3 })).toEqual([599, 600, 601]);
    expect(await versions({ direction: 'backwards', limit: 2 })).toEqual([603, 602]);
    expect(await versions({ direction: 'backwards', from: 2 })).toEqual([2, 1]);
    expect(await versions({ from: 600, exceptTypes: ['Other'] })).toEqual([600]);
    // A page may hold nothing that is wanted and yet not be the last one.
    expect(await versions({ exceptTypes: ['Noted'], limit: 2 })).toEqual([601, 602]);
    expect(await versions({ direction: 'backwards', exceptTypes: ['Other'], limit: 1 })).toEqual([600]);
    expect(await versions({ direction: 'backwards', exceptTypes: ['Other', 'Noted'] })).toEqual([]);
    expect(await versions({ from: 604 })).toEqual([]);
    expect(await store.readLast('absent')).toBeNull();
  });
});
