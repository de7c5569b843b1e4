import { CONFIGURATION, feedSource, provide, StatusFeed, type Configuration } from '#application';
import { EventStore } from '#events';
import { Module } from '@nestjs/common';
import { ReadFeedHandler } from './feed-queries.js';
import { FEED_TIMES, FeedStreams, USUAL_TIMES } from './feed-streams.js';
import { FeedController } from './feed.controller.js';

/** The feed of status events and those who subscribe to it (R48). */
@Module({
  controllers: [FeedController],
  providers: [
    provide(
      StatusFeed,
      [EventStore, CONFIGURATION],
      (store: EventStore, { PORTAL_URL }: Configuration) => new StatusFeed(store, feedSource(PORTAL_URL)),
    ),
    { provide: FEED_TIMES, useFactory: () => ({ ...USUAL_TIMES }) },
    FeedStreams,
    ReadFeedHandler,
  ],
})
export class FeedModule {}
