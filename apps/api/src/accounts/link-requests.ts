import { accountOf, Attempts, Decisions, loginOf } from '#application';
import { accountStream, type Account, type AccountEvent, type Decision } from '#domain';
import { PersonalDataVault } from '#persistence';
import { Injectable } from '@nestjs/common';

/**
 * Requests for links, made by whoever knows a login address (R01). What comes of one is only told to that address: whoever asks
 * learns nothing, not even whether there is such an account.
 */
@Injectable()
export class LinkRequests {
  constructor(
    private readonly decisions: Decisions,
    private readonly vault: PersonalDataVault,
    private readonly attempts: Attempts,
  ) {}

  /**
   * @param address network address that asks
   * @throws ComeBackLater, CommandRefused
   */
  async ask(login: string, address: string, decide: (state: Account) => Decision<AccountEvent>): Promise<void> {
    await this.attempts.request(address);
    if (!(await this.attempts.mayMail(login))) return;
    const digest = this.vault.loginDigest(login);
    const { account } = await this.decisions.look({ kind: 'operator' }, (session) => loginOf(session, digest));
    if (account === null) return;
    await this.decisions.decide({ kind: 'person', account }, async (session) =>
      session.record(accountStream(account), decide(await accountOf(session, account))),
    );
  }
}
