import { compareCheckpoints, type Checkpoint, type EventStore, type RecordedEvent } from '#events';
import type { InvoiceSide } from '#persistence';
import type { InvoiceReach } from '../access/invoice-reach.js';
import type { FeedEvent } from './event-catalogue.js';
import { FEED_BEGINNING, feedCursor } from './feed-cursor.js';
import { feedEvent, needsBillingFrame, type NewsHands } from './feed-event.js';

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

interface NewsRow {
  readonly transaction: string;
  readonly position: string;
  readonly hands: { party: string; sides: InvoiceSide[] }[];
}

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
    const [rows, head] = await this.news(reach, from, limit);
    const last = rows.at(-1);
    if (last === undefined && compareCheckpoints(from, head) > 0) await this.assertKnown(from);
    const isFull = rows.length === limit && last !== undefined;
    const next = isFull ? placeOf(last) : later(from, head);
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

  private async news(reach: InvoiceReach, from: Checkpoint, limit: number): Promise<[NewsRow[], Checkpoint]> {
    const place = [from.transaction, from.position, limit];
    const { rows } = reach.everything
      ? await this.store.pool.query<NewsRow & { isHead: boolean }>(OF_EVERYBODY, place)
      : await this.store.pool.query<NewsRow & { isHead: boolean }>(OF_PLACES, [...place, partiesOf(reach)]);
    const head = rows.find(({ isHead }) => isHead);
    const news = rows.filter(({ isHead }) => !isHead);
    news.sort((left, right) => compareCheckpoints(placeOf(left), placeOf(right)));
    return [news, head === undefined ? FEED_BEGINNING : placeOf(head)];
  }

  private async told(rows: readonly NewsRow[], { everything }: InvoiceReach): Promise<FeedEvent[]> {
    if (rows.length === 0) return [];
    const handsAt = new Map<string, NewsHands>(
      rows.map((row) => [feedCursor(placeOf(row)), everything ? 'all' : row.hands]),
    );
    const events = await this.store.readAt(rows.map(placeOf));
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

/** What a reach asks of the news, by structure: its hands, and the services to which one of them is limited. */
function partiesOf(reach: Extract<InvoiceReach, { everything: false }>): string {
  const parties = new Map<string, { party: string; sides: string[]; services: string[] }>();
  for (const { party, side, service } of reach.places) {
    const known = parties.get(party) ?? { party, sides: [], services: [] };
    parties.set(party, known);
    if (service === null) known.sides.push(side);
    else known.services.push(service);
  }
  return JSON.stringify([...parties.values()]);
}

const HEAD = `SELECT transaction::text, position FROM read.status_news
  ORDER BY status_news.transaction DESC, status_news.position DESC LIMIT 1`;

// The end is read by the same statement: it never lies behind an event of the reader's that this page had not seen.
const withHead = (news: string): string => `
  SELECT transaction::text, position, hands, false AS "isHead" FROM (${news}) AS news
  UNION ALL
  SELECT transaction::text, position, NULL, true
    FROM (SELECT transaction, position FROM read.status_news ORDER BY transaction DESC, position DESC LIMIT 1) AS head`;

const OF_EVERYBODY = withHead(`
  SELECT transaction, position, NULL::json AS hands FROM read.status_news
   WHERE (transaction, position) > ($1::numeric, $2::bigint)
   GROUP BY transaction, position ORDER BY transaction, position LIMIT $3`);

// Each structure gives whole events alone, at most a page of them: so the first of all of them are the first there are.
const OF_PLACES = withHead(`
  SELECT transaction, position, json_agg(json_build_object('party', places.party, 'sides', own.sides)) AS hands
    FROM json_to_recordset($4) AS places (party text, sides text[], services text[])
   CROSS JOIN LATERAL (
     SELECT transaction, position, array_agg(side) AS sides FROM read.status_news
      WHERE status_news.party = places.party AND (transaction, position) > ($1::numeric, $2::bigint)
        AND (side = ANY (places.sides) OR (side = 'recipient' AND service = ANY (places.services)))
      GROUP BY transaction, position ORDER BY transaction, position LIMIT $3) AS own
   GROUP BY transaction, position ORDER BY transaction, position LIMIT $3`);

function placeOf({ transaction, position }: { transaction: string; position: string }): Checkpoint {
  return { transaction, position: Number(position) };
}

function later(left: Checkpoint, right: Checkpoint): Checkpoint {
  return compareCheckpoints(left, right) > 0 ? left : right;
}

/** CloudEvents `source`: the address under which people know the platform, or a URN while none is set. */
export function feedSource(portalUrl: string | undefined): string {
  return portalUrl ?? 'urn:repons';
}
