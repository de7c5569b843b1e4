import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { migrateEventStore } from './database/migrate.js';
import { InvalidRequest, UnknownEventVersion } from './errors.js';
import { openEventStore, type EventStore } from './event-store.js';
import { collected, settled, someCommand } from './testing/fixtures.js';
import { UpcasterChain, type Upcaster } from './upcasting.js';

const lifts: Upcaster[] = [
  { type: 'Priced', from: 2, upcast: (data) => ({ ...(data as object), currency: 'EUR' }) },
  { type: 'Priced', from: 1, upcast: (data) => ({ amount: String((data as { cents: number }).cents / 100) }) },
];

describe('upcasters', () => {
  it('lift from any version through all the next ones', () => {
    const chain = new UpcasterChain(lifts);
    expect(chain.currentVersion('Priced')).toBe(3);
    expect(chain.lift('Priced', 1, { cents: 150 }, 'x@1')).toEqual({
      schemaVersion: 3,
      data: { amount: '1.5', currency: 'EUR' },
    });
    expect(chain.lift('Priced', 2, { amount: '2' }, 'x@1').data).toEqual({ amount: '2', currency: 'EUR' });
    expect(chain.lift('Other', 1, { as: 'is' }, 'x@1')).toEqual({ schemaVersion: 1, data: { as: 'is' } });
  });

  it.each([
    ['a gap', [1, 3]],
    ['a repetition', [1, 1]],
    ['a chain that does not begin at 1', [2]],
    ['a version below 1', [0, 1]],
  ])('with %s are refused at once', (_, versions) => {
    const chain = versions.map((from) => ({ type: 'Priced', from, upcast: (data: unknown) => data }));
    expect(() => new UpcasterChain(chain)).toThrow(InvalidRequest);
  });

  describe('in a store', () => {
    let database: TestDatabase;
    let old: EventStore;
    let current: EventStore;

    beforeAll(async () => {
      database = await createTestDatabase();
      await migrateEventStore(database.connectionString);
      old = await openEventStore({ connectionString: database.connectionString, poolSize: 2 });
      current = await openEventStore({ connectionString: database.connectionString, poolSize: 2, upcasters: lifts });
    });

    afterAll(async () => {
      await Promise.all([old.close(), current.close()]);
      await database.drop();
    });

    it('lift what an older program recorded, and leave the record as it is', async () => {
      const stream = `price-${randomUUID()}`;
      await old.append(stream, 'none', [{ type: 'Priced', data: { cents: 150 } }], someCommand());
      expect(await current.readLast(stream)).toMatchObject({
        schemaVersion: 3,
        data: { amount: '1.5', currency: 'EUR' },
      });
      expect(await old.readLast(stream)).toMatchObject({ schemaVersion: 1, data: { cents: 150 } });
      await settled(current);
      expect(await current.verify()).toMatchObject({ ok: true });
    });

    it('write in the current version, which stops every older reader with an error that names the event', async () => {
      const stream = `price-${randomUUID()}`;
      await current.append(stream, 'none', [{ type: 'Priced', data: { amount: '2', currency: 'EUR' } }], someCommand());
      await settled(current);
      await expect(collected(old.readStream(stream))).rejects.toMatchObject({
        code: 'ES-UNKNOWN-VERSION',
        message: `${stream}@1: Priced version 3 is not known (newest known: 1)`,
      });
      await expect(old.readAll()).rejects.toBeInstanceOf(UnknownEventVersion);
      const told: unknown[] = [];
      const subscription = old.subscribe({ name: 'old', handle: () => undefined, onError: (...all) => told.push(all) });
      subscription.start();
      await expect(subscription.caughtUp()).rejects.toBeInstanceOf(UnknownEventVersion);
      expect(told).toEqual([[expect.any(UnknownEventVersion), { attempt: 1, stopped: true }]]);
      const { rows } = await old.pool.query("SELECT status, last_error->>'code' AS code FROM es.subscriptions");
      expect(rows).toEqual([{ status: 'stopped', code: 'ES-UNKNOWN-VERSION' }]);
      await subscription.stop();
    });
  });
});
