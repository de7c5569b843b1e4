import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConcurrencyConflict, migrateEventStore, openEventStore, type EventStore } from '#events';
import { startEmbeddedPostgres } from '../embedded/postgres.js';
import { measureBulkWithSealer, measureInlineProjection, measureProjection } from './append-readers.js';
import { benchContext, benchEvent, newStreams } from './append-workload.js';
import { against, inTurn, measure, table, typical, type Measurement } from './measure.js';
import { measureOrder } from './order-adversary.js';
import { PlainTable } from './plain-table.js';

/** What {@link benchAppend} is told. */
export interface AppendBenchOptions {
  /** Print the result as one JSON line, last. */
  json: boolean;
  /** Events of the bulk and of the reads. */
  events: number;
}

/** What {@link benchAppend} measured. */
export interface AppendBenchResult {
  /** Bulk append through the public API. */
  eventsPerSecond: number;
  /** Server-side COPY of the same rows into a plain table in the same run. */
  limitPerSecond: number;
  ratio: number;
  rssPeakMb: number;
  rows: Measurement[];
}

/** Rounds of what writes or reads many events, and of what writes one at a time. */
const BULK_ROUNDS = 5;
const SINGLE_ROUNDS = 11;
const SINGLE_EVENTS = 1_000;
const HOT_EVENTS = 400;

/**
 * Measures the event store against what PostgreSQL itself can do, in one run on one server: its own embedded one on a
 * temporary folder, or the one of DATABASE_URL (whose role must be allowed COPY to a file, and whose schema `es` must not
 * hold a log that matters). Prints a table, and with `json` one more line.
 */
export async function benchAppend(options: AppendBenchOptions): Promise<AppendBenchResult> {
  const folder = await mkdtemp(path.join(tmpdir(), 'repons-bench-'));
  const given = process.env.DATABASE_URL;
  const server = given
    ? undefined
    : await startEmbeddedPostgres({ dataFolder: path.join(folder, 'pg'), sharedBuffersMb: 256 });
  const connectionString = given ?? (await server?.createDatabase('bench')) ?? '';
  let store: EventStore | undefined;
  try {
    await migrateEventStore(connectionString);
    store = await openEventStore({ connectionString, poolSize: 12, applicationName: 'repons-bench' });
    const rows = await measureAll(store, connectionString, options.events);
    const [limit, bulk] = rows;
    if (!limit || !bulk) throw new Error('nothing was measured');
    const result: AppendBenchResult = {
      eventsPerSecond: bulk.eventsPerSecond,
      limitPerSecond: limit.eventsPerSecond,
      ratio: bulk.ratio ?? NaN,
      rssPeakMb: Math.max(...rows.map(({ rssPeakMb }) => rssPeakMb)),
      rows,
    };
    console.log(table(rows));
    if (options.json) console.log(JSON.stringify(result));
    return result;
  } finally {
    await store?.close();
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureAll(store: EventStore, connectionString: string, events: number): Promise<Measurement[]> {
  const plain = new PlainTable(store.pool);
  const many = await measureManyEvents(store, plain, events);
  await plain.fill();
  return [...many, ...(await measureOneByOne(store, plain)), ...(await measureOrder(connectionString))];
}

/** What writes or reads many events at once, each round beside the limit: server-side COPY of the store's rows into a plain table. */
async function measureManyEvents(store: EventStore, plain: PlainTable, events: number): Promise<Measurement[]> {
  const { rows } = await store.pool.query<{ folder: string }>("SELECT current_setting('data_directory') AS folder");
  const file = `${rows[0]?.folder}/repons-bench.copy`;
  // The first bulk makes the rows, and warms up.
  await measureBulk(store, events);
  await plain.unload(file, events);
  const [copy, bulk, sealed, many, replay, projection] = await inTurn(BULK_ROUNDS, [
    () => measureCopy(store, plain, file),
    () => measureBulk(store, events),
    () => measureBulkWithSealer(store, events),
    () => measureMany(store, Math.min(events, 20_000)),
    () => measureReplay(store, events),
    () => measureProjection(store, events),
  ]);
  const [verify, verifyPerCore] = await measureVerify(store);
  return [
    typical(copy),
    against(bulk, copy, '>= 0.40'),
    against(many, copy, '>= 0.17'),
    against(replay, copy, '>= 0.9'),
    verify,
    { ...verifyPerCore, demand: '>= 50,000 events/s' },
    against(projection, copy, '>= 0.5'),
    against(
      sealed.map((one) => one.bulk),
      bulk,
      '>= 0.9 of the bulk alone',
    ),
    { ...typical(sealed.map(({ lag }) => lag)), demand: 'p50 <= 2,000 ms' },
  ];
}

/** What writes one event at a time, each round beside a plain table that holds as much. */
async function measureOneByOne(store: EventStore, plain: PlainTable): Promise<Measurement[]> {
  const [plainOne, one, inline] = await inTurn(SINGLE_ROUNDS, [
    () => measurePlain(plain, 1),
    () => measureSingle(store, 1),
    () => measureInlineProjection(store, SINGLE_EVENTS),
  ]);
  const [plainEight, eight] = await inTurn(SINGLE_ROUNDS, [
    () => measurePlain(plain, 8),
    () => measureSingle(store, 8),
  ]);
  const [plainHot, hot] = await inTurn(SINGLE_ROUNDS, [() => measurePlainHot(plain), () => measureHot(store)]);
  return [
    typical(plainOne),
    against(one, plainOne, '>= 0.80, p99 <= 2 ms'),
    against(inline, plainOne, '>= 0.5'),
    typical(plainEight),
    against(eight, plainEight, '>= 0.75'),
    typical(plainHot),
    against(hot, plainHot, '>= 0.5, lost 0'),
  ];
}

async function measureCopy(store: EventStore, plain: PlainTable, file: string): Promise<Measurement> {
  await plain.create();
  await store.pool.query('CHECKPOINT');
  return measure('server-side COPY of the same rows', () => plain.load(file));
}

async function measureBulk(store: EventStore, events: number): Promise<Measurement> {
  const context = benchContext();
  const prefix = `bulk-${context.commandId}`;
  await store.pool.query('CHECKPOINT');
  return measure(`bulkAppend, ${events} new streams`, async () => {
    const { events: written } = await store.bulkAppend(newStreams(events, prefix), { key: prefix, context });
    return written;
  });
}

async function measureReplay(store: EventStore, events: number): Promise<Measurement> {
  return measure('replay, parsed', async () => {
    let read = 0;
    let checkpoint = null;
    while (read < events) {
      const page = await store.readAll({ after: checkpoint, limit: 1_000 });
      if (page.events.length === 0) break;
      read += page.events.length;
      checkpoint = page.checkpoint;
    }
    return read;
  });
}

/** By the clock, and by the processor time of this process, which reads and hashes while the server works beside it. */
async function measureVerify(store: EventStore): Promise<[Measurement, Measurement]> {
  await store.sealer().sealNow();
  const before = process.cpuUsage();
  const byClock = await measure('verify', async () => {
    const { ok, events } = await store.verify();
    if (!ok) throw new Error('the log of the bench does not verify');
    return events;
  });
  const { user, system } = process.cpuUsage(before);
  const perCore = Math.round(byClock.events / ((user + system) / 1e6));
  return [byClock, { ...byClock, what: 'verify, per second of processor time', eventsPerSecond: perCore }];
}

async function measureMany(store: EventStore, events: number): Promise<Measurement> {
  await store.pool.query('CHECKPOINT');
  return measure('appendMany, 500 new streams', async (step) => {
    for (let done = 0; done < events; done += 500) {
      const context = benchContext();
      const start = performance.now();
      await store.appendMany([...newStreams(500, `many-${context.commandId}`)], context);
      step(performance.now() - start);
    }
    return events;
  });
}

async function measureSingle(store: EventStore, connections: number): Promise<Measurement> {
  return measure(`append, ${connections} connection(s)`, (step) =>
    spread(connections, SINGLE_EVENTS * Math.min(connections, 3), async (rank) => {
      const context = benchContext();
      const start = performance.now();
      await store.append(`single-${context.commandId}`, 'none', [benchEvent(rank)], context);
      step(performance.now() - start);
    }),
  );
}

async function measurePlain(plain: PlainTable, connections: number): Promise<Measurement> {
  return measure(`plain table, ${connections} connection(s)`, (step) =>
    spread(connections, SINGLE_EVENTS * Math.min(connections, 3), async (rank) => {
      const start = performance.now();
      await plain.append(`single-${benchContext().commandId}`, 1, rank);
      step(performance.now() - start);
    }),
  );
}

async function measureHot(store: EventStore): Promise<Measurement> {
  const stream = `hot-${benchContext().commandId}`;
  const measurement = await measure('hot stream, 8 writers', () =>
    spread(8, HOT_EVENTS, async (rank) => {
      // A lost race says where the stream is, so the next try needs no reading.
      for (let version = (await store.streamVersions([stream])).get(stream) ?? 0; ;) {
        try {
          return void (await store.append(stream, version, [benchEvent(rank)], benchContext()));
        } catch (error) {
          if (!(error instanceof ConcurrencyConflict)) throw error;
          version = error.conflicts[0]?.actual ?? 0;
        }
      }
    }),
  );
  const version = (await store.streamVersions([stream])).get(stream);
  if (version !== HOT_EVENTS) throw new Error(`lost updates: ${HOT_EVENTS} accepted, the stream is at ${version}`);
  return measurement;
}

async function measurePlainHot(plain: PlainTable): Promise<Measurement> {
  const stream = `hot-${benchContext().commandId}`;
  return measure('plain table, hot stream, 8 writers', () =>
    spread(8, HOT_EVENTS, async (rank) => {
      while (!(await plain.append(stream, (await plain.version(stream)) + 1, rank)));
    }),
  );
}

/** Shares `count` pieces of work among so many loops that run side by side; gives `count`. */
async function spread(loops: number, count: number, work: (rank: number) => Promise<void>): Promise<number> {
  let next = 0;
  const loop = async (): Promise<void> => {
    for (let rank = next++; rank < count; rank = next++) await work(rank);
  };
  await Promise.all(Array.from({ length: loops }, loop));
  return count;
}
