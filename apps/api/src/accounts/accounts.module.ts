import { Module } from '@nestjs/common';
import { FindAccountsHandler, GetOwnAccountHandler } from './account-queries.js';
import { AccountsController } from './accounts.controller.js';
import { ActivateAccountHandler, ResendActivationHandler } from './activation.js';
import { CreateAccountHandler } from './create-account.js';
import { LinkRequests } from './link-requests.js';
import { OwnAccountController } from './own-account.controller.js';
import { ChangeContactAddressHandler, ChooseNotificationsHandler } from './own-settings.js';
import { ChangePasswordHandler, NewPassword, RequestPasswordResetHandler, ResetPasswordHandler } from './passwords.js';
import { ProviderSignInController } from './provider-sign-in.controller.js';
import { BeginProviderSignInHandler, EndProviderSignInHandler } from './provider-sign-in.js';
import { SessionController } from './session.controller.js';
import { SignInHandler, SignOutHandler } from './sign-in.js';
import {
  DeactivateAccountHandler,
  LinkPigpAccountHandler,
  NamedAccount,
  ReactivateAccountHandler,
  UnlinkPigpAccountHandler,
} from './upkeep.js';

/** Accounts and sessions of people (R01). */
@Module({
  controllers: [AccountsController, OwnAccountController, SessionController, ProviderSignInController],
  providers: [
    LinkRequests,
    NewPassword,
    NamedAccount,
    CreateAccountHandler,
    ActivateAccountHandler,
    ResendActivationHandler,
    RequestPasswordResetHandler,
    ResetPasswordHandler,
    ChangePasswordHandler,
    ChangeContactAddressHandler,
    ChooseNotificationsHandler,
    LinkPigpAccountHandler,
    UnlinkPigpAccountHandler,
    DeactivateAccountHandler,
    ReactivateAccountHandler,
    SignInHandler,
    SignOutHandler,
    BeginProviderSignInHandler,
    EndProviderSignInHandler,
    GetOwnAccountHandler,
    FindAccountsHandler,
  ],
})
export class AccountsModule {}
