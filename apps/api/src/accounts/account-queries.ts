import { accountOf, Decisions, loginOf, type Caller } from '#application';
import { PersonalDataVault } from '#persistence';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { PersonCaller } from '../access/caller.js';
import { accountView, type AccountView } from './account-view.js';

/** One's own account, as it is after what was just decided; null when there is none. */
export class GetOwnAccount extends Query<AccountView | null> {
  constructor(readonly caller: PersonCaller) {
    super();
  }
}

/** The account of a login address, for operators: one or none. */
export class FindAccounts extends Query<readonly AccountView[]> {
  constructor(
    readonly caller: Caller,
    readonly login: string,
  ) {
    super();
  }
}

@QueryHandler(GetOwnAccount)
export class GetOwnAccountHandler implements IQueryHandler<GetOwnAccount> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ caller }: GetOwnAccount): Promise<AccountView | null> {
    const account = await this.decisions.look(caller, (session) => accountOf(session, caller.account));
    return account.status === 'none' ? null : accountView(account);
  }
}

@QueryHandler(FindAccounts)
export class FindAccountsHandler implements IQueryHandler<FindAccounts> {
  constructor(
    private readonly decisions: Decisions,
    private readonly vault: PersonalDataVault,
  ) {}

  async execute({ caller, login }: FindAccounts): Promise<readonly AccountView[]> {
    const found = await this.decisions.look(caller, async (session) => {
      const { account } = await loginOf(session, this.vault.loginDigest(login));
      return account === null ? null : accountOf(session, account);
    });
    return found === null || found.status === 'none' ? [] : [accountView(found)];
  }
}
