import { query, rowsOf, type Queryable } from '../database/sql.js';
import type { RecordedEvent } from '../types.js';
import type { UpcasterChain } from '../upcasting.js';
import { recordedEvent, storedEvent } from './rows.js';

const forwards = query('read-stream-forwards');
const backwards = query('read-stream-backwards');

/** Which part of a stream to read. */
export interface ReadStreamOptions {
  /** The first version to give: 1 forwards, the newest backwards, when absent. */
  from?: number;
  direction?: 'forwards' | 'backwards';
  /** At most so many events; all when absent. */
  limit?: number;
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
  { from, direction = 'forwards', limit = Infinity }: ReadStreamOptions = {},
): AsyncGenerator<RecordedEvent, void, undefined> {
  const step = direction === 'forwards' ? 1 : -1;
  let next = from ?? (direction === 'forwards' ? 1 : BEYOND_ANY_VERSION);
  let left = limit;
  while (left > 0 && next > 0) {
    const size = Math.min(PAGE, left);
    const rows = await rowsOf(on, direction === 'forwards' ? forwards : backwards, [stream, next, size]);
    for (const row of rows) {
      const event = recordedEvent(storedEvent(row), upcasters);
      next = event.version + step;
      yield event;
    }
    if (rows.length < size) return;
    left -= size;
  }
}
