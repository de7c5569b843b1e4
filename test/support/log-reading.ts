import type { EventStore, RecordedEvent } from '#events';

/** The whole settled log, or its events of some types, in the order of the log. */
export async function* wholeLog(store: EventStore, types?: readonly string[]): AsyncGenerator<RecordedEvent> {
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
