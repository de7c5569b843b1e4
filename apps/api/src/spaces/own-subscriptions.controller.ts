import { Body, Controller, Delete, Get, HttpCode, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AllowAccess } from '../access/access.guard.js';
import { CallerOf, type PersonCaller } from '../access/caller.js';
import type { Page } from '../lists/page.js';
import { Identifier } from '../platform/parameters.js';
import { PageOfList, SubscriptionToAskFor, SubscriptionToEnd } from './bodies.js';
import { Subscribe, Unsubscribe } from './own-subscriptions.js';
import { USUAL_LIMIT } from '../lists/page-cursor.js';
import { ListOwnSubscriptions } from './subscription-queries.js';
import { OwnSubscriptionPage, SubscriptionOutcomeView, type OwnSubscriptionView } from './views.js';

/** One's own subscriptions to spaces (R08). */
@ApiTags('espaces')
@ApiBearerAuth()
@AllowAccess('person')
@Controller('api')
export class OwnSubscriptionsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get('account/subscriptions')
  @ApiOperation({ summary: 'Lister ses abonnements et ses demandes d’abonnement' })
  @ApiOkResponse({ type: OwnSubscriptionPage })
  list(@CallerOf() caller: PersonCaller, @Query() { after, limit }: PageOfList): Promise<Page<OwnSubscriptionView>> {
    return this.queries.execute(new ListOwnSubscriptions(caller, after, limit ?? USUAL_LIMIT));
  }

  @Post('structures/:identifier/subscriptions')
  @HttpCode(200)
  @ApiOperation({ summary: 'S’abonner à un espace : à la demande d’un utilisateur simple, un gestionnaire répond' })
  @ApiOkResponse({ type: SubscriptionOutcomeView })
  async subscribe(
    @CallerOf() caller: PersonCaller,
    @Identifier() identifier: string,
    @Body() { space, service, right }: SubscriptionToAskFor,
  ): Promise<SubscriptionOutcomeView> {
    const wanted = { space, service: service ?? null, right };
    return { status: await this.commands.execute(new Subscribe(caller, identifier, wanted)) };
  }

  @Delete('structures/:identifier/subscriptions')
  @HttpCode(204)
  @ApiOperation({ summary: 'Résilier un de ses abonnements, ou retirer sa demande' })
  unsubscribe(
    @CallerOf() caller: PersonCaller,
    @Identifier() identifier: string,
    @Query() { space, service }: SubscriptionToEnd,
  ): Promise<void> {
    return this.commands.execute(new Unsubscribe(caller, identifier, { space, service: service ?? null }));
  }
}
