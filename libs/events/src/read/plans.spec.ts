import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { query } from '../database/sql.js';
import { migrateEventStore } from '../database/migrate.js';
import { openEventStore, type EventStore } from '../event-store.js';
import { settled, someCommand, someEvents } from '../testing/fixtures.js';
import type { StreamAppend } from '../types.js';

// No transaction comes behind it.
const BEYOND = '18446744073709551615';

describe('the plans of the reading queries, at 20,000 events', () => {
  let database: TestDatabase;
  let store: EventStore;

  beforeAll(async () => {
    database = await createTestDatabase();
    await migrateEventStore(database.connectionString);
    store = await openEventStore({ connectionString: database.connectionString, poolSize: 2 });
    const source = Array.from({ length: 4_000 }, (_, rank): StreamAppend => ({
      stream: `note-${rank}`,
      expected: 'none',
      events: someEvents(5),
    }));
    await store.bulkAppend(source, { key: 'plans', context: someCommand() });
    await store.append('long', 'none', someEvents(2_000), someCommand());
    await settled(store);
    await store.pool.query('ANALYZE es.events');
  });

  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  async function planOf(name: string, values: unknown[]): Promise<string> {
    const { rows } = await store.pool.query<{ 'QUERY PLAN': string }>({
      text: `EXPLAIN (ANALYZE) ${query(name).text}`,
      values,
    });
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  }

  it.each([
    ['read-all', ['0', 0, 500]],
    ['read-all-of-types', ['0', 0, 500, ['Other'], null]],
    ['read-all-of-types', ['0', 0, 500, ['Other'], BEYOND]],
    ['leaves', ['0', 0, 1_000]],
    ['head', []],
    ['last-visible', []],
    ['restored-elsewhere', []],
    ['read-stream-forwards', ['long', 1, 500, []]],
    ['read-stream-backwards', ['long', 2_147_483_647, 1, []]],
  ])('%s walks an index and sorts no log', async (name, values) => {
    const plan = await planOf(name, values);
    expect(plan).toMatch(/Index (Only )?Scan/);
    // Partitions to come are empty, and scanning them is free; the one that holds the log is what matters.
    expect(plan).not.toMatch(/Seq Scan on events_p000000/);
    // Merging the partitions has a sort key too; read-all-of-types sorts the few rows of its answer, and a page of a stream
    // may be sorted. No other sort.
    if (name.startsWith('read-stream'))
      expect(plan).toMatch(/Index Scan.*events_p000000_stream_number_version_idx.*actual.*rows=(500|1)\D/);
    else if (name !== 'read-all-of-types') expect(plan).not.toMatch(/-> +Sort/);
  });
});
