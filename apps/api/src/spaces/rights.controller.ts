import type { Caller } from '#application';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AllowAccess } from '../access/access.guard.js';
import { CallerOf, noMachine } from '../access/caller.js';
import type { Page } from '../lists/page.js';
import {
  MemberOfStructure,
  PageOfList,
  RightsToDuplicate,
  RightToGive,
  ServiceOfPlace,
  SpaceOfMember,
  SubscriptionRefusalBody,
  SubscriptionsInBulk,
} from './bodies.js';
import { ManageSubscriptionsInBulk } from './bulk-subscriptions.js';
import { DuplicateRights } from './duplicate-rights.js';
import { EndSubscription, GiveSubscription } from './give-subscription.js';
import { RefuseSubscription, ValidateSubscription } from './judge-subscription.js';
import { GetMemberRights } from './member-rights.js';
import { USUAL_LIMIT } from '../lists/page-cursor.js';
import type { RightsLine } from './rights-lines.js';
import { ListSubscriptionRequests } from './subscription-queries.js';
import { MemberRightsView, RightsLinesView, SubscriptionRequestPage, type SubscriptionRequestView } from './views.js';

/** The rights of the people of a structure, one by one and in bulk (R08, R10). */
@ApiTags('habilitations')
@ApiBearerAuth()
@AllowAccess('authenticated')
@Controller('api')
export class RightsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get('subscription-requests')
  @ApiOperation({ summary: 'Lister les demandes d’abonnement à valider sur les structures que l’on gère' })
  @ApiOkResponse({ type: SubscriptionRequestPage })
  listRequests(
    @CallerOf() caller: Caller,
    @Query() { after, limit }: PageOfList,
  ): Promise<Page<SubscriptionRequestView>> {
    return this.queries.execute(new ListSubscriptionRequests(noMachine(caller), after, limit ?? USUAL_LIMIT));
  }

  @Get('structures/:identifier/members/:account/rights')
  @ApiOperation({
    summary: 'Voir les droits d’une personne sur une structure : les siens, ou ceux d’autrui (gestionnaires)',
  })
  @ApiOkResponse({ type: MemberRightsView })
  rights(@CallerOf() caller: Caller, @Param() { identifier, account }: MemberOfStructure): Promise<MemberRightsView> {
    return this.queries.execute(
      new GetMemberRights(noMachine(caller), { structure: identifier, account: account.toLowerCase() }),
    );
  }

  @Post('structures/:identifier/members/:account/subscriptions/:space/validate')
  @HttpCode(204)
  @ApiOperation({ summary: 'Valider une demande d’abonnement (gestionnaires)' })
  validate(
    @CallerOf() caller: Caller,
    @Param() { identifier, account, space }: SpaceOfMember,
    @Body() { service }: ServiceOfPlace,
  ): Promise<void> {
    const member = { structure: identifier, account: account.toLowerCase() };
    return this.commands.execute(
      new ValidateSubscription(noMachine(caller), member, { space, service: service ?? null }),
    );
  }

  @Post('structures/:identifier/members/:account/subscriptions/:space/refuse')
  @HttpCode(204)
  @ApiOperation({ summary: 'Refuser une demande d’abonnement (gestionnaires)' })
  refuse(
    @CallerOf() caller: Caller,
    @Param() { identifier, account, space }: SpaceOfMember,
    @Body() { service, reason }: SubscriptionRefusalBody,
  ): Promise<void> {
    const member = { structure: identifier, account: account.toLowerCase() };
    const key = { space, service: service ?? null };
    return this.commands.execute(new RefuseSubscription(noMachine(caller), member, key, reason ?? null));
  }

  @Put('structures/:identifier/members/:account/subscriptions/:space')
  @HttpCode(204)
  @ApiOperation({ summary: 'Accorder un abonnement sans demande (gestionnaires)' })
  give(
    @CallerOf() caller: Caller,
    @Param() { identifier, account, space }: SpaceOfMember,
    @Body() { service, right }: RightToGive,
  ): Promise<void> {
    const member = { structure: identifier, account: account.toLowerCase() };
    return this.commands.execute(
      new GiveSubscription(noMachine(caller), member, { space, service: service ?? null, right }),
    );
  }

  @Delete('structures/:identifier/members/:account/subscriptions/:space')
  @HttpCode(204)
  @ApiOperation({ summary: 'Mettre fin à un abonnement (gestionnaires)' })
  end(
    @CallerOf() caller: Caller,
    @Param() { identifier, account, space }: SpaceOfMember,
    @Query() { service }: ServiceOfPlace,
  ): Promise<void> {
    const member = { structure: identifier, account: account.toLowerCase() };
    return this.commands.execute(new EndSubscription(noMachine(caller), member, { space, service: service ?? null }));
  }

  @Post('rights/duplicate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Donner à une personne les droits d’une autre, sur les structures que l’on gère' })
  @ApiOkResponse({ type: RightsLinesView })
  async duplicate(
    @CallerOf() caller: Caller,
    @Body() { from, to, structures }: RightsToDuplicate,
  ): Promise<{ lines: readonly RightsLine[] }> {
    return {
      lines: await this.commands.execute(
        new DuplicateRights(noMachine(caller), from.toLowerCase(), to.toLowerCase(), structures ?? null),
      ),
    };
  }

  @Post('rights/bulk')
  @HttpCode(200)
  @ApiOperation({ summary: 'Accorder ou retirer des abonnements sur plusieurs structures et pour plusieurs personnes' })
  @ApiOkResponse({ type: RightsLinesView })
  async bulk(
    @CallerOf() caller: Caller,
    @Body() { operation, right, structures, accounts, spaces }: SubscriptionsInBulk,
  ): Promise<{ lines: readonly RightsLine[] }> {
    const command = new ManageSubscriptionsInBulk(
      noMachine(caller),
      operation === 'remove' ? 'end' : { give: right ?? 'consultation' },
      structures,
      accounts.map((account) => account.toLowerCase()),
      spaces.map(({ space, service }) => ({ space, service: service ?? null })),
    );
    return { lines: await this.commands.execute(command) };
  }
}
