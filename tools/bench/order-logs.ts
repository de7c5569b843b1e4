import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { migrateEventStore, openEventStore, type Checkpoint, type EventStore } from '#events';

/** Follows a log. */
export interface LogReader {
  /** Whether it goes on past what commits late. */
  readonly losesEvents: boolean;
  /** Goes on behind what is there. */
  toTheEnd(): Promise<void>;
  /** The streams of the next events, one for each; none when there is nothing new. */
  next(): Promise<readonly string[]>;
}

const PAGE = 200;
const POOL_SIZE = 12;

/**
 * Runs `work` on two new logs of the same server, which it removes afterwards: the store as it is, and the same store, the same
 * statements, on tables without the index of the order, whose key is the position (`ordering=none` of event-store.md 8).
 */
export async function withOrderLogs<Result>(
  connectionString: string,
  work: (logs: { ordered: EventStore; unordered: EventStore }) => Promise<Result>,
): Promise<Result> {
  const suffix = randomBytes(4).toString('hex');
  const names = [`bench_ordered_${suffix}`, `bench_unordered_${suffix}`] as const;
  const server = new pg.Client({ connectionString });
  await server.connect();
  const stores: EventStore[] = [];
  try {
    const open = async (name: string): Promise<EventStore> => {
      await server.query(`CREATE DATABASE ${name}`);
      const url = new URL(connectionString);
      url.pathname = `/${name}`;
      await migrateEventStore(url.toString());
      const store = await openEventStore({ connectionString: url.toString(), poolSize: POOL_SIZE });
      stores.push(store);
      return store;
    };
    const [ordered, unordered] = [await open(names[0]), await open(names[1])];
    await unordered.pool.query(
      'ALTER TABLE es.events DROP CONSTRAINT events_pkey; ALTER TABLE es.events ADD PRIMARY KEY (position)',
    );
    return await work({ ordered, unordered });
  } finally {
    for (const store of stores) await store.close();
    for (const name of names) await server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await server.end();
  }
}

/** The reader of the store: in order, and never past what may yet commit. */
export class ReaderInOrder implements LogReader {
  readonly losesEvents = false;
  private place: Checkpoint | null = null;

  constructor(private readonly store: EventStore) {}

  async toTheEnd(): Promise<void> {
    this.place = await this.store.head();
  }

  async next(): Promise<readonly string[]> {
    const { events, checkpoint } = await this.store.readAll({ after: this.place, limit: PAGE });
    this.place = checkpoint;
    return events.map(({ stream }) => stream);
  }
}

/** A reader by position alone, as of a log that keeps no order. */
export class ReaderByPosition implements LogReader {
  readonly losesEvents = true;
  private place = '0';

  constructor(private readonly store: EventStore) {}

  async toTheEnd(): Promise<void> {
    const { rows } = await this.store.pool.query<{ last: string }>(
      'SELECT coalesce(max(position), 0) AS last FROM es.events',
    );
    this.place = rows[0]?.last ?? this.place;
  }

  async next(): Promise<readonly string[]> {
    const { rows } = await this.store.pool.query<{ position: string; stream: string }>({
      name: 'bench-by-position',
      text: `SELECT position, stream_id AS stream, version, event_id, type, schema_version, data, metadata, hash, occurred_at
               FROM es.events WHERE position > $1 ORDER BY position LIMIT ${PAGE}`,
      values: [this.place],
    });
    this.place = rows.at(-1)?.position ?? this.place;
    return rows.map(({ stream }) => stream);
  }
}
