import {
  Directory,
  FEED_BEGINNING,
  invoiceReachOf,
  LOGGER,
  Sessions,
  StatusFeed,
  type Caller,
  type InvoiceReach,
  type Logger,
} from '#application';
import { EventStore, type Checkpoint } from '#events';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Response } from 'express';
import { FeedReader } from './feed-reader.js';
import { Problem } from '../platform/problem.js';

/** Injection token of {@link FeedTimes}. */
export const FEED_TIMES = Symbol('feed times');

/** The rhythm of the streams, in milliseconds. */
export interface FeedTimes {
  /** How often the process looks whether the feed has grown, for all its readers at once. */
  readonly lookMs: number;
  /** How often a reader to whom nothing is sent is shown that the connection lives. */
  readonly heartbeatMs: number;
  /** How often a reader for whom nothing comes is asked whether they may still listen. */
  readonly recheckMs: number;
  /** How long a reader may take none of what is sent before the connection is given up. */
  readonly stalledMs: number;
}

/** The rhythm in service. */
export const USUAL_TIMES: FeedTimes = { lookMs: 250, heartbeatMs: 15_000, recheckMs: 60_000, stalledMs: 120_000 };

/** Events read at once for one reader: what a slow one holds of the process's memory. */
const PAGE_SIZE = 50;

/** Streams that one process serves; beyond, readers are told to come back. */
const MOST_STREAMS = 2_000;

/** After a cut, clients come back after so long (`retry:`). */
const RETRY_MS = 2_000;

/**
 * The feed as server-sent events (R48). Each reader goes through the same pages as who polls, one at a time and no faster than
 * they take them, and waits at the end; one look per process tells whom something came for, so that readers who wait cost
 * no query. Rights are asked for anew at each page, and regularly: who has none left is cut off.
 */
@Injectable()
export class FeedStreams implements OnModuleDestroy {
  private readonly readers = new Set<FeedReader>();
  private readonly serving = new Set<Promise<void>>();
  private seen: Checkpoint = FEED_BEGINNING;
  private looking: Promise<void> | null = null;
  private stopped = false;

  constructor(
    private readonly store: EventStore,
    private readonly feed: StatusFeed,
    private readonly sessions: Sessions,
    private readonly directory: Directory,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(FEED_TIMES) private readonly times: FeedTimes,
  ) {}

  /** How many listen now. */
  get count(): number {
    return this.readers.size;
  }

  /**
   * Serves a reader until they go, lose their rights, or the process ends.
   *
   * @param token by which the caller was recognised; asked again while they listen
   * @param after place behind which to begin
   * @throws Problem before anything is answered: `EVT-003` nothing to listen to, `EVT-503` too many listen
   */
  async serve(caller: Caller, token: string, after: Checkpoint, response: Response): Promise<void> {
    if (this.stopped || this.readers.size >= MOST_STREAMS) {
      response.setHeader('Retry-After', '10');
      throw new Problem(503, 'EVT-503', 'Trop de lecteurs sont connectés. Réessayez dans quelques secondes.');
    }
    const reader = new FeedReader(caller, token, response, after);
    this.readers.add(reader); // before the first page is read, or what comes meanwhile wakes nobody
    try {
      const reach = await this.reachOf(reader);
      if (reach === null)
        throw new Problem(
          403,
          'EVT-003',
          'Aucune facture ne vous est ouverte : demandez vos droits à un gestionnaire.',
        );
      // A cursor that cannot be gone on with is told now: later there is no status left to say so.
      await this.feed.page(reach, after, 1);
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-cache, no-transform',
        'x-accel-buffering': 'no',
      });
      response.write(`retry: ${RETRY_MS}\n\n`);
    } catch (error) {
      this.readers.delete(reader);
      throw error;
    }
    this.looking ??= this.look();
    const served = this.feedUntilOver(reader);
    this.serving.add(served);
    await served.finally(() => this.serving.delete(served));
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    for (const reader of this.readers) reader.dismiss();
    await Promise.all([this.looking, ...this.serving]);
  }

  /** Never rejects: what fails cuts the connection, and the client comes back with its cursor. */
  private async feedUntilOver(reader: FeedReader): Promise<void> {
    const { response } = reader;
    const heartbeat = setInterval(() => reader.beat(), this.times.heartbeatMs);
    response.once('close', () => reader.wake());
    try {
      await this.feedReader(reader);
      response.end();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (!response.closed) this.logger.error({ error: message }, 'feed stream failed');
      response.destroy();
    } finally {
      clearInterval(heartbeat);
      this.readers.delete(reader);
    }
  }

  /** Resolves when the reader is gone, may listen no more, or the process ends. */
  private async feedReader(reader: FeedReader): Promise<void> {
    while (!this.isOver(reader)) {
      reader.beginPage();
      const reach = await this.reachOf(reader);
      if (reach === null) return;
      const page = await this.feed.page(reach, reader.after, PAGE_SIZE);
      for (const event of page.items) {
        if (this.isOver(reader)) return;
        await reader.send(event, this.times.stalledMs);
      }
      reader.moveTo(page.next);
      if (page.atEnd && !this.isOver(reader)) await reader.pause(this.times.recheckMs);
    }
  }

  private isOver({ response }: FeedReader): boolean {
    return this.stopped || response.closed || response.destroyed;
  }

  /** What the reader may see now, or null: nothing, or they are not who they were. */
  private async reachOf(reader: FeedReader): Promise<InvoiceReach | null> {
    if (!(await this.isStillKnown(reader))) return null;
    const reach = await invoiceReachOf(this.store.pool, reader.caller);
    reader.listensTo(reach.everything ? null : reach.places.map(({ party }) => party));
    return reach.everything || reach.places.length > 0 ? reach : null;
  }

  private async isStillKnown({ caller, token }: FeedReader): Promise<boolean> {
    switch (caller.kind) {
      case 'operator':
        return true; // the key stands in the settings, which do not change while the process runs
      case 'person':
        return (await this.sessions.accountOf(token)) === caller.account;
      case 'connection': {
        const known = await this.directory.connectionOfKey(token);
        return known?.applicationCode === caller.connection.applicationCode;
      }
    }
  }

  /** Looks for all readers, while there are any. */
  private async look(): Promise<void> {
    while (!this.stopped && this.readers.size > 0) {
      try {
        const grown = await this.feed.grown(this.seen);
        if (grown !== null) {
          this.seen = grown.head;
          for (const reader of this.readers) if (reader.isConcerned(grown.parties)) reader.wake();
        }
      } catch (error) {
        this.logger.warn({ error: error instanceof Error ? error.message : String(error) }, 'feed cannot be looked at');
      }
      await new Promise((resolve) => setTimeout(resolve, this.times.lookMs));
    }
    this.looking = null;
  }
}
