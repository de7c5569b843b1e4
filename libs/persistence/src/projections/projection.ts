import type { RecordedEvent } from '#events';
import type { PoolClient } from 'pg';

/**
 * Keeps read-model tables true to the log. `handle` runs in the transaction that also moves the projection's
 * checkpoint, so each event counts exactly once; it must write through `tx` and nothing else.
 */
export interface Projection {
  readonly name: string;
  /** Event types it reads; the others are not fetched. */
  readonly types: readonly string[];
  /** Tables it owns: emptied when the projection is rebuilt. */
  readonly tables: readonly string[];
  readonly handle: (events: readonly RecordedEvent[], tx: PoolClient) => Promise<void>;
}
