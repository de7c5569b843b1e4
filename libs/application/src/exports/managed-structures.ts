import type { Pool } from 'pg';
import { AccessRefused } from '../access/access-refused.js';
import type { Caller } from '../access/caller.js';

/**
 * The structures that somebody may export (R15): those whose primary or secondary manager a person is, as the policy's
 * `structure.export` and `member.list` say, with those that they took the place of by changes of SIRET (R16).
 *
 * @returns null for an operator: all of them
 * @throws AccessRefused for a machine, which manages nothing
 */
export async function managedStructures(pool: Pool, caller: Caller): Promise<readonly string[] | null> {
  if (caller.kind === 'operator') return null;
  if (caller.kind === 'connection') throw new AccessRefused('forbidden');
  const { rows } = await pool.query<{ identifier: string }>(
    `SELECT structures.identifier
       FROM read.memberships
       JOIN read.structures AS living ON living.identifier = memberships.structure
       JOIN read.structures ON coalesce(structures.living_structure, structures.identifier) = memberships.structure
      WHERE memberships.account = $1 AND memberships.status = 'attached'
        AND (memberships.secondary_manager OR living.primary_manager = $1)`,
    [caller.account],
  );
  return rows.map(({ identifier }) => identifier);
}
