import type { EventStore, StreamAppend } from '#events';
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { Projection } from '#persistence';

/** Puts events in the log, each of these appends being a command of its own. */
export async function record(store: EventStore, ...appends: readonly StreamAppend[]): Promise<void> {
  for (const append of appends)
    await store.appendMany([append], { commandId: randomUUID(), correlationId: 'test', actor: 'test' });
}

/** Runs projections until they have handled everything that is in the log now. Throws when one of them fails. */
export async function project(store: EventStore, projections: readonly Projection[], batchSize = 500): Promise<void> {
  for (const projection of projections) {
    let onError: (error: unknown) => void = () => undefined;
    const failed = new Promise<never>((_, reject) => (onError = reject));
    const subscription = store.subscribe({ ...projection, types: [...projection.types], batchSize, onError });
    subscription.start();
    const caughtUp = subscription.caughtUp();
    caughtUp.catch(() => undefined); // refused when it is stopped after a failure
    try {
      await Promise.race([caughtUp, failed]);
    } finally {
      await subscription.stop();
    }
  }
}

/** Empties projections, so that they start from the first event again. */
export async function forget(pool: Pool, projections: readonly Projection[]): Promise<void> {
  await pool.query(`TRUNCATE ${projections.flatMap(({ tables }) => tables).join(', ')}`);
  await pool.query('DELETE FROM es.subscriptions WHERE name = ANY($1)', [projections.map(({ name }) => name)]);
}

/** Every row of the tables as text, in an order that depends on nothing but the rows. */
export async function dump(pool: Pool, projections: readonly Projection[]): Promise<Record<string, string[]>> {
  const tables: Record<string, string[]> = {};
  for (const table of projections.flatMap(({ tables: owned }) => owned)) {
    const { rows } = await pool.query<{ row: string }>(
      `SELECT t::text AS row FROM ${table} t ORDER BY t::text COLLATE "C"`,
    );
    tables[table] = rows.map(({ row }) => row);
  }
  return tables;
}
