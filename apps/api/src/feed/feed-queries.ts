import { FEED_BEGINNING, feedCursor, invoiceReachOf, placeOfCursor, StatusFeed, UnknownCursor } from '#application';
import type { Caller, FeedPage } from '#application';
import { EventStore, type Checkpoint } from '#events';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Problem } from '../platform/problem.js';

/** The events behind a cursor that the caller may see now (R48). */
export class ReadFeed extends Query<FeedPage> {
  constructor(
    readonly caller: Caller,
    /** Null for the beginning, `now` for the end. */
    readonly after: string | null,
    readonly limit: number,
  ) {
    super();
  }
}

@QueryHandler(ReadFeed)
export class ReadFeedHandler implements IQueryHandler<ReadFeed> {
  constructor(
    private readonly store: EventStore,
    private readonly feed: StatusFeed,
  ) {}

  async execute({ caller, after, limit }: ReadFeed): Promise<FeedPage> {
    if (after === 'now') return { items: [], next: feedCursor(await this.feed.head()), atEnd: true };
    const reach = await invoiceReachOf(this.store.pool, caller);
    try {
      return await this.feed.page(reach, await startingPlace(this.feed, after), limit);
    } catch (error) {
      throw error instanceof UnknownCursor ? unknownCursor() : error;
    }
  }
}

/**
 * Where a reader begins.
 *
 * @param after a cursor, `now` for the end, null for the beginning
 * @throws Problem `EVT-001` when it is no cursor
 */
export async function startingPlace(feed: StatusFeed, after: string | null): Promise<Checkpoint> {
  if (after === null) return FEED_BEGINNING;
  if (after === 'now') return feed.head();
  const place = placeOfCursor(after);
  if (place === null)
    throw new Problem(
      400,
      'EVT-001',
      'Ce curseur n’est pas lisible. Rendez tel quel celui que la plateforme a donné (« next », « sequence »), ou « now ».',
    );
  return place;
}

/** A cursor of another platform, or from before a backup was restored. */
export function unknownCursor(): Problem {
  return new Problem(
    400,
    'EVT-002',
    'Ce curseur n’a pas été donné par cette plateforme. Reprenez depuis le début, ou depuis la fin avec « now ».',
  );
}
