import type { Caller } from '#application';
import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AllowAccess } from '../access/access.guard.js';
import { AddressOf, CallerOf } from '../access/caller.js';
import { FindAccounts } from './account-queries.js';
import type { AccountView } from './account-view.js';
import { ActivateAccount, ResendActivation } from './activation.js';
import { AccountToCreate, LinkToken, LoginAddress, PasswordByLink, PigpBody } from './bodies.js';
import { CreateAccount } from './create-account.js';
import { RequestPasswordReset, ResetPassword } from './passwords.js';
import { DeactivateAccount, LinkPigpAccount, ReactivateAccount, UnlinkPigpAccount } from './upkeep.js';

/** Accounts (R01): how a person gets one, and what operators do with them. */
@ApiTags('comptes')
@Controller('api/accounts')
export class AccountsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @AllowAccess('public')
  @ApiOperation({ summary: 'Créer un compte ; le lien d’activation est envoyé à l’adresse de connexion' })
  create(
    @Body() { login, contactAddress, firstName, lastName, password }: AccountToCreate,
    @AddressOf() address: string,
  ): Promise<{ account: string }> {
    const person = { login, contactAddress: contactAddress ?? null, firstName, lastName, password };
    return this.commands.execute(new CreateAccount(person, address));
  }

  @Post('activation')
  @HttpCode(204)
  @AllowAccess('public')
  @ApiOperation({ summary: 'Activer un compte par le lien reçu' })
  activate(@Body() { token }: LinkToken, @AddressOf() address: string): Promise<void> {
    return this.commands.execute(new ActivateAccount(token, address));
  }

  @Post('activation/resend')
  @HttpCode(202)
  @AllowAccess('public')
  @ApiOperation({
    summary: 'Faire renvoyer le lien d’activation ; la réponse est la même, que le compte existe ou non',
  })
  resend(@Body() { login }: LoginAddress, @AddressOf() address: string): Promise<void> {
    return this.commands.execute(new ResendActivation(login, address));
  }

  @Post('password/forgotten')
  @HttpCode(202)
  @AllowAccess('public')
  @ApiOperation({
    summary: 'Demander un lien pour un nouveau mot de passe ; la réponse est la même, que le compte existe ou non',
  })
  forget(@Body() { login }: LoginAddress, @AddressOf() address: string): Promise<void> {
    return this.commands.execute(new RequestPasswordReset(login, address));
  }

  @Post('password/reset')
  @HttpCode(204)
  @AllowAccess('public')
  @ApiOperation({ summary: 'Choisir un nouveau mot de passe par le lien reçu ; toutes les sessions prennent fin' })
  reset(@Body() { token, password }: PasswordByLink, @AddressOf() address: string): Promise<void> {
    return this.commands.execute(new ResetPassword(token, password, address));
  }

  @Get()
  @AllowAccess('operator')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Trouver le compte d’une adresse de connexion (exploitants)' })
  async find(
    @Query() { login }: LoginAddress,
    @CallerOf() caller: Caller,
  ): Promise<{ items: readonly AccountView[]; total: number; next: null }> {
    const items = await this.queries.execute(new FindAccounts(caller, login));
    return { items, total: items.length, next: null };
  }

  @Put(':account/pigp')
  @HttpCode(204)
  @AllowAccess('operator')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Dire si une personne dispose d’un compte PIGP (exploitants)' })
  linkPigp(@Param('account') account: string, @Body() { linked }: PigpBody, @CallerOf() caller: Caller): Promise<void> {
    return this.commands.execute(
      linked ? new LinkPigpAccount(caller, account) : new UnlinkPigpAccount(caller, account),
    );
  }

  @Post(':account/deactivate')
  @HttpCode(204)
  @AllowAccess('operator')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Désactiver un compte ; ses sessions prennent fin (exploitants)' })
  deactivate(@Param('account') account: string, @CallerOf() caller: Caller): Promise<void> {
    return this.commands.execute(new DeactivateAccount(caller, account));
  }

  @Post(':account/reactivate')
  @HttpCode(204)
  @AllowAccess('operator')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Réactiver un compte (exploitants)' })
  reactivate(@Param('account') account: string, @CallerOf() caller: Caller): Promise<void> {
    return this.commands.execute(new ReactivateAccount(caller, account));
  }
}
