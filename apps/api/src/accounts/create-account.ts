import { accountOf, Attempts, Credentials, Decisions, loginOf } from '#application';
import { accountStream, createAccount, loginStream, takeLogin } from '#domain';
import { PersonalDataVault } from '#persistence';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { randomUUID } from 'node:crypto';

/** Creates an account that waits for its activation (R01). */
export class CreateAccount extends Command<{ account: string }> {
  /**
   * @param contactAddress null for the login
   * @param address network address that asks
   */
  constructor(
    readonly person: {
      readonly login: string;
      readonly contactAddress: string | null;
      readonly firstName: string;
      readonly lastName: string;
      readonly password: string;
    },
    readonly address: string,
  ) {
    super();
  }
}

@CommandHandler(CreateAccount)
export class CreateAccountHandler implements ICommandHandler<CreateAccount> {
  constructor(
    private readonly decisions: Decisions,
    private readonly vault: PersonalDataVault,
    private readonly credentials: Credentials,
    private readonly attempts: Attempts,
  ) {}

  /**
   * The password comes first, so that no account ever stands in the log that nobody can sign in to. It is forgotten when the
   * account is refused.
   */
  async execute({ person, address }: CreateAccount): Promise<{ account: string }> {
    await this.attempts.request(address);
    const account = randomUUID();
    const digest = this.vault.loginDigest(person.login);
    await this.credentials.setPassword(account, person.password);
    try {
      await this.decisions.decide({ kind: 'person', account }, async (session) => {
        await session.record(loginStream(digest), takeLogin(await loginOf(session, digest), account));
        const wanted = { ...person, account };
        await session.record(accountStream(account), createAccount(await accountOf(session, account), wanted));
      });
    } catch (error) {
      await this.credentials.forget(account);
      throw error;
    }
    return { account };
  }
}
