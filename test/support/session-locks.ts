import type { Pool } from 'pg';

/**
 * Sessions of this database that hold an advisory lock of a class. `pg_locks` shows those of the whole server, where other
 * tests have workers of their own that take the same locks.
 */
const HOLDERS = `
  FROM pg_locks
 WHERE locktype = 'advisory' AND granted AND classid = $1
   AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

/** How many sessions of this database hold a lock of the class. */
export async function holdersOf(pool: Pool, lockClass: number): Promise<number> {
  return (await pool.query(`SELECT pid ${HOLDERS}`, [lockClass])).rowCount ?? 0;
}

/** Ends the sessions of this database that hold a lock of the class, as the death of their process would; gives how many. */
export async function endHoldersOf(pool: Pool, lockClass: number): Promise<number> {
  return (await pool.query(`SELECT pg_terminate_backend(pid) ${HOLDERS}`, [lockClass])).rowCount ?? 0;
}
