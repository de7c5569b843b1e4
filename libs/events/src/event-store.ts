import type { Writable } from 'node:stream';
import type { Pool, PoolClient } from 'pg';
import { AppendTurns } from './append/append-turns.js';
import { bulkAppend, type BulkOptions, type BulkResult } from './append/bulk.js';
import { appendMany } from './append/many.js';
import { Preparation, type PreparedAppend } from './append/preparation.js';
import { appendOne } from './append/single.js';
import { assertMigrated } from './database/migrate.js';
import { openPool, type ConnectionOptions } from './database/pool.js';
import { query, rowsOf } from './database/sql.js';
import { inTransaction, retrying, type TransactionOptions } from './database/transaction.js';
import { StoreUnusable } from './errors.js';
import { typedFailure } from './failures.js';
import { BEGINNING, readAt, readCommitted, readLogPage, settledCheckpoint, type ReadLogOptions } from './read/log.js';
import { readStream, type ReadStreamOptions } from './read/streams.js';
import { streamVersions } from './read/versions.js';
import { exportLog, type ExportOptions, type ExportResult } from './seals/export.js';
import { Sealer, type SealerOptions } from './seals/sealer.js';
import { Verification, type VerifyOptions, type VerifyReport } from './seals/verification.js';
import { Subscription, type SubscriptionOptions } from './subscriptions/subscription.js';
import { WakeUp } from './subscriptions/wake-up.js';
import {
  compareCheckpoints,
  type AppendContext,
  type AppendResult,
  type Checkpoint,
  type ExpectedVersion,
  type NewEvent,
  type RecordedEvent,
  type StreamAppend,
  type UnchangedStream,
} from './types.js';
import { UpcasterChain, type Upcaster } from './upcasting.js';

/** What a store needs to open. */
export interface EventStoreOptions extends ConnectionOptions {
  /** How old events are lifted when read; their chain is checked at once. */
  upcasters?: readonly Upcaster[];
  /** Where `occurredAt` comes from when an event names none; the system's clock when absent. */
  clock?: () => Date;
}

/** An append made inside a transaction of the caller, through their connection, is committed or lost with it. */
export interface WithinTransaction {
  tx?: PoolClient;
}

/** What an append of several streams may also be given. */
export interface AppendManyOptions extends WithinTransaction {
  /**
   * Streams that the decision rests on and that the append does not write: it is refused unless each still stands at the
   * version at which it was read, and none of them moves before the append is committed. Appends that rest on the same
   * stream do not wait for one another, unless it does not exist (version 0). Without events to append, nothing is looked at.
   */
  unchanged?: readonly UnchangedStream[];
}

const restoredElsewhere = query('restored-elsewhere');
const ensurePartitions = query('ensure-partitions');

// A lost race for a lock passes; each try is a new transaction with the same ids.
const APPEND_RETRIES = 5;

/** The log of everything that happened; see docs/decisions/0001. Open it with {@link openEventStore}. */
export class EventStore {
  /** The store's connections, for reads of the caller's own. */
  readonly pool: Pool;
  private readonly upcasters: UpcasterChain;
  private readonly clock: () => Date;
  private readonly wakeUp: WakeUp;
  private readonly turns = new AppendTurns();
  private readonly subscriptions = new Set<Subscription>();
  private readonly sealers = new Set<Sealer>();

  /** @internal Use {@link openEventStore}, which also checks the database. */
  constructor(options: EventStoreOptions) {
    this.upcasters = new UpcasterChain(options.upcasters);
    this.clock = options.clock ?? ((): Date => new Date());
    this.pool = openPool(options);
    this.wakeUp = new WakeUp(this.pool);
  }

  /**
   * Puts events behind one stream. One event at a known version is one plain statement.
   * Trying again with the same command id answers what was recorded (`alreadyRecorded`).
   * @throws ConcurrencyConflict; CommitOutcomeUnknown (try again with the same context); TransientFailure; InvalidRequest.
   */
  async append(
    stream: string,
    expected: ExpectedVersion,
    events: readonly NewEvent[],
    context: AppendContext,
    options: WithinTransaction = {},
  ): Promise<AppendResult> {
    const append = this.preparation(context).prepare({ stream, expected, events });
    const [only] = append.events;
    const version = append.expected;
    if (append.events.length === 1 && only && typeof version === 'number') {
      if (options.tx) return appendOne(options.tx, append, version, only);
      const write = (): Promise<AppendResult> =>
        retrying(APPEND_RETRIES, () => this.alone(() => appendOne(this.pool, append, version, only)));
      const result = version === 0 ? await write() : await this.turns.inTurn(stream, version, only.id, write);
      this.wakeUp.nudge();
      return result;
    }
    const [result] = await this.appendPrepared([append], context, options);
    if (!result) throw new TypeError('an append of one stream gives one result');
    return result;
  }

  /**
   * Puts events behind one or several streams, new and existing ones mixed, all or none; 5,000 events at most. Streams that
   * were read but are not written can be asserted to be {@link AppendManyOptions.unchanged}.
   * Inside a transaction of the caller, a failure leaves part of the work in it: roll it back.
   * Trying again with the same command id answers what was recorded, wherever the unchanged streams stand by then.
   * @throws ConcurrencyConflict with every stream that was not as expected, written or unchanged; InvalidRequest when a
   * stream is named twice; otherwise as {@link append}.
   */
  async appendMany(
    appends: StreamAppend | readonly StreamAppend[],
    context: AppendContext,
    options: AppendManyOptions = {},
  ): Promise<AppendResult[]> {
    const all = 'stream' in appends ? [appends] : appends;
    if (all.length === 0) return [];
    const preparation = this.preparation(context);
    return this.appendPrepared(
      all.map((append) => preparation.prepare(append)),
      context,
      options,
    );
  }

  /**
   * Writes a great many events by COPY, in chunks of one transaction each, resumable under its key; see {@link BulkOptions}.
   * @throws ConcurrencyConflict; CommandReused when a chunk comes back with other content; what the source threw.
   */
  async bulkAppend(
    source: Iterable<StreamAppend> | AsyncIterable<StreamAppend>,
    options: BulkOptions,
  ): Promise<BulkResult> {
    return bulkAppend(this.pool, source, this.preparation(options.context), options, () => this.wakeUp.nudge());
  }

  /** The versions of those of the named streams that exist. */
  async streamVersions(streams: readonly string[], { tx }: WithinTransaction = {}): Promise<Map<string, number>> {
    return streamVersions(tx ?? this.pool, streams);
  }

  /** The events of one stream, read page by page as they are asked for. @throws UnknownEventVersion. */
  readStream(
    stream: string,
    { tx, ...options }: ReadStreamOptions & WithinTransaction = {},
  ): AsyncIterable<RecordedEvent> {
    return readStream(tx ?? this.pool, this.upcasters, stream, options);
  }

  /** The newest event of a stream, or null when the stream does not exist. @throws UnknownEventVersion. */
  async readLast(stream: string): Promise<RecordedEvent | null> {
    for await (const event of this.readStream(stream, { direction: 'backwards', limit: 1 })) return event;
    return null;
  }

  /**
   * A piece of the log in (transaction, position) order below the horizon: whatever commits later sorts behind it.
   * `events` is empty only when nothing more is settled; go on with `checkpoint`, which is null before the first event.
   * @throws UnknownEventVersion at the first event that this program cannot read.
   */
  async readAll({ tx, ...options }: ReadLogOptions & WithinTransaction = {}): Promise<{
    events: RecordedEvent[];
    checkpoint: Checkpoint | null;
  }> {
    const { events, checkpoint } = await readLogPage(tx ?? this.pool, this.upcasters, options);
    return { events, checkpoint: compareCheckpoints(checkpoint, BEGINNING) === 0 ? null : checkpoint };
  }

  /**
   * Every committed event of some types behind a checkpoint, also one that an open transaction may yet be sorted before: to
   * ask whether something has happened. It gives no place to go on from, since more may still come before its last event.
   * @throws UnknownEventVersion at the first event that this program cannot read.
   */
  readCommitted({
    tx,
    ...options
  }: Pick<ReadLogOptions, 'after'> & WithinTransaction & { types: readonly string[] }): AsyncIterable<RecordedEvent> {
    return readCommitted(tx ?? this.pool, this.upcasters, options);
  }

  /** The events at given places, in the order of the log, for whoever keeps places alone. @throws UnknownEventVersion. */
  async readAt(places: readonly Checkpoint[], { tx }: WithinTransaction = {}): Promise<RecordedEvent[]> {
    return readAt(tx ?? this.pool, this.upcasters, places);
  }

  /** The place of the last settled event, or null when there is none. */
  async head(): Promise<Checkpoint | null> {
    return settledCheckpoint(this.pool);
  }

  /**
   * Runs `work` in one transaction, then wakes the subscriptions.
   * @throws TransientFailure, CommitOutcomeUnknown, or what `work` threw.
   */
  async transaction<T>(work: (tx: PoolClient) => Promise<T>, options?: TransactionOptions): Promise<T> {
    const result = await inTransaction(this.pool, work, options);
    this.wakeUp.nudge();
    return result;
  }

  /** Wakes the subscriptions: for appends committed in a transaction that this store did not run. */
  nudge(): void {
    this.wakeUp.nudge();
  }

  /** Describes a reader of the log; `start()` it. The store stops it when it closes. */
  subscribe(options: SubscriptionOptions): Subscription {
    const subscription = new Subscription(this.pool, this.upcasters, this.wakeUp, options);
    this.subscriptions.add(subscription);
    return subscription;
  }

  /** Describes a sealer of this log; `start()` it, or seal now. The store stops it when it closes. */
  sealer(options: SealerOptions = {}): Sealer {
    const sealer = new Sealer(this.pool, { clock: this.clock, ...options });
    this.sealers.add(sealer);
    return sealer;
  }

  /** Recomputes every event hash, leaf, root, seal and stream of the settled log, in one pass. */
  async verify(options: VerifyOptions = {}): Promise<VerifyReport> {
    return new Verification(this.pool, options).run();
  }

  /** Writes the log, or a part of it, as JSON Lines that can be verified without this library; see `seals/export.ts`. */
  async exportLog(target: Writable, options: ExportOptions = {}): Promise<ExportResult> {
    return exportLog(this.pool, target, options);
  }

  /** Stops the subscriptions and sealers and gives every connection back. */
  async close(): Promise<void> {
    await Promise.all([...this.subscriptions].map((subscription) => subscription.stop()));
    await Promise.all([...this.sealers].map((sealer) => sealer.stop()));
    await this.wakeUp.close();
    await this.pool.end();
  }

  private preparation(context: AppendContext): Preparation {
    return new Preparation(context, { upcasters: this.upcasters, clock: this.clock });
  }

  private async appendPrepared(
    appends: PreparedAppend[],
    { commandId }: AppendContext,
    { tx, unchanged }: AppendManyOptions,
  ): Promise<AppendResult[]> {
    if (tx) return appendMany(tx, commandId, appends, unchanged);
    const results = await inTransaction(this.pool, (own) => appendMany(own, commandId, appends, unchanged), {
      retries: APPEND_RETRIES,
    });
    this.wakeUp.nudge();
    return results;
  }

  /** A statement that is its own transaction: when its connection breaks, its commit may have happened. */
  private async alone<T>(statement: () => Promise<T>): Promise<T> {
    try {
      return await statement();
    } catch (error) {
      throw typedFailure(error, true);
    }
  }
}

/**
 * Opens the event store of a database that {@link migrateEventStore} has prepared, and makes the next partitions.
 * @throws StoreUnusable when it was not migrated, is newer than this program, or was restored into another cluster, where
 * transaction ids start again and new events would be sorted before old ones; InvalidRequest when the upcasters have a gap.
 */
export async function openEventStore(options: EventStoreOptions): Promise<EventStore> {
  const store = new EventStore(options);
  try {
    await assertMigrated(store.pool);
    const [row] = await rowsOf(store.pool, restoredElsewhere);
    if (row?.[0] === 't')
      throw new StoreUnusable(
        'ES-RESTORED',
        'the log names transactions that this server has not reached: it was restored from a dump into another cluster. ' +
          'New events would be sorted before old ones, so nothing is written. Restore a physical backup instead.',
      );
    await rowsOf(store.pool, ensurePartitions);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}
