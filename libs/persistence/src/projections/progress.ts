import { compareCheckpoints, type Checkpoint } from '#events';
import type { Pool, PoolClient } from 'pg';
import type { Projection } from './projection.js';

/**
 * How far all of some readers of the log have come. They follow it each at its own pace: what lies behind the slowest one may
 * be in one read model and not yet in another.
 *
 * @returns null when one of them has not begun
 */
export async function progressOf(
  projections: readonly Pick<Projection, 'name'>[],
  on: Pool | PoolClient,
): Promise<Checkpoint | null> {
  const { rows } = await on.query<{ transaction: string; position: string }>(
    'SELECT xid::text AS transaction, position FROM es.subscriptions WHERE name = ANY ($1)',
    [projections.map(({ name }) => name)],
  );
  const [slowest] = rows
    .map(({ transaction, position }) => ({ transaction, position: Number(position) }))
    .sort(compareCheckpoints);
  return rows.length === projections.length && slowest !== undefined ? slowest : null;
}
