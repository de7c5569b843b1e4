import { accountOf, Attempts, ComeBackLater, Credentials, Decisions, Erasures, type Caller } from '#application';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { PersonCaller } from '../access/caller.js';
import { unknownAccount } from '../accounts/account-problems.js';
import { Problem } from '../platform/problem.js';

/** Erase a person, on behalf of whoever asked support for it. Doing it again changes nothing. */
export class ErasePerson extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly account: string,
  ) {
    super();
  }
}

/** Erase oneself: what a stolen session must not do, so the password is asked for. */
export class EraseOneself extends Command<void> {
  constructor(
    readonly caller: PersonCaller,
    readonly password: string,
    /** Network address that the request comes from. */
    readonly address: string,
  ) {
    super();
  }
}

@CommandHandler(ErasePerson)
export class ErasePersonHandler implements ICommandHandler<ErasePerson> {
  constructor(
    private readonly erasures: Erasures,
    private readonly decisions: Decisions,
  ) {}

  async execute({ caller, account }: ErasePerson): Promise<void> {
    const { status } = await this.decisions.look(caller, (session) => accountOf(session, account));
    if (status === 'none') throw unknownAccount();
    await this.erasures.erase(caller, account);
  }
}

@CommandHandler(EraseOneself)
export class EraseOneselfHandler implements ICommandHandler<EraseOneself> {
  constructor(
    private readonly erasures: Erasures,
    private readonly credentials: Credentials,
    private readonly attempts: Attempts,
  ) {}

  async execute({ caller, password, address }: EraseOneself): Promise<void> {
    const { account } = caller;
    const attempt = await this.attempts.password(account, address);
    const verified = await this.credentials.verify(account, password).catch(async (error: unknown) => {
      if (error instanceof ComeBackLater) await attempt.notMade();
      throw error;
    });
    if (verified === null) throw new Problem(409, 'COM-009', 'Le mot de passe actuel n’est pas celui-là.');
    await attempt.succeeded();
    await this.erasures.erase(caller, account);
  }
}
