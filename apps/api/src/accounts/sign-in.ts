import {
  accountOf,
  Attempts,
  ComeBackLater,
  Credentials,
  Decisions,
  LOGGER,
  loginOf,
  Sessions,
  type Logger,
  type OpenedSession,
} from '#application';
import { PersonalDataVault } from '#persistence';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { deactivated, notActivated, wrongPassword } from './account-problems.js';

/** A session that was opened, and whose it is. */
export interface SignedIn extends OpenedSession {
  readonly account: string;
}

/** Opens a session for whoever shows login and password (R01). */
export class SignIn extends Command<SignedIn> {
  constructor(
    readonly login: string,
    readonly password: string,
    readonly address: string,
  ) {
    super();
  }
}

/** Ends a session. */
export class SignOut extends Command<void> {
  constructor(readonly token: string) {
    super();
  }
}

@CommandHandler(SignIn)
export class SignInHandler implements ICommandHandler<SignIn> {
  constructor(
    private readonly decisions: Decisions,
    private readonly vault: PersonalDataVault,
    private readonly credentials: Credentials,
    private readonly sessions: Sessions,
    private readonly attempts: Attempts,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** The state of the account is looked at when the password was right, and told to nobody else. */
  async execute({ login, password, address }: SignIn): Promise<SignedIn> {
    const attempt = await this.attempts.password(login, address);
    const digest = this.vault.loginDigest(login);
    const { account } = await this.decisions.look({ kind: 'operator' }, (session) => loginOf(session, digest));
    const verified = await this.credentials.verify(account, password).catch(async (error: unknown) => {
      if (error instanceof ComeBackLater) await attempt.notMade();
      throw error;
    });
    if (account === null || verified === null) {
      this.logger.warn({ account }, 'sign-in refused: wrong login or password');
      throw wrongPassword();
    }
    await attempt.succeeded();
    const state = await this.decisions.look({ kind: 'operator' }, (session) => accountOf(session, account));
    if (state.status === 'pending') throw notActivated();
    if (state.status !== 'active') throw deactivated();
    const opened = await this.sessions.open(account, verified.generation);
    if (opened === null) throw wrongPassword(); // changed or barred since it was verified
    this.logger.info({ account }, 'signed in');
    return { ...opened, account };
  }
}

@CommandHandler(SignOut)
export class SignOutHandler implements ICommandHandler<SignOut> {
  constructor(private readonly sessions: Sessions) {}

  async execute({ token }: SignOut): Promise<void> {
    await this.sessions.close(token);
  }
}
