import { REJECT_DAYS_STREAM } from '#domain';
import type { EventStore } from '#events';
import { openObjectStore, type ObjectStore } from '#persistence';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { createTemporaryFolder, type TemporaryFolder } from '../../../../test/support/temporary-folder.js';
import { RejectDayClosing } from '../rejects/reject-day-closing.js';
import { collected, openOwnStore, type OwnStore, TestClock } from '../../../../test/support/test-store.js';
import { rejectDayOf, rejectDays } from './reject-day-lock.js';

const recorder = (store: EventStore, instant: string) =>
  store.transaction((tx) => rejectDayOf(store, tx, new Date(instant)));

describe('the lock between recording rejects and closing days', () => {
  let own: OwnStore;
  let store: EventStore;
  let folder: TemporaryFolder;
  let objects: ObjectStore;

  beforeEach(async () => {
    [own, folder] = await Promise.all([openOwnStore(), createTemporaryFolder('objects')]);
    ({ store } = own);
    objects = await openObjectStore({ kind: 'local', folder: folder.path });
  });

  afterEach(async () => {
    await Promise.all([own.close(), folder.remove()]);
  });

  /** Puts the first event in the log on that day, so that days may be closed from it. */
  const startOn = async (day: string): Promise<void> => {
    const context = { commandId: randomUUID(), correlationId: 'test', actor: 'test' };
    await store.append(REJECT_DAYS_STREAM, 'none', [{ type: 'RejectDayClosed', data: { day } }], context);
  };
  const closing = (instant: string) => new RejectDayClosing(store, objects, new TestClock(instant));
  const closedDays = async (): Promise<string[]> =>
    (await collected(store.readStream(REJECT_DAYS_STREAM))).map(({ data }) => (data as { day: string }).day);
  const waitingForTheLock = async (): Promise<number> =>
    Number(
      (
        await store.pool.query<{ n: string }>(
          "SELECT count(*) AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
        )
      ).rows[0]?.n,
    );

  it('R44 a reject goes to the day of Paris, at the last millisecond and at the first', async () => {
    expect(await recorder(store, '2026-11-20T22:59:59.999Z')).toBe('2026-11-20');
    expect(await recorder(store, '2026-11-20T23:00:00.000Z')).toBe('2026-11-21');
  });

  it('R44 a reject that comes with a slow clock goes to the first day that is open', async () => {
    await startOn('2026-11-20');
    expect(await rejectDays(store)).toEqual({ lastClosed: '2026-11-20' });
    expect(await recorder(store, '2026-11-20T22:59:59.999Z')).toBe('2026-11-21');
    expect(await recorder(store, '2026-11-22T12:00:00Z')).toBe('2026-11-22');
  });

  it('R44 a day is not closed under a reject that is being recorded, and is closed after it', async () => {
    await startOn('2026-11-19');
    let closed: Promise<string[]> | undefined;
    await store.transaction(async (tx) => {
      expect(await rejectDayOf(store, tx, new Date('2026-11-20T22:59:59.999Z'))).toBe('2026-11-20');
      closed = closing('2026-11-20T23:00:00Z').closeEndedDays();
      while ((await waitingForTheLock()) === 0) await pause(5);
      expect(await rejectDays(store)).toEqual({ lastClosed: '2026-11-19' });
    });
    expect(await closed).toEqual(['2026-11-20']);
    expect(await recorder(store, '2026-11-20T22:59:59.999Z')).toBe('2026-11-21');
  });

  it('R44 rejects are recorded side by side: they do not wait for one another', async () => {
    await store.transaction(async (one) => {
      await rejectDayOf(store, one, new Date('2026-11-20T12:00:00Z'));
      expect(await recorder(store, '2026-11-20T12:00:00Z')).toBe('2026-11-20');
    });
  });

  it('R44 the days of an absence are closed in order, each once, by however many processes', async () => {
    await startOn('2026-10-23');
    const results = await Promise.all(
      Array.from({ length: 4 }, () => closing('2026-10-27T09:00:00Z').closeEndedDays()),
    );
    expect(results.flat().sort()).toEqual(['2026-10-24', '2026-10-25', '2026-10-26']);
    expect(await closedDays()).toEqual(['2026-10-23', '2026-10-24', '2026-10-25', '2026-10-26']);
    expect(await closing('2026-10-27T22:59:59Z').closeEndedDays()).toEqual([]);
  });

  it('R44 nothing is closed before the first event of the log', async () => {
    expect(await closing('2099-01-01T00:00:00Z').closeEndedDays()).toEqual([]);
  });
});
