import type { EventStore, RecordedEvent } from '#events';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits until everything committed so far is below the horizon of the readers. Transaction ids belong to the whole server:
 * a transaction that is open in the database of another test holds the horizon back for a moment.
 */
async function settled(store: EventStore): Promise<void> {
  for (;;) {
    const { rows } = await store.pool.query<{ settled: boolean }>(
      `SELECT coalesce(max(e.xid) < pg_snapshot_xmin(pg_current_snapshot()), true) AS settled FROM es.events AS e`,
    );
    if (rows[0]?.settled) return;
    await pause(5);
  }
}

/** The whole log as of now, or its events of some types, in the order of the log. */
export async function* wholeLog(store: EventStore, types?: readonly string[]): AsyncGenerator<RecordedEvent> {
  await settled(store);
  for (let after: Awaited<ReturnType<EventStore['head']>> = null; ;) {
    const page: Awaited<ReturnType<EventStore['readAll']>> = await store.readAll({
      after,
      limit: 1_000,
      ...(types === undefined ? {} : { types }),
    });
    yield* page.events;
    if (page.events.length === 0) return;
    after = page.checkpoint;
  }
}

/** The events of some types, all of them in memory: for the small logs of tests. */
export async function eventsOf<D>(store: EventStore, ...types: readonly string[]): Promise<RecordedEvent<D>[]> {
  const events: RecordedEvent<D>[] = [];
  for await (const event of wholeLog(store, types)) events.push(event as RecordedEvent<D>);
  return events;
}
