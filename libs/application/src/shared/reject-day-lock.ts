import {
  evolveRejectDays,
  noDayClosed,
  openDay,
  parisDay,
  REJECT_DAYS_STREAM,
  type ParisDay,
  type RejectDays,
  type RejectDaysEvent,
} from '#domain';
import type { EventStore } from '#events';
import type { PoolClient } from 'pg';

/** Key of the advisory lock between those who record rejects (shared) and the one who closes a day (exclusive). */
const LOCK = 7_305_002;

/**
 * The day that takes a reject recorded in this transaction. Holds off the closing of days until the transaction ends:
 * must be called before the transaction writes anything, so that its transaction id is older than the closing's and
 * every reject of a day comes before the day's closing in the log.
 */
export async function rejectDayOf(store: EventStore, tx: PoolClient, now: Date): Promise<ParisDay> {
  await tx.query('SELECT pg_advisory_xact_lock_shared($1)', [LOCK]);
  return openDay(await rejectDays(store, tx), parisDay(now));
}

/** Keeps everyone from recording a reject until the transaction ends. Call before writing, see `rejectDayOf`. */
export async function holdRejects(tx: PoolClient): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
}

/**
 * Which days are closed, as of now.
 *
 * @param tx the caller's transaction, when it is in one: asking the pool for a second connection there would let as many
 *   callers as the pool has connections wait for one another
 */
export async function rejectDays(store: EventStore, tx?: PoolClient): Promise<RejectDays> {
  const last = store.readStream(REJECT_DAYS_STREAM, { direction: 'backwards', limit: 1, ...(tx ? { tx } : {}) });
  for await (const { type, data } of last) return evolveRejectDays(noDayClosed, { type, data } as RejectDaysEvent);
  return noDayClosed;
}
