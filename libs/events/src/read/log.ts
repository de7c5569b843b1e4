import { query, required, rowsOf, type Queryable } from '../database/sql.js';
import type { Checkpoint, RecordedEvent } from '../types.js';
import type { UpcasterChain } from '../upcasting.js';
import { recordedEvent, storedEvent, type StoredEvent } from './rows.js';

const everything = query('read-all');
const ofTypes = query('read-all-of-types');
const atPlaces = query('read-at');
const settledHead = query('head');
const visibleHead = query('last-visible');

/** Which part of the log to read. */
export interface ReadLogOptions {
  /** The place to go on behind; the beginning when absent or null. */
  after?: Checkpoint | null;
  /** At most so many events; 1,000 when absent. */
  limit?: number;
  /** Only events of these types. */
  types?: readonly string[];
}

/** Before the first event there is. */
export const BEGINNING: Checkpoint = { transaction: '0', position: 0 };

/** A transaction id that no transaction reaches. */
const BEYOND = '18446744073709551615';

/** A piece of the log as stored, and how far it goes. */
export interface StoredPage {
  events: StoredEvent[];
  /** Where to go on: the last event seen, wanted or not. */
  checkpoint: Checkpoint;
}

/**
 * The settled events behind a checkpoint in (transaction, position) order. Settled: no transaction that is still open
 * could commit anything before them. Gives no event only when nothing more is settled.
 * @param options.horizon with types only: the transaction id before which to read instead, settled or not.
 */
export async function readStoredPage(
  on: Queryable,
  options: ReadLogOptions & { horizon?: string },
): Promise<StoredPage> {
  const { after, limit = 1_000, types, horizon = null } = options;
  let checkpoint = after ?? BEGINNING;
  if (!types) {
    const rows = await rowsOf(on, everything, [checkpoint.transaction, checkpoint.position, limit]);
    const events = rows.map(storedEvent);
    const last = events.at(-1);
    return { events, checkpoint: last ? checkpointOf(last) : checkpoint };
  }
  for (;;) {
    const rows = await rowsOf(on, ofTypes, [checkpoint.transaction, checkpoint.position, limit, types, horizon]);
    const [first] = rows;
    if (!first) return { events: [], checkpoint };
    checkpoint = { transaction: required(first[12]), position: Number(required(first[13])) };
    if (first[0] !== null) return { events: rows.map(storedEvent), checkpoint };
  }
}

/** The same, parsed and lifted. @throws UnknownEventVersion at the first event that this program cannot read. */
export async function readLogPage(
  on: Queryable,
  upcasters: UpcasterChain,
  options: ReadLogOptions,
): Promise<{ events: RecordedEvent[]; checkpoint: Checkpoint }> {
  const { events, checkpoint } = await readStoredPage(on, options);
  return { events: events.map((stored) => recordedEvent(stored, upcasters)), checkpoint };
}

/**
 * Every event of some types behind a checkpoint that is committed when its page is read, settled or not.
 * @throws UnknownEventVersion at the first event that this program cannot read.
 */
export async function* readCommitted(
  on: Queryable,
  upcasters: UpcasterChain,
  { after = null, types }: { after?: Checkpoint | null; types: readonly string[] },
): AsyncGenerator<RecordedEvent> {
  for (let place = after; ;) {
    const { events, checkpoint } = await readStoredPage(on, { after: place, types, horizon: BEYOND });
    if (events.length === 0) return;
    for (const stored of events) yield recordedEvent(stored, upcasters);
    place = checkpoint;
  }
}

/**
 * The events at given places, in the order of the log; a place where there is none gives nothing.
 * @throws UnknownEventVersion at the first event that this program cannot read.
 */
export async function readAt(
  on: Queryable,
  upcasters: UpcasterChain,
  places: readonly Checkpoint[],
): Promise<RecordedEvent[]> {
  const rows = await rowsOf(on, atPlaces, [
    places.map(({ transaction }) => transaction),
    places.map(({ position }) => position),
  ]);
  return rows.map((row) => recordedEvent(storedEvent(row), upcasters));
}

/** The last settled event's place, or null when there is none. */
export async function settledCheckpoint(on: Queryable): Promise<Checkpoint | null> {
  return onlyCheckpoint(await rowsOf(on, settledHead));
}

/** The place of the last committed event, settled or not, or null when there is none. */
export async function visibleCheckpoint(on: Queryable): Promise<Checkpoint | null> {
  return onlyCheckpoint(await rowsOf(on, visibleHead));
}

/** The place alone of anything that has one. */
export function checkpointOf({ transaction, position }: Checkpoint): Checkpoint {
  return { transaction, position };
}

function onlyCheckpoint([row]: (string | null)[][]): Checkpoint | null {
  return row ? { transaction: required(row[0]), position: Number(required(row[1])) } : null;
}
