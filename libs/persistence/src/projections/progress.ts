import { compareCheckpoints, type Checkpoint } from '#events';
import { setTimeout as pause } from 'node:timers/promises';
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

const LOOK_AGAIN_MS = 20;
/** A reader that is that far behind has stopped, or has very much to do. */
const PATIENCE_MS = 2_000;

/**
 * Waits until a read model holds all that is recorded now: who has seen an event in one read model, or in a file of theirs, looks
 * for it in the next one. Does not wait longer than two seconds, nor for a reader that has never begun.
 */
export async function untilInStep({ name, types }: Pick<Projection, 'name' | 'types'>, on: Pool): Promise<void> {
  const begun = await progressOf([{ name }], on);
  if (begun === null) return;
  const { rows } = await on.query<{ transaction: string; position: string }>(LAST_MISSING, [
    begun.transaction,
    begun.position,
    types,
  ]);
  const [row] = rows;
  if (row === undefined) return;
  const missing = { transaction: row.transaction, position: Number(row.position) };
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(LOOK_AGAIN_MS)) {
    const reached = await progressOf([{ name }], on);
    if (reached !== null && compareCheckpoints(reached, missing) >= 0) return;
  }
}

/** The last event behind a place ($1, $2) that is of the types $3; asked with the place itself, so that no more is looked through. */
const LAST_MISSING = `
  SELECT xid::text AS transaction, position FROM es.events
   WHERE (xid, position) > ($1::xid8, $2::bigint) AND type = ANY ($3)
   ORDER BY xid DESC, position DESC LIMIT 1`;
