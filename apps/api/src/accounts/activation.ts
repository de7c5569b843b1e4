import { accountOf, Attempts, Decisions, IdentityLinks, loginOf } from '#application';
import { accountStream, activateAccount, requestActivation } from '#domain';
import { PersonalDataVault } from '#persistence';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { uselessLink } from './account-problems.js';

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
  constructor(
    private readonly decisions: Decisions,
    private readonly vault: PersonalDataVault,
    private readonly attempts: Attempts,
  ) {}

  async execute({ login, address }: ResendActivation): Promise<void> {
    await this.attempts.request(address);
    if (!(await this.attempts.mayMail(login))) return;
    const digest = this.vault.loginDigest(login);
    const { account } = await this.decisions.look({ kind: 'operator' }, (session) => loginOf(session, digest));
    if (account === null) return;
    await this.decisions.decide({ kind: 'person', account }, async (session) =>
      session.record(accountStream(account), requestActivation(await accountOf(session, account))),
    );
  }
}
