import { compareCheckpoints, type Checkpoint, type EventStore, type RecordedEvent } from '#events';
import type { InvoiceReach } from '../access/invoice-reach.js';
import type { FeedEvent } from './event-catalogue.js';
import { FEED_BEGINNING, feedCursor } from './feed-cursor.js';
import { feedEvent, needsBillingFrame, type NewsHands } from './feed-event.js';
import { newsBehind, placeOf, type News } from './news.js';

/** A piece of the feed. */
export interface FeedPage {
  readonly items: readonly FeedEvent[];
  /** Cursor to go on with, also when there is nothing: it has moved on over what is other people's. */
  readonly next: string;
  /** Whether nothing more was there at that moment. */
  readonly atEnd: boolean;
}

/** What has come since a place: for whoever waits for many readers at once. */
export interface Growth {
  readonly head: Checkpoint;
  /** The structures whose news came; null when they are too many to be named: everybody's, then. */
  readonly parties: ReadonlySet<string> | null;
}

/** A cursor that names a place behind the end of the log: of another platform, or from before a backup was restored. */
export class UnknownCursor extends Error {
  override readonly name = 'UnknownCursor';
}

/** Pieces of news whose structures are named in one look at what came. */
const MOST_NEWS = 2_000;

/**
 * The feed of status events (R48): for each reader what is theirs to see, in the order of the log, behind a cursor that the
 * reader keeps. It reads whose news each event is (`read.status_news`, which one writer fills in the order of the log), then
 * the events themselves. At least once: whoever goes on with the cursor of what they have dealt with misses nothing.
 */
export class StatusFeed {
  /** @param source CloudEvents `source`: address of the platform, or a URN */
  constructor(
    private readonly store: EventStore,
    private readonly source: string,
  ) {}

  /**
   * What comes next for a reader.
   *
   * @param reach what the reader may see now: ask for it anew for each page, since rights end
   * @param after null for the beginning
   * @param limit most events
   * @throws UnknownCursor
   */
  async page(reach: InvoiceReach, after: Checkpoint | null, limit: number): Promise<FeedPage> {
    const from = after ?? FEED_BEGINNING;
    const { news: rows, head } = await newsBehind(this.store.pool, reach, from, limit);
    const last = rows.at(-1)?.place;
    if (last === undefined && compareCheckpoints(from, head) > 0) await this.assertKnown(from);
    const isFull = rows.length === limit && last !== undefined;
    const next = isFull ? last : later(from, head);
    return { items: await this.told(rows, reach), next: feedCursor(next), atEnd: !isFull };
  }

  /** The place of the newest event that is news for anybody. */
  async head(): Promise<Checkpoint> {
    const { rows } = await this.store.pool.query<{ transaction: string; position: string }>(HEAD);
    return rows[0] === undefined ? FEED_BEGINNING : placeOf(rows[0]);
  }

  /** Whether the feed has grown since a place, and for whom; null when it has not. */
  async grown(since: Checkpoint): Promise<Growth | null> {
    const head = await this.head();
    if (compareCheckpoints(head, since) <= 0) return null;
    const { rows } = await this.store.pool.query<{ party: string }>(
      `SELECT party FROM read.status_news
        WHERE (transaction, position) > ($1::numeric, $2::bigint) AND (transaction, position) <= ($3::numeric, $4::bigint)
        LIMIT $5`,
      [since.transaction, since.position, head.transaction, head.position, MOST_NEWS],
    );
    return { head, parties: rows.length === MOST_NEWS ? null : new Set(rows.map(({ party }) => party)) };
  }

  private async told(rows: readonly News[], { everything }: InvoiceReach): Promise<FeedEvent[]> {
    if (rows.length === 0) return [];
    const handsAt = new Map<string, NewsHands>(
      rows.map(({ place, hands }) => [feedCursor(place), everything ? 'all' : hands]),
    );
    const events = await this.store.readAt(rows.map(({ place }) => place));
    const told: FeedEvent[] = [];
    for (const event of events) {
      const hands = handsAt.get(feedCursor(event)) ?? [];
      const billingFrame = needsBillingFrame(event) ? await this.billingFrameOf(event) : null;
      told.push(feedEvent(event, { source: this.source, hands, billingFrame }));
    }
    return told;
  }

  /** Said by the first event of an invoice, and for ever: read models would say it only once they have come so far. */
  private async billingFrameOf({ stream }: RecordedEvent): Promise<string | null> {
    for await (const { data } of this.store.readStream(stream, { limit: 1 }))
      return (data as { billingFrame?: string | null }).billingFrame ?? null;
    return null;
  }

  /** While the read model is being made anew its end lies before cursors that are good: the log's own end is what counts. */
  private async assertKnown(from: Checkpoint): Promise<void> {
    const end = (await this.store.head()) ?? FEED_BEGINNING;
    if (compareCheckpoints(from, end) > 0)
      throw new UnknownCursor('The cursor names a place behind the end of the log');
  }
}

const HEAD = `SELECT transaction::text, position FROM read.status_news
  ORDER BY status_news.transaction DESC, status_news.position DESC LIMIT 1`;

function later(left: Checkpoint, right: Checkpoint): Checkpoint {
  return compareCheckpoints(left, right) > 0 ? left : right;
}

/** CloudEvents `source`: the address under which people know the platform, or a URN while none is set. */
export function feedSource(portalUrl: string | undefined): string {
  return portalUrl ?? 'urn:repons';
}
