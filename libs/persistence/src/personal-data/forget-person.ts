import type { Pool, PoolClient } from 'pg';

/**
 * Destroys a person's key. There is no way back; to do it again changes nothing.
 *
 * @param on where to run it: a transaction of the caller's, or the database
 */
export async function destroyKey(person: string, on: Pool | PoolClient): Promise<void> {
  await on.query(
    `INSERT INTO vault.person_keys (person, wrapped_key, destroyed_at) VALUES ($1, NULL, now())
     ON CONFLICT (person) DO UPDATE SET wrapped_key = NULL, destroyed_at = coalesce(person_keys.destroyed_at, now())`,
    [person],
  );
}

/**
 * Carries out an erasure that the log says was decided: destroys the person's key, and removes what is in no event, password,
 * sessions and links. What read models hold goes with their own projections. To do it again changes nothing.
 *
 * @param on where to run it: a transaction of the caller's, or the database
 */
export async function forgetPerson(account: string, on: Pool | PoolClient): Promise<void> {
  await destroyKey(account, on);
  await on.query('DELETE FROM identity.links WHERE account = $1', [account]);
  await on.query('DELETE FROM identity.credentials WHERE account = $1', [account]);
}
