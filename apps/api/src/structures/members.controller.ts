import type { Caller } from '#application';
import { Body, Controller, Delete, Get, HttpCode, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { AllowAccess } from '../access/access.guard.js';
import { CallerOf, noMachine } from '../access/caller.js';
import type { Page } from '../lists/page.js';
import { paging } from '../lists/paging-query.js';
import { DeactivateAuthorisation, DeleteAuthorisation, ReactivateAuthorisation } from './authorisations.js';
import { MemberFilter, NewPrimaryManager } from './bodies.js';
import { Account, Identifier } from '../platform/parameters.js';
import { namedPerson } from './deciding.js';
import { ListMembers } from './people-queries.js';
import type { MemberView } from './people-views.js';
import { NamePrimaryManager, TransferPrimaryRole } from './primary-manager.js';
import { AppointSecondaryManager, DismissSecondaryManager } from './secondary-managers.js';

/** The people of a structure: who they are, their roles and authorisations (R03, R05–R07). */
@ApiTags('utilisateurs d’une structure')
@ApiBearerAuth()
@AllowAccess('authenticated')
@ApiParam({ name: 'identifier', type: String })
@Controller('api/structures/:identifier')
export class MembersController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get('members')
  @ApiOperation({ summary: 'Lister les utilisateurs rattachés (gestionnaires)' })
  list(
    @Identifier() identifier: string,
    @Query() query: MemberFilter,
    @CallerOf() caller: Caller,
  ): Promise<Page<MemberView>> {
    const filter = { status: query.status ?? null, role: query.role ?? null };
    return this.queries.execute(new ListMembers(caller, identifier, filter, paging(query)));
  }

  @Post('members/:account/appoint')
  @HttpCode(204)
  @ApiOperation({ summary: 'Nommer un gestionnaire secondaire (gestionnaire principal)' })
  @ApiParam({ name: 'account', schema: { format: 'uuid' } })
  appoint(@Identifier() structure: string, @Account() account: string, @CallerOf() caller: Caller): Promise<void> {
    return this.commands.execute(new AppointSecondaryManager(caller, { structure, account }));
  }

  @Post('members/:account/dismiss')
  @HttpCode(204)
  @ApiOperation({ summary: 'Faire d’un gestionnaire secondaire un utilisateur simple (gestionnaire principal)' })
  @ApiParam({ name: 'account', schema: { format: 'uuid' } })
  dismiss(@Identifier() structure: string, @Account() account: string, @CallerOf() caller: Caller): Promise<void> {
    return this.commands.execute(new DismissSecondaryManager(caller, { structure, account }));
  }

  @Post('members/:account/deactivate')
  @HttpCode(204)
  @ApiOperation({ summary: 'Désactiver les habilitations d’un utilisateur (gestionnaires)' })
  @ApiParam({ name: 'account', schema: { format: 'uuid' } })
  deactivate(@Identifier() structure: string, @Account() account: string, @CallerOf() caller: Caller): Promise<void> {
    return this.commands.execute(new DeactivateAuthorisation(caller, { structure, account }));
  }

  @Post('members/:account/reactivate')
  @HttpCode(204)
  @ApiOperation({ summary: 'Réactiver les habilitations d’un utilisateur (gestionnaires)' })
  @ApiParam({ name: 'account', schema: { format: 'uuid' } })
  reactivate(@Identifier() structure: string, @Account() account: string, @CallerOf() caller: Caller): Promise<void> {
    return this.commands.execute(new ReactivateAuthorisation(caller, { structure, account }));
  }

  @Delete('members/:account')
  @HttpCode(204)
  @ApiOperation({ summary: 'Supprimer le rattachement d’un utilisateur (gestionnaires), ou le sien' })
  @ApiParam({ name: 'account', schema: { format: 'uuid' } })
  delete(@Identifier() structure: string, @Account() account: string, @CallerOf() caller: Caller): Promise<void> {
    return this.commands.execute(new DeleteAuthorisation(caller, { structure, account }));
  }

  @Post('primary-manager')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Transférer son rôle de gestionnaire principal ; pour le support, le nommer sur une sollicitation',
  })
  namePrimaryManager(
    @Identifier() identifier: string,
    @Body() body: NewPrimaryManager,
    @CallerOf() anyone: Caller,
  ): Promise<void> {
    const caller = noMachine(anyone);
    const [person, { formerBecomes, supportRequest }] = [namedPerson(body), body];
    return this.commands.execute(
      caller.kind === 'operator'
        ? new NamePrimaryManager(caller, identifier, person, formerBecomes, supportRequest ?? null)
        : new TransferPrimaryRole(caller, identifier, person, formerBecomes),
    );
  }
}
