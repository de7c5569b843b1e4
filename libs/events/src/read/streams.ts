import { query, rowsOf, type Queryable } from '../database/sql.js';
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
  const step = direction === 'forwards' ? 1 : -1;
  let next = from ?? (direction === 'forwards' ? 1 : BEYOND_ANY_VERSION);
  let left = limit;
  while (left > 0 && next > 0) {
    const size = Math.min(PAGE, left);
    const rows = await rowsOf(on, direction === 'forwards' ? forwards : backwards, [stream, next, size, exceptTypes]);
    for (const row of rows) {
      const event = storedEvent(row);
      next = event.version + step;
      yield event;
    }
    if (rows.length < size) return;
    left -= size;
  }
}
