import { jest } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { migrateReadModels, openReadModels } from './data-source.js';
import { ConnectionRow, StructureRow } from './directory.rows.js';
import { FlowInvoiceRow } from './flow-invoice.row.js';
import { FlowRow } from './flow.row.js';
import { RejectFileRow } from './reject-file.row.js';
import { RejectRow } from './reject.row.js';

describe('migrateReadModels', () => {
  let database: TestDatabase;
  let pool: pg.Pool;

  beforeEach(async () => {
    database = await createTestDatabase();
    pool = new pg.Pool({ connectionString: database.connectionString, max: 2 });
  });

  afterEach(async () => {
    await pool.end();
    await database.drop();
  });

  const applied = async (): Promise<string[]> =>
    (await pool.query<{ name: string }>('SELECT name FROM read_model_migrations ORDER BY id')).rows.map(
      ({ name }) => name,
    );

  /** The migrations that the program knows, in order. */
  const listed = async (): Promise<(string | undefined)[]> => {
    const source = await openReadModels(database.connectionString, 1);
    const names = source.migrations.map(({ name, constructor }) => name ?? constructor.name);
    await source.destroy();
    return names;
  };

  it('R61 applies each migration once, when it runs again and when processes start together', async () => {
    await Promise.all(Array.from({ length: 4 }, () => migrateReadModels(database.connectionString)));
    const first = await applied();
    expect(first).toEqual(await listed());
    expect(first.slice(0, 2)).toEqual(['ReadModels1700000000001', 'DirectoryRequirements1700000000002']);
    await pool.query(`INSERT INTO read.structures VALUES ('123', 'Commune', true, true, null)`);
    await migrateReadModels(database.connectionString);
    expect(await applied()).toEqual(first);
    expect((await pool.query('SELECT identifier FROM read.structures')).rows).toEqual([{ identifier: '123' }]);
  });

  it('R61 holds no lock after a migration that failed', async () => {
    await pool.query('CREATE SCHEMA read; CREATE TABLE read.flows (number text)');
    const console = jest.spyOn(globalThis.console, 'log').mockImplementation(() => undefined); // TypeORM says it there
    await expect(migrateReadModels(database.connectionString)).rejects.toThrow('already exists');
    console.mockRestore();
    const locks = await pool.query(
      "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
    );
    expect(locks.rows).toEqual([]);
    await pool.query('DROP SCHEMA read CASCADE');
    await migrateReadModels(database.connectionString);
    expect(await applied()).toEqual(await listed());
  });

  it('R61 makes the very tables that the read models ask for', async () => {
    await migrateReadModels(database.connectionString);
    const source = await openReadModels(database.connectionString, 1);
    try {
      for (const row of [FlowRow, FlowInvoiceRow, RejectRow, RejectFileRow, StructureRow, ConnectionRow])
        expect(await source.getRepository(row).findAndCount()).toEqual([[], 0]);
      for (const { tablePath, columns } of source.entityMetadatas) {
        const { rows } = await pool.query<{ name: string }>(
          'SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped',
          [tablePath],
        );
        expect(rows.map(({ name }) => name).sort()).toEqual(columns.map(({ databaseName }) => databaseName).sort());
      }
    } finally {
      await source.destroy();
    }
  });
});
