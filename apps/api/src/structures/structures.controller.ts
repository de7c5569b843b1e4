import type { Caller } from '#application';
import { isPublicCategory, type StructureCategory } from '#domain';
import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { AllowAccess } from '../access/access.guard.js';
import { CallerOf, noMachine } from '../access/caller.js';
import type { Page } from '../lists/page.js';
import { paging } from '../lists/paging-query.js';
import { AskedServiceQuery, Deactivation, NewIdentifier, StructureFilter, StructureToCreateBody } from './bodies.js';
import { ChangeIdentifier } from './change-identifier.js';
import { CreateStructure, DeactivateStructure, RegisterStructure, type CreationOutcome } from './create-structure.js';
import { Identifier } from '../platform/parameters.js';
import { GetRecipient, GetStructure, ListStructures } from './structure-queries.js';
import { RecipientView, StructureView, type StructureSummary } from './structure-views.js';

/** Structures: creating them, finding them, changing their SIRET (R02, R16, R23). */
@ApiTags('structures')
@ApiBearerAuth()
@AllowAccess('authenticated')
@Controller('api/structures')
export class StructuresController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @ApiOperation({
    summary:
      'Créer une structure, dont on devient gestionnaire principal (201) ; si elle existe, demander à y être rattaché (202)',
    description: 'Un exploitant l’enregistre dans l’annuaire, sans gestionnaire.',
  })
  async create(
    @Body() body: StructureToCreateBody,
    @CallerOf() anyone: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ identifier: string; outcome: CreationOutcome }> {
    const caller = noMachine(anyone);
    const { identifier } = body;
    if (caller.kind === 'operator') {
      await this.commands.execute(new RegisterStructure(structureToRegister(body)));
      return { identifier, outcome: 'created' };
    }
    const outcome = await this.commands.execute(new CreateStructure(caller, structureToCreate(body)));
    if (outcome === 'attachment-requested') response.status(202);
    return { identifier, outcome };
  }

  @Get()
  @ApiOperation({ summary: 'Lister ses structures ; pour un exploitant, toutes' })
  list(@Query() query: StructureFilter, @CallerOf() caller: Caller): Promise<Page<StructureSummary>> {
    const { role, active, search } = query;
    const filter = {
      role: role ?? null,
      active: active === undefined ? null : active === 'true' || active === '1',
      search: search === undefined || search === '' ? null : search,
    };
    return this.queries.execute(new ListStructures(noMachine(caller), filter, paging(query)));
  }

  @Get(':identifier')
  @ApiOperation({ summary: 'Consulter une structure à laquelle on est rattaché' })
  @ApiParam({ name: 'identifier', type: String })
  @ApiOkResponse({ type: StructureView })
  get(@Identifier() identifier: string, @CallerOf() caller: Caller): Promise<StructureView> {
    return this.queries.execute(new GetStructure(caller, identifier));
  }

  @Get(':identifier/recipient')
  @ApiOperation({ summary: 'Vérifier un destinataire : existe-t-il, est-il actif, qu’exige-t-il des factures' })
  @ApiParam({ name: 'identifier', type: String })
  @ApiOkResponse({ type: RecipientView })
  recipient(@Identifier() identifier: string, @Query() { service }: AskedServiceQuery): Promise<RecipientView> {
    return this.queries.execute(new GetRecipient(identifier, service ?? null));
  }

  @Post(':identifier/identifier')
  @ApiOperation({ summary: 'Changer le SIRET : l’ancienne structure est désactivée, la nouvelle la reprend' })
  @ApiParam({ name: 'identifier', type: String })
  async changeIdentifier(
    @Identifier() identifier: string,
    @Body() { identifier: next }: NewIdentifier,
    @CallerOf() caller: Caller,
  ): Promise<{ identifier: string }> {
    await this.commands.execute(new ChangeIdentifier(caller, identifier, next));
    return { identifier: next };
  }

  @Post(':identifier/deactivate')
  @HttpCode(204)
  @AllowAccess('operator')
  @ApiOperation({ summary: 'Désactiver une structure (exploitants)' })
  @ApiParam({ name: 'identifier', type: String })
  deactivate(
    @Identifier() identifier: string,
    @Body() { successor }: Deactivation,
    @CallerOf() caller: Caller,
  ): Promise<void> {
    return this.commands.execute(new DeactivateStructure(caller, identifier, successor ?? null));
  }
}

function structureToCreate({
  identifier,
  name,
  publicEntity,
  identifierType,
  category,
  address,
}: StructureToCreateBody) {
  return {
    identifier,
    name,
    identifierType: identifierType ?? ('SIRET' as const),
    category: category ?? categoryOf(publicEntity),
    address: address ?? null,
  };
}

/** What is not said stays unsaid: an operator's directory knows less than a person who creates a structure. */
function structureToRegister(body: StructureToCreateBody) {
  const { identifier, name, publicEntity, identifierType, category, address } = body;
  return {
    identifier,
    name,
    publicEntity: category === undefined ? publicEntity === true : isPublicCategory(category),
    ...(identifierType === undefined ? {} : { identifierType }),
    ...(category === undefined ? {} : { category }),
    ...(address === undefined ? {} : { address }),
  };
}

function categoryOf(publicEntity: boolean | undefined): StructureCategory {
  return publicEntity === true ? 'OTHER_PUBLIC' : 'COMPANY';
}
