import { accountOf, Credentials, Decisions, type Caller } from '#application';
import {
  accountStream,
  deactivateAccount,
  linkPigpAccount,
  reactivateAccount,
  unlinkPigpAccount,
  type Account,
  type AccountEvent,
  type Decision,
} from '#domain';
import { Injectable } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { unknownAccount } from './account-problems.js';

/** Something that an operator does with an account. */
abstract class Upkeep extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly account: string,
  ) {
    super();
  }
}

/** Says that the person has an account of the Portail internet de la gestion publique (R06). */
export class LinkPigpAccount extends Upkeep {}

/** Says that the person has no such account any more (R06). */
export class UnlinkPigpAccount extends Upkeep {}

/** Deactivates an account and ends all of its sessions (R01). */
export class DeactivateAccount extends Upkeep {}

/** Reactivates a deactivated account (R01). */
export class ReactivateAccount extends Upkeep {}

/** Decides on an account that somebody else named. */
@Injectable()
export class NamedAccount {
  constructor(private readonly decisions: Decisions) {}

  /** @throws Problem when there is no such account; CommandRefused */
  async decide({ caller, account }: Upkeep, decide: (state: Account) => Decision<AccountEvent>): Promise<void> {
    await this.decisions.decide(caller, async (session) => {
      const state = await accountOf(session, account);
      if (state.status === 'none') throw unknownAccount();
      await session.record(accountStream(account), decide(state));
    });
  }
}

@CommandHandler(LinkPigpAccount)
export class LinkPigpAccountHandler implements ICommandHandler<LinkPigpAccount> {
  constructor(private readonly named: NamedAccount) {}

  execute(command: LinkPigpAccount): Promise<void> {
    return this.named.decide(command, linkPigpAccount);
  }
}

@CommandHandler(UnlinkPigpAccount)
export class UnlinkPigpAccountHandler implements ICommandHandler<UnlinkPigpAccount> {
  constructor(private readonly named: NamedAccount) {}

  execute(command: UnlinkPigpAccount): Promise<void> {
    return this.named.decide(command, unlinkPigpAccount);
  }
}

@CommandHandler(DeactivateAccount)
export class DeactivateAccountHandler implements ICommandHandler<DeactivateAccount> {
  constructor(
    private readonly named: NamedAccount,
    private readonly credentials: Credentials,
  ) {}

  /**
   * The bar comes after the event: whoever signs in meanwhile has either seen the event, or holds a session of the
   * generation that the bar ends. Deactivating again repeats it, if it was lost.
   */
  async execute(command: DeactivateAccount): Promise<void> {
    await this.named.decide(command, deactivateAccount);
    await this.credentials.bar(command.account);
  }
}

@CommandHandler(ReactivateAccount)
export class ReactivateAccountHandler implements ICommandHandler<ReactivateAccount> {
  constructor(
    private readonly named: NamedAccount,
    private readonly credentials: Credentials,
  ) {}

  async execute(command: ReactivateAccount): Promise<void> {
    await this.named.decide(command, reactivateAccount);
    await this.credentials.unbar(command.account);
  }
}
