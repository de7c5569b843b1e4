import {
  accountOf,
  Attempts,
  ComeBackLater,
  CommandRefused,
  Credentials,
  Decisions,
  IdentityLinks,
} from '#application';
import {
  accountStream,
  changePassword,
  requestPasswordReset,
  resetPassword,
  type Account,
  type AccountEvent,
  type Decision,
} from '#domain';
import { Injectable } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Problem } from '../platform/problem.js';
import { uselessLink } from './account-problems.js';
import { LinkRequests } from './link-requests.js';

/** Asks for a link to choose a new password (R01). What comes of it is only told to the address. */
export class RequestPasswordReset extends Command<void> {
  constructor(
    readonly login: string,
    readonly address: string,
  ) {
    super();
  }
}

/** Chooses a new password by the link that came by e-mail (R01). */
export class ResetPassword extends Command<void> {
  constructor(
    readonly token: string,
    readonly password: string,
    readonly address: string,
  ) {
    super();
  }
}

/** Changes the password of a person who is signed in, and ends all of their sessions (R01). */
export class ChangePassword extends Command<void> {
  constructor(
    readonly account: string,
    readonly current: string,
    readonly password: string,
    readonly address: string,
  ) {
    super();
  }
}

/**
 * Puts a new password in force. It is judged, then it is in force and all sessions have ended, then the log says so: a crash
 * in between leaves a good password in force, and never an event that says so of one that is not.
 */
@Injectable()
export class NewPassword {
  constructor(
    private readonly decisions: Decisions,
    private readonly credentials: Credentials,
  ) {}

  /** @throws CommandRefused, ComeBackLater */
  async put(
    account: string,
    password: string,
    decide: (state: Account, password: string) => Decision<AccountEvent>,
  ): Promise<void> {
    const person = { kind: 'person', account } as const;
    const state = await this.decisions.look(person, (session) => accountOf(session, account));
    const judged = decide(state, password);
    if (!judged.accepted) throw new CommandRefused(judged.code, judged.message);
    await this.credentials.setPassword(account, password);
    await this.decisions.decide(person, async (session) =>
      session.record(accountStream(account), decide(await accountOf(session, account), password)),
    );
  }
}

@CommandHandler(RequestPasswordReset)
export class RequestPasswordResetHandler implements ICommandHandler<RequestPasswordReset> {
  constructor(private readonly links: LinkRequests) {}

  execute({ login, address }: RequestPasswordReset): Promise<void> {
    return this.links.ask(login, address, requestPasswordReset);
  }
}

@CommandHandler(ResetPassword)
export class ResetPasswordHandler implements ICommandHandler<ResetPassword> {
  constructor(
    private readonly newPassword: NewPassword,
    private readonly links: IdentityLinks,
    private readonly attempts: Attempts,
  ) {}

  async execute({ token, password, address }: ResetPassword): Promise<void> {
    await this.attempts.request(address);
    const account = await this.links.use(token, 'password-reset');
    if (account === null) throw uselessLink();
    try {
      await this.newPassword.put(account, password, resetPassword);
    } catch (error) {
      await this.links.giveBack(token);
      throw error;
    }
  }
}

@CommandHandler(ChangePassword)
export class ChangePasswordHandler implements ICommandHandler<ChangePassword> {
  constructor(
    private readonly newPassword: NewPassword,
    private readonly credentials: Credentials,
    private readonly attempts: Attempts,
  ) {}

  async execute({ account, current, password, address }: ChangePassword): Promise<void> {
    const attempt = await this.attempts.password(account, address);
    const verified = await this.credentials.verify(account, current).catch(async (error: unknown) => {
      if (error instanceof ComeBackLater) await attempt.notMade();
      throw error;
    });
    if (verified === null) throw new Problem(409, 'COM-009', 'Le mot de passe actuel n’est pas celui-là.');
    await attempt.succeeded();
    await this.newPassword.put(account, password, changePassword);
  }
}
