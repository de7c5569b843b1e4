import { openEventStore, type EventStore } from '#events';
import { projections } from '#persistence';
import { pino, type Logger } from 'pino';
import { Writable } from 'node:stream';
import type { Clock } from '#application';
import { createTestDatabase } from './database.js';

/** A log and its read models on a database of a test's own. */
export interface OwnStore {
  readonly store: EventStore;
  /** Superuser's connection string to the database. */
  readonly connectionString: string;
  /** Closes the store, and the database goes. */
  close(): Promise<void>;
}

/** Opens an empty log, with all migrations. */
export async function openOwnStore(): Promise<OwnStore> {
  const database = await createTestDatabase({ migrated: true });
  const { connectionString } = database;
  const store = await openEventStore({ connectionString, poolSize: 8 });
  const close = async (): Promise<void> => {
    await store.close();
    await database.drop();
  };
  return { store, connectionString, close };
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
