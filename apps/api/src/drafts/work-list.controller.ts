import type { Caller } from '#application';
import { STRUCTURE_IDENTIFIER } from '#domain';
import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { AllowAccess } from '../access/access.guard.js';
import { CallerOf } from '../access/caller.js';
import type { Page } from '../lists/page.js';
import { GetWorkList, WorkListView, type WorkItem } from './work-list.js';

/** Whose work list. */
export class WorkListQuery {
  @ApiPropertyOptional({ description: 'Identifiant de l’une de ses structures ; à défaut, toutes' })
  @IsOptional()
  @Matches(STRUCTURE_IDENTIFIER)
  structure?: string;
}

/** What waits for an issuer: the first thing that the portal shows (R22, R25 to R27). */
@ApiTags('saisie')
@ApiBearerAuth()
@AllowAccess('authenticated')
@Controller('api/work-list')
export class WorkListController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({ summary: 'Synthèse : brouillons et factures émises qui attendent quelque chose de leur émetteur' })
  @ApiOkResponse({ type: WorkListView })
  get(@Query() { structure }: WorkListQuery, @CallerOf() caller: Caller): Promise<Page<WorkItem>> {
    return this.queries.execute(new GetWorkList(caller, structure ?? null));
  }
}
