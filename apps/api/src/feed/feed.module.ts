import { CONFIGURATION, feedSource, provide, StatusFeed, WebhookSecrets, type Configuration } from '#application';
import { EventStore } from '#events';
import { Module } from '@nestjs/common';
import { ReadFeedHandler } from './feed-queries.js';
import { FEED_TIMES, FeedStreams, USUAL_TIMES } from './feed-streams.js';
import { FeedController } from './feed.controller.js';
import {
  CommandWebhookHandler,
  ManagedWebhooks,
  RegisterWebhookHandler,
  RotateWebhookSecretHandler,
} from './webhook-commands.js';
import { GetWebhookHandler, ListDeliveriesHandler, ListWebhooksHandler } from './webhook-queries.js';
import { WebhooksController } from './webhooks.controller.js';

/** The feed of status events and those who subscribe to it (R48). */
@Module({
  controllers: [FeedController, WebhooksController],
  providers: [
    provide(
      StatusFeed,
      [EventStore, CONFIGURATION],
      (store: EventStore, { PORTAL_URL }: Configuration) => new StatusFeed(store, feedSource(PORTAL_URL)),
    ),
    { provide: FEED_TIMES, useFactory: () => ({ ...USUAL_TIMES }) },
    FeedStreams,
    ReadFeedHandler,
    provide(
      WebhookSecrets,
      [EventStore, CONFIGURATION],
      ({ pool }: EventStore, { PERSONAL_DATA_KEY }: Configuration) => new WebhookSecrets(pool, PERSONAL_DATA_KEY),
    ),
    ManagedWebhooks,
    RegisterWebhookHandler,
    CommandWebhookHandler,
    RotateWebhookSecretHandler,
    ListWebhooksHandler,
    GetWebhookHandler,
    ListDeliveriesHandler,
  ],
})
export class FeedModule {}
