import { openEventStore, type EventStore } from '#events';
import { projections } from '#persistence';
import { pino, type Logger } from 'pino';
import { Writable } from 'node:stream';
import { migrate, type Clock } from '#application';

/** The event store of an empty database, migrated with its read models. The caller closes it. */
export async function openTestStore(connectionString: string): Promise<EventStore> {
  await migrate(connectionString);
  return openEventStore({ connectionString, poolSize: 8 });
}

/** Brings the read models up to everything that is in the log now. */
export async function project(store: EventStore): Promise<void> {
  const subscriptions = projections.map((projection) =>
    store.subscribe({ ...projection, types: [...projection.types] }),
  );
  for (const subscription of subscriptions) subscription.start();
  await Promise.all(subscriptions.map((subscription) => subscription.caughtUp()));
  await Promise.all(subscriptions.map((subscription) => subscription.stop()));
}

/** A clock that a test sets. */
export class TestClock implements Clock {
  /** @param instant ISO 8601 */
  constructor(public instant: string) {}

  now(): Date {
    return new Date(this.instant);
  }
}

/** A logger whose lines a test reads. */
export function listeningLogger(): { logger: Logger; lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = [];
  const target = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
      done();
    },
  });
  return { logger: pino({ level: 'trace' }, target), lines };
}

/** Everything that an asynchronous sequence gives. */
export async function collected<T>(sequence: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of sequence) all.push(one);
  return all;
}
