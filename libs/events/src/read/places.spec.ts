import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { migrateEventStore } from '../database/migrate.js';
import { openEventStore, type EventStore } from '../event-store.js';
import { settled, someCommand, someEvents } from '../testing/fixtures.js';

describe('readAt', () => {
  let database: TestDatabase;
  let store: EventStore;

  beforeAll(async () => {
    database = await createTestDatabase();
    await migrateEventStore(database.connectionString);
    store = await openEventStore({ connectionString: database.connectionString, poolSize: 2 });
  });

  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  it('gives the events at the places named, in the order of the log, and nothing for a place where there is none', async () => {
    for (let count = 0; count < 3; count += 1)
      await store.append(`stream-${randomUUID()}`, 'none', someEvents(2), someCommand());
    await settled(store);
    const { events } = await store.readAll();
    const wanted = [events[4], events[1]].flatMap((event) => event ?? []);
    const nowhere = { transaction: wanted[0]?.transaction ?? '', position: 999_999 };
    expect(await store.readAt([...wanted, nowhere])).toEqual([events[1], events[4]]);
    expect(await store.readAt([])).toEqual([]);
  });
});
