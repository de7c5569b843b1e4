import {
  accountOf,
  Credentials,
  Decisions,
  IDENTITY_PROVIDER,
  IdentityProvider,
  LOGGER,
  loginOf,
  ProviderSignInFailed,
  Sessions,
  type Logger,
} from '#application';
import { accountStream, activateAccount, type Account } from '#domain';
import { PersonalDataVault } from '#persistence';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { deactivated, noAccountOfProvider, noProvider, providerProblem } from './account-problems.js';
import type { SignedIn } from './sign-in.js';

/** Where to send a browser, and the secret that it must show when it comes back. */
export interface BegunSignIn {
  readonly location: string;
  readonly browser: string;
  /** Whether the secret may travel by HTTPS alone. */
  readonly isSecure: boolean;
}

/** Begins a sign-in with the identity provider (R01). */
export class BeginProviderSignIn extends Command<BegunSignIn> {}

/** Ends it: opens a session for the account whose login is the address that the provider vouches for (R01). */
export class EndProviderSignIn extends Command<SignedIn> {
  /** @param browser secret that the browser showed, or null */
  constructor(
    readonly query: URLSearchParams,
    readonly browser: string | null,
  ) {
    super();
  }
}

@CommandHandler(BeginProviderSignIn)
export class BeginProviderSignInHandler implements ICommandHandler<BeginProviderSignIn> {
  constructor(
    @Inject(IDENTITY_PROVIDER) private readonly provider: IdentityProvider | null,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute(): Promise<BegunSignIn> {
    if (this.provider === null) throw noProvider();
    try {
      return { ...(await this.provider.begin()), isSecure: this.provider.isSecure };
    } catch (error) {
      throw toldOf(error, this.logger);
    }
  }
}

@CommandHandler(EndProviderSignIn)
export class EndProviderSignInHandler implements ICommandHandler<EndProviderSignIn> {
  constructor(
    @Inject(IDENTITY_PROVIDER) private readonly provider: IdentityProvider | null,
    private readonly decisions: Decisions,
    private readonly vault: PersonalDataVault,
    private readonly credentials: Credentials,
    private readonly sessions: Sessions,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute({ query, browser }: EndProviderSignIn): Promise<SignedIn> {
    if (this.provider === null) throw noProvider();
    const email = await this.provider.end(query, browser).catch((error: unknown) => {
      throw toldOf(error, this.logger);
    });
    const digest = this.vault.loginDigest(email);
    const { account } = await this.decisions.look({ kind: 'operator' }, (session) => loginOf(session, digest));
    if (account === null) throw noAccountOfProvider();
    if ((await this.stateOf(account)).status === 'pending') await this.activate(account);
    const generation = await this.credentials.generation(account);
    // After the generation: whoever is deactivated from now on ends the session that is opened with it.
    const { status } = await this.stateOf(account);
    const opened = status === 'active' && generation !== null ? await this.sessions.open(account, generation) : null;
    if (opened === null) throw deactivated();
    this.logger.info({ account }, 'signed in with the identity provider');
    return { ...opened, account };
  }

  private stateOf(account: string): Promise<Account> {
    return this.decisions.look({ kind: 'operator' }, (session) => accountOf(session, account));
  }

  /**
   * Activates an account by the provider's word. Nobody had shown that the address was theirs when the password was chosen:
   * it goes, or whoever created an account with somebody else's address would share it from now on.
   */
  private async activate(account: string): Promise<void> {
    await this.credentials.dropPassword(account);
    await this.decisions.decide({ kind: 'person', account }, async (session) =>
      session.record(accountStream(account), activateAccount(await accountOf(session, account))),
    );
  }
}

/** What the person is told of a failure; why it failed is for the log alone. */
function toldOf(error: unknown, logger: Logger): unknown {
  if (!(error instanceof ProviderSignInFailed)) return error;
  const cause = error.cause instanceof Error ? error.cause.message : undefined;
  logger.warn({ reason: error.reason, cause }, 'sign-in with the identity provider failed');
  return providerProblem(error);
}
