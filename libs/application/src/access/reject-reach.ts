import type { Pool } from 'pg';
import { managedStructures } from '../exports/managed-structures.js';
import type { Caller } from './caller.js';

/**
 * Whose rejects a caller may count, as `reject-file.read` says (R44): operators everybody's, a connection its structure's, a
 * person those of the structures that they manage.
 *
 * @returns null for everybody's
 */
export async function rejectReachOf(pool: Pool, caller: Caller): Promise<readonly string[] | null> {
  return caller.kind === 'connection' ? [caller.connection.structure] : managedStructures(pool, caller);
}
