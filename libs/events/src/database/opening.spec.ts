import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { openEventStore } from '../event-store.js';
import { collected, settled, someCommand, someEvents } from '../testing/fixtures.js';
import { migrateEventStore } from './migrate.js';
import pg from 'pg';

describe('opening and migrating', () => {
  let database: TestDatabase;
  let client: pg.Client;

  beforeEach(async () => {
    database = await createTestDatabase();
    client = new pg.Client({ connectionString: database.connectionString });
    await client.connect();
  });

  afterEach(async () => {
    await client.end();
    await database.drop();
  });

  it('migrates once when several processes start together, and again without effect', async () => {
    await Promise.all([1, 2, 3].map(() => migrateEventStore(database.connectionString)));
    const before = await client.query('SELECT * FROM es.migrations ORDER BY number');
    await migrateEventStore(database.connectionString);
    expect((await client.query('SELECT * FROM es.migrations ORDER BY number')).rows).toEqual(before.rows);
  });

  it('refuses a database that was not migrated, or was by a newer program', async () => {
    const open = () => openEventStore({ connectionString: database.connectionString });
    await expect(open()).rejects.toMatchObject({ code: 'ES-NOT-MIGRATED' });
    await migrateEventStore(database.connectionString);
    await client.query('DELETE FROM es.migrations WHERE number > 3');
    await expect(open()).rejects.toMatchObject({ code: 'ES-NOT-MIGRATED' });
    await client.query("INSERT INTO es.migrations (number, name) VALUES (9999, '9999-future.sql')");
    await expect(open()).rejects.toMatchObject({ code: 'ES-NEWER-SCHEMA' });
    await expect(migrateEventStore(database.connectionString)).rejects.toMatchObject({ code: 'ES-NEWER-SCHEMA' });
  });

  it('refuses a log restored into a cluster whose transactions have not come that far', async () => {
    await migrateEventStore(database.connectionString);
    const store = await openEventStore({ connectionString: database.connectionString });
    await store.append('note', 'none', someEvents(1), someCommand());
    await store.close();
    await client.query("SET session_replication_role = replica; UPDATE es.events SET xid = '900000000000'::xid8");
    await expect(openEventStore({ connectionString: database.connectionString })).rejects.toMatchObject({
      code: 'ES-RESTORED',
      message: expect.stringContaining('another cluster') as string,
    });
  });

  it('gives the events of an older store the number of their stream, and keeps their guard', async () => {
    await migrateEventStore(database.connectionString);
    const store = await openEventStore({ connectionString: database.connectionString });
    await store.append('note', 'none', someEvents(2), someCommand());
    await store.append('other', 'none', someEvents(1), someCommand());
    await store.append('note', 2, someEvents(1), someCommand());
    await store.close();
    // The store as it was before that migration.
    await client.query(`
      DELETE FROM es.migrations WHERE number >= 10;
      ALTER TABLE es.events DROP CONSTRAINT events_pkey;
      ALTER TABLE es.events DROP COLUMN stream_number;
      ALTER TABLE es.events ADD PRIMARY KEY (position);
      CREATE INDEX events_order ON es.events (xid, position);`);
    for (const partition of ['events_p000000', 'events_p000001', 'events_p000002'])
      await client.query(`CREATE UNIQUE INDEX ON es.${partition} (stream_id, version)`);
    await migrateEventStore(database.connectionString);
    const migrated = await openEventStore({ connectionString: database.connectionString });
    expect((await collected(migrated.readStream('note'))).map(({ version }) => version)).toEqual([1, 2, 3]);
    expect(await collected(migrated.readStream('other'))).toHaveLength(1);
    expect(await migrated.append('note', 3, someEvents(1), someCommand())).toMatchObject({ version: 4 });
    await settled(migrated);
    expect(await migrated.verify()).toMatchObject({ ok: true, events: 5 });
    await expect(client.query('UPDATE es.events SET type = type')).rejects.toThrow('only grows');
    await migrated.close();
  });

  it('makes the partitions ahead of the position, without being asked twice', async () => {
    await migrateEventStore(database.connectionString);
    const partitions = async (): Promise<string[]> =>
      (
        await client.query<{ name: string }>(
          "SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'es.events'::regclass ORDER BY 1",
        )
      ).rows.map(({ name }) => name);
    expect(await partitions()).toEqual(['es.events_p000000', 'es.events_p000001', 'es.events_p000002']);
    await client.query("SELECT setval('es.position', 39999998)");
    const store = await openEventStore({ connectionString: database.connectionString });
    expect(await partitions()).toHaveLength(4);
    await store.append('note', 'none', someEvents(6), someCommand());
    expect((await store.readLast('note'))?.position).toBe(40_000_004);
    expect(await partitions()).toContain('es.events_p000003');
    await store.close();
  });

  it('leaves the global parsers of pg alone', async () => {
    await migrateEventStore(database.connectionString);
    const { rows } = await client.query("SELECT 1::int8 AS big, '{}'::json AS parsed");
    expect(rows).toEqual([{ big: '1', parsed: {} }]);
  });
});
