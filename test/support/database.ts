import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** A database of its own for one test file. */
export interface TestDatabase {
  /** Superuser's connection string to the new database. */
  readonly connectionString: string;
  /** Removes the database, ending the sessions that still use it. */
  drop(): Promise<void>;
}

/**
 * Creates a database with a unique name on the shared PostgreSQL server (see `global-setup.mjs`): empty, or as the migrations
 * leave one, which is what a program finds at every start but the first.
 *
 * @throws Error when the tests were not started by Jest with the repository's configuration
 */
export async function createTestDatabase({ migrated = false } = {}): Promise<TestDatabase> {
  const server = process.env.REPONS_TEST_PG_URL;
  if (server === undefined || server === '') throw new Error('REPONS_TEST_PG_URL is not set: run the tests with jest');
  const name = `test_${process.pid}_${randomBytes(6).toString('hex')}`;
  const template = migrated ? process.env.REPONS_TEST_PG_TEMPLATE : undefined;
  await execute(server, `create database ${name}${template === undefined ? '' : ` template ${template}`}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    connectionString: url.toString(),
    drop: () => execute(server, `drop database if exists ${name} with (force)`),
  };
}

async function execute(connectionString: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
