import type { Caller } from '#application';
import { Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AllowAccess } from '../access/access.guard.js';
import { CallerOf, noMachine } from '../access/caller.js';
import type { Page } from '../lists/page.js';
import { Identifier } from '../platform/parameters.js';
import { PageOfList, ServiceOfPlace, SpaceOnStructure } from './bodies.js';
import { CloseSpace, OpenSpace } from './open-space.js';
import { USUAL_LIMIT } from '../lists/page-cursor.js';
import { ListOpenedSpaces, ListSpaces } from './space-queries.js';
import { OpenedSpacePage, SpaceView, type OpenedSpaceView } from './views.js';

/** Spaces: what there is, and what managers open (R08). */
@ApiTags('espaces')
@ApiBearerAuth()
@AllowAccess('authenticated')
@Controller('api')
export class SpacesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get('spaces')
  @ApiOperation({ summary: 'Lister les espaces qui existent' })
  @ApiOkResponse({ type: [SpaceView] })
  list(): Promise<readonly SpaceView[]> {
    return this.queries.execute(new ListSpaces());
  }

  @Get('structures/:identifier/spaces')
  @ApiOperation({ summary: 'Lister les espaces ouverts d’une structure et de ses services' })
  @ApiOkResponse({ type: OpenedSpacePage })
  listOpened(
    @CallerOf() caller: Caller,
    @Identifier() identifier: string,
    @Query() { after, limit }: PageOfList,
  ): Promise<Page<OpenedSpaceView>> {
    return this.queries.execute(new ListOpenedSpaces(noMachine(caller), identifier, after, limit ?? USUAL_LIMIT));
  }

  @Put('structures/:identifier/spaces/:space')
  @HttpCode(204)
  @ApiOperation({ summary: 'Ouvrir un espace sur une structure ou sur un de ses services (gestionnaires)' })
  open(
    @CallerOf() caller: Caller,
    @Param() { identifier, space }: SpaceOnStructure,
    @Query() { service }: ServiceOfPlace,
  ): Promise<void> {
    return this.commands.execute(new OpenSpace(noMachine(caller), identifier, { space, service: service ?? null }));
  }

  @Delete('structures/:identifier/spaces/:space')
  @HttpCode(204)
  @ApiOperation({ summary: 'Fermer un espace ; les abonnements restent et ne donnent plus de droit (gestionnaires)' })
  close(
    @CallerOf() caller: Caller,
    @Param() { identifier, space }: SpaceOnStructure,
    @Query() { service }: ServiceOfPlace,
  ): Promise<void> {
    return this.commands.execute(new CloseSpace(noMachine(caller), identifier, { space, service: service ?? null }));
  }
}
