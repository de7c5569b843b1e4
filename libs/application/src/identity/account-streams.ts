import {
  accountStream,
  evolveAccount,
  evolveLogin,
  freeLogin,
  loginStream,
  noAccount,
  type Account,
  type AccountEvent,
  type Login,
  type LoginEvent,
} from '#domain';
import type { Session } from '../decisions/session.js';
import type { Aggregate } from '../shared/deciders.js';

const accounts: Aggregate<Account, AccountEvent> = { initial: noAccount, evolve: evolveAccount };
const logins: Aggregate<Login, LoginEvent> = { initial: freeLogin, evolve: evolveLogin };

/** What a decision or a query needs of its session to look at accounts. */
type Looking = Pick<Session, 'load'>;

/** An account, or none. */
export function accountOf(session: Looking, account: string): Promise<Account> {
  return session.load(accounts, accountStream(account));
}

/**
 * Whose a login address is.
 *
 * @param digest of the address, from `PersonalDataVault.loginDigest`
 */
export function loginOf(session: Looking, digest: string): Promise<Login> {
  return session.load(logins, loginStream(digest));
}
