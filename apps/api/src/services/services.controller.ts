import type { Caller } from '#application';
import { SERVICE_CODE } from '#domain';
import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { AllowAccess } from '../access/access.guard.js';
import { CallerOf, noMachine } from '../access/caller.js';
import type { Page } from '../lists/page.js';
import { Identifier } from '../platform/parameters.js';
import { PageOfList } from '../spaces/bodies.js';
import { USUAL_LIMIT } from '../lists/page-cursor.js';
import { DefineService } from './define-service.js';
import { ServicePage, ServiceToDefine, UserOfService, type ServiceView } from './service-bodies.js';
import { ListServices } from './service-queries.js';
import { DisableServiceUser, EnableServiceUser } from './service-users.js';

/** Services of a structure and their users (R11). */
@ApiTags('services')
@ApiBearerAuth()
@AllowAccess('authenticated')
@Controller('api/structures/:identifier/services')
export class ServicesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Lister les services d’une structure' })
  @ApiOkResponse({ type: ServicePage })
  list(
    @CallerOf() caller: Caller,
    @Identifier() identifier: string,
    @Query() { after, limit }: PageOfList,
  ): Promise<Page<ServiceView>> {
    return this.queries.execute(new ListServices(noMachine(caller), identifier, after, limit ?? USUAL_LIMIT));
  }

  @Put(':code')
  @HttpCode(204)
  @ApiOperation({ summary: 'Ouvrir, modifier, désactiver ou réactiver un service (gestionnaires, exploitants)' })
  @ApiParam({ name: 'code', description: 'Code service', schema: { pattern: SERVICE_CODE.source } })
  define(
    @CallerOf() caller: Caller,
    @Identifier() structure: string,
    @Param('code') code: string,
    @Body() { name, active, commitmentNumber }: ServiceToDefine,
  ): Promise<void> {
    const wanted = { name, active: active ?? true, commitmentNumber: commitmentNumber ?? false };
    return this.commands.execute(new DefineService(noMachine(caller), { structure, code }, wanted));
  }

  @Put(':code/users/:account')
  @HttpCode(204)
  @ApiOperation({ summary: 'Habiliter une personne sur un service (gestionnaires)' })
  enable(@CallerOf() caller: Caller, @Param() { identifier, code, account }: UserOfService): Promise<void> {
    return this.commands.execute(
      new EnableServiceUser(noMachine(caller), { structure: identifier, account: account.toLowerCase() }, code),
    );
  }

  @Delete(':code/users/:account')
  @HttpCode(204)
  @ApiOperation({ summary: 'Retirer une personne d’un service, avec ses abonnements sur ce service (gestionnaires)' })
  disable(@CallerOf() caller: Caller, @Param() { identifier, code, account }: UserOfService): Promise<void> {
    return this.commands.execute(
      new DisableServiceUser(noMachine(caller), { structure: identifier, account: account.toLowerCase() }, code),
    );
  }
}
