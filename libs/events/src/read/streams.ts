import { query, required, rowsOf, type Queryable } from '../database/sql.js';
import type { RecordedEvent } from '../types.js';
import type { UpcasterChain } from '../upcasting.js';
import { recordedEvent, storedEvent, type StoredEvent } from './rows.js';

const forwards = query('read-stream-forwards');
const backwards = query('read-stream-backwards');

/** Which part of a stream to read. */
export interface ReadStreamOptions {
  /** The first version to give: 1 forwards, the newest backwards, when absent. */
  from?: number;
  direction?: 'forwards' | 'backwards';
  /** At most so many events; all when absent. */
  limit?: number;
  /** Events of these types are left out; they still count in the versions of the others. */
  exceptTypes?: readonly string[];
}

const PAGE = 500;
const BEYOND_ANY_VERSION = 2_147_483_647;

/**
 * The events of one stream, page by page, so that a long stream is never held in memory. A stream that does not exist
 * gives nothing.
 * @throws UnknownEventVersion at the first event that this program cannot read.
 */
export async function* readStream(
  on: Queryable,
  upcasters: UpcasterChain,
  stream: string,
  options: ReadStreamOptions = {},
): AsyncGenerator<RecordedEvent, void, undefined> {
  for await (const stored of readStoredStream(on, stream, options)) yield recordedEvent(stored, upcasters);
}

/** The same, exactly as stored. */
export async function* readStoredStream(
  on: Queryable,
  stream: string,
  { from, direction = 'forwards', limit = Infinity, exceptTypes = [] }: ReadStreamOptions = {},
): AsyncGenerator<StoredEvent, void, undefined> {
  const isForwards = direction === 'forwards';
  let next = from ?? (isForwards ? 1 : BEYOND_ANY_VERSION);
  let left = limit;
  while (left > 0 && next > 0) {
    // A window of versions may hold fewer events than are wanted when some types are left out.
    const size = exceptTypes.length > 0 ? PAGE : Math.min(PAGE, left);
    const rows = await rowsOf(on, isForwards ? forwards : backwards, [stream, next, size, exceptTypes]);
    const [first] = rows;
    if (!first) return;
    const newest = Number(required(first[12]));
    const found = first[0] === null ? [] : rows.slice(0, left);
    for (const row of found) yield storedEvent(row);
    left -= found.length;
    next = isForwards ? next + size : Math.min(next, newest) - size;
    if (next > newest) return;
  }
}
