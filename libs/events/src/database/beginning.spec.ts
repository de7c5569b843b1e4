import type { Pool, PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { finished } from 'node:stream/promises';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { openPool } from './pool.js';
import { rowsOf, type Query } from './sql.js';
import { inTransaction } from './transaction.js';

const insert: Query = { name: 'test.insert', text: 'INSERT INTO notes SELECT $1::text RETURNING note' };

describe('a transaction that begins with its first statement', () => {
  let database: TestDatabase;
  let pool: Pool;

  beforeAll(async () => {
    database = await createTestDatabase();
    pool = openPool({ connectionString: database.connectionString, poolSize: 1 });
    await pool.query('CREATE TABLE notes (note text)');
  });

  beforeEach(async () => {
    await inTransaction(pool, (tx) => tx.query('TRUNCATE notes')); // its connection has a BEGIN parsed from here on
  });

  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  const notes = async (): Promise<string[]> =>
    (await pool.query<{ note: string }>('SELECT note FROM notes ORDER BY note')).rows.map(({ note }) => note);

  /** How often the server said that it waits for the next message: once for each round trip. */
  async function roundTrips(work: () => Promise<unknown>): Promise<number> {
    const client = await pool.connect();
    const { connection } = client as unknown as { connection: NodeJS.EventEmitter };
    client.release();
    let count = 0;
    const note = (): void => void (count += 1);
    connection.on('readyForQuery', note);
    await work();
    connection.off('readyForQuery', note);
    return count;
  }

  /** Makes every BEGIN of the connection fail, which lives on. */
  const spoilBegin = () => pool.query('DEALLOCATE "es.begin"');

  const firsts: [string, (tx: PoolClient) => Promise<unknown>][] = [
    ['a statement of ours', (tx) => rowsOf(tx, insert, ['one'])],
    ['a statement of anybody', (tx) => tx.query("INSERT INTO notes VALUES ('one')")],
    ['a named statement', (tx) => tx.query({ name: 'n', text: 'INSERT INTO notes VALUES ($1)', values: ['one'] })],
    [
      'a COPY',
      async (tx) => {
        const target = tx.query(copyFrom('COPY notes FROM STDIN'));
        target.end('one\n');
        await finished(target);
      },
    ],
  ];

  it.each(firsts)('keeps what is done first and after, when it commits: %s', async (_, first) => {
    await inTransaction(pool, async (tx) => {
      await first(tx);
      expect((await tx.query<{ open: boolean }>('SELECT now() <> statement_timestamp() AS open')).rows).toEqual([
        { open: true },
      ]);
      await tx.query("INSERT INTO notes VALUES ('two')");
    });
    expect(await notes()).toEqual(['one', 'two']);
  });

  it.each(firsts)('keeps nothing when it fails after its first statement: %s', async (_, first) => {
    const failure = inTransaction(pool, async (tx) => {
      await first(tx);
      throw new Error('changed its mind');
    });
    await expect(failure).rejects.toThrow('changed its mind');
    expect(await notes()).toEqual([]);
  });

  it.each(firsts)('does nothing of it when it cannot begin: %s', async (_, first) => {
    await spoilBegin();
    await expect(inTransaction(pool, first)).rejects.toThrow();
    expect(await notes()).toEqual([]);
    await inTransaction(pool, first); // on another connection
    expect(await notes()).toEqual(['one']);
  });

  it('fails with its first statement, and leaves a connection that works', async () => {
    await expect(inTransaction(pool, (tx) => tx.query('SELECT 1 / 0'))).rejects.toThrow('division by zero');
    const wrong: Query = { name: 'test.wrong', text: 'SELECT 1 / $1::int' };
    await expect(inTransaction(pool, (tx) => rowsOf(tx, wrong, [0]))).rejects.toThrow('division by zero');
    await inTransaction(pool, (tx) => rowsOf(tx, insert, ['after']));
    expect(await notes()).toEqual(['after']);
  });

  it('takes one round trip for the first statement and one for the commit, and none when nothing is asked', async () => {
    await inTransaction(pool, (tx) => rowsOf(tx, insert, ['parsed']));
    expect(await roundTrips(() => inTransaction(pool, (tx) => rowsOf(tx, insert, ['one'])))).toBe(2);
    expect(await roundTrips(() => inTransaction(pool, () => Promise.resolve('nothing')))).toBe(0);
    expect(await roundTrips(() => inTransaction(pool, (tx) => tx.query('SELECT 1')))).toBe(3);
  });
});
