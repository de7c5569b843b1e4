import { Module } from '@nestjs/common';
import { ManageSubscriptionsInBulkHandler } from './bulk-subscriptions.js';
import { DuplicateRightsHandler } from './duplicate-rights.js';
import { EndSubscriptionHandler, GiveSubscriptionHandler } from './give-subscription.js';
import { RefuseSubscriptionHandler, ValidateSubscriptionHandler } from './judge-subscription.js';
import { ManagedStructures } from './managed-structures.js';
import { GetMemberRightsHandler } from './member-rights.js';
import { CloseSpaceHandler, OpenSpaceHandler } from './open-space.js';
import { OwnSubscriptionsController } from './own-subscriptions.controller.js';
import { SubscribeHandler, UnsubscribeHandler } from './own-subscriptions.js';
import { RightsController } from './rights.controller.js';
import { ListOpenedSpacesHandler, ListSpacesHandler } from './space-queries.js';
import { SpacesController } from './spaces.controller.js';
import { ListOwnSubscriptionsHandler, ListSubscriptionRequestsHandler } from './subscription-queries.js';

/** Spaces, subscriptions to them, and rights in bulk (R08–R10). */
@Module({
  controllers: [SpacesController, OwnSubscriptionsController, RightsController],
  providers: [
    ManagedStructures,
    OpenSpaceHandler,
    CloseSpaceHandler,
    SubscribeHandler,
    UnsubscribeHandler,
    ValidateSubscriptionHandler,
    RefuseSubscriptionHandler,
    GiveSubscriptionHandler,
    EndSubscriptionHandler,
    ManageSubscriptionsInBulkHandler,
    DuplicateRightsHandler,
    ListSpacesHandler,
    ListOpenedSpacesHandler,
    ListSubscriptionRequestsHandler,
    ListOwnSubscriptionsHandler,
    GetMemberRightsHandler,
  ],
})
export class SpacesModule {}
