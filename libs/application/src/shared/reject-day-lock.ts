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
import type { EventStore, RecordedEvent } from '#events';
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
  return openDay(await rejectDays(store), parisDay(now));
}

/** Keeps everyone from recording a reject until the transaction ends. Call before writing, see `rejectDayOf`. */
export async function holdRejects(tx: PoolClient): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
}

/** Which days are closed, as of now. */
export async function rejectDays(store: EventStore): Promise<RejectDays> {
  const last: RecordedEvent | null = await store.readLast(REJECT_DAYS_STREAM);
  if (last === null) return noDayClosed;
  return evolveRejectDays(noDayClosed, { type: last.type, data: last.data } as RejectDaysEvent);
}
