import { readdirSync, readFileSync } from 'node:fs';
import type pg from 'pg';
import { StoreUnusable } from '../errors.js';
import { sqlState } from '../failures.js';
import { openPool } from './pool.js';

const folder = new URL('../sql/migrations/', import.meta.url);

// One name for all migrators of a database, whatever their version.
const lock = 'SELECT pg_advisory_lock(hashtextextended($1, 0))';
const unlock = 'SELECT pg_advisory_unlock(hashtextextended($1, 0))';
const lockName = 'es.migrate';

/** The migrations this program knows, in order. */
function known(): { number: number; name: string }[] {
  return readdirSync(folder)
    .filter((name) => /^\d{4}-.+\.sql$/.test(name))
    .sort()
    .map((name) => ({ number: Number(name.slice(0, 4)), name }));
}

/**
 * Brings the schema `es` up to this program's version: each migration in its own transaction, all under an advisory lock,
 * so that several processes may start at once. Does nothing when there is nothing to do.
 * @throws StoreUnusable (ES-NEWER-SCHEMA) when the database was migrated by a newer program.
 */
export async function migrate(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('SET lock_timeout = 0; SET statement_timeout = 0');
    await client.query(lock, [lockName]);
    await client.query('CREATE SCHEMA IF NOT EXISTS es');
    await client.query(
      'CREATE TABLE IF NOT EXISTS es.migrations (number int PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT clock_timestamp())',
    );
    const applied = await appliedMigrations(client);
    for (const { number, name } of known()) {
      if (number <= applied) continue;
      await client.query('BEGIN');
      await client.query(readFileSync(new URL(name, folder), 'utf8'));
      await client.query('INSERT INTO es.migrations (number, name) VALUES ($1, $2)', [number, name]);
      await client.query('COMMIT');
    }
    await client.query(unlock, [lockName]);
  } finally {
    // Closed, not given back: its settings were changed, and an unfinished migration leaves with it.
    client.release(true);
  }
}

/**
 * Opens a short-lived pool and migrates; see {@link migrate}.
 * @param connectionString a PostgreSQL URL whose role may create a schema.
 */
export async function migrateEventStore(connectionString: string): Promise<void> {
  const pool = openPool({ connectionString, poolSize: 1, applicationName: 'repons-events-migrate' });
  try {
    await migrate(pool);
  } finally {
    await pool.end();
  }
}

/** @throws StoreUnusable when the schema is not exactly the one this program was written for. */
export async function assertMigrated(pool: pg.Pool): Promise<void> {
  const newest = known().at(-1)?.number ?? 0;
  try {
    const applied = await appliedMigrations(pool);
    if (applied < newest)
      throw new StoreUnusable(
        'ES-NOT-MIGRATED',
        `the event store is at migration ${applied}, this program needs ${newest}`,
      );
  } catch (error) {
    if (sqlState(error) !== '42P01' && sqlState(error) !== '3F000') throw error;
    throw new StoreUnusable('ES-NOT-MIGRATED', 'the database holds no event store: migrate it first', { cause: error });
  }
}

async function appliedMigrations(on: pg.Pool | pg.PoolClient): Promise<number> {
  const newest = known().at(-1)?.number ?? 0;
  const { rows } = await on.query<{ number: number | null }>('SELECT max(number) AS number FROM es.migrations');
  const applied = rows[0]?.number ?? 0;
  if (applied > newest)
    throw new StoreUnusable(
      'ES-NEWER-SCHEMA',
      `the event store is at migration ${applied}, this program knows ${newest}`,
    );
  return applied;
}
