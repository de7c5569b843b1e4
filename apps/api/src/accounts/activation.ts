import { accountOf, Attempts, Decisions, IdentityLinks } from '#application';
import { accountStream, activateAccount, requestActivation } from '#domain';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { uselessLink } from './account-problems.js';
import { LinkRequests } from './link-requests.js';

/** Activates an account by the link that came by e-mail (R01). */
export class ActivateAccount extends Command<void> {
  constructor(
    readonly token: string,
    readonly address: string,
  ) {
    super();
  }
}

@CommandHandler(ActivateAccount)
export class ActivateAccountHandler implements ICommandHandler<ActivateAccount> {
  constructor(
    private readonly decisions: Decisions,
    private readonly links: IdentityLinks,
    private readonly attempts: Attempts,
  ) {}

  async execute({ token, address }: ActivateAccount): Promise<void> {
    await this.attempts.request(address);
    const account = await this.links.use(token, 'activation');
    if (account === null) throw uselessLink();
    try {
      await this.decisions.decide({ kind: 'person', account }, async (session) =>
        session.record(accountStream(account), activateAccount(await accountOf(session, account))),
      );
    } catch (error) {
      await this.links.giveBack(token);
      throw error;
    }
  }
}

/** Has the activation link sent again (R01). What comes of it is only told to the address. */
export class ResendActivation extends Command<void> {
  constructor(
    readonly login: string,
    readonly address: string,
  ) {
    super();
  }
}

@CommandHandler(ResendActivation)
export class ResendActivationHandler implements ICommandHandler<ResendActivation> {
  constructor(private readonly links: LinkRequests) {}

  execute({ login, address }: ResendActivation): Promise<void> {
    return this.links.ask(login, address, requestActivation);
  }
}
