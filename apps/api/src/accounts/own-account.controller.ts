import { Body, Controller, Get, HttpCode, Put } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AllowAccess } from '../access/access.guard.js';
import { AddressOf, CallerOf, type PersonCaller } from '../access/caller.js';
import { unknownAccount } from './account-problems.js';
import { GetOwnAccount } from './account-queries.js';
import { AccountView } from './account-view.js';
import { ContactAddressBody, NotificationsBody, PasswordToChange } from './bodies.js';
import { ChangeContactAddress, ChooseNotifications } from './own-settings.js';
import { ChangePassword } from './passwords.js';

/** One's own account (R01). The login cannot be changed, so there is no route for it. */
@ApiTags('comptes')
@ApiBearerAuth()
@AllowAccess('person')
@Controller('api/account')
export class OwnAccountController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Voir son compte' })
  @ApiOkResponse({ type: AccountView })
  async get(@CallerOf() caller: PersonCaller): Promise<AccountView> {
    const account = await this.queries.execute(new GetOwnAccount(caller));
    if (account === null) throw unknownAccount();
    return account;
  }

  @Put('contact-address')
  @HttpCode(204)
  @ApiOperation({ summary: 'Changer son adresse de contact' })
  changeContactAddress(
    @Body() { contactAddress }: ContactAddressBody,
    @CallerOf() caller: PersonCaller,
  ): Promise<void> {
    return this.commands.execute(new ChangeContactAddress(caller, contactAddress));
  }

  @Put('password')
  @HttpCode(204)
  @ApiOperation({ summary: 'Changer son mot de passe ; toutes les sessions prennent fin, celle-ci comprise' })
  changePassword(
    @Body() { current, password }: PasswordToChange,
    @CallerOf() { account }: PersonCaller,
    @AddressOf() address: string,
  ): Promise<void> {
    return this.commands.execute(new ChangePassword(account, current, password, address));
  }

  @Put('notifications')
  @HttpCode(204)
  @ApiOperation({ summary: 'Choisir si les notifications sont envoyées par courriel' })
  chooseNotifications(@Body() { notifications }: NotificationsBody, @CallerOf() caller: PersonCaller): Promise<void> {
    return this.commands.execute(new ChooseNotifications(caller, notifications));
  }
}
