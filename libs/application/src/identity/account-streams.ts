import { accountStream, loginStream, type Account, type Login } from '#domain';
import { aggregates } from '../decisions/aggregates.js';
import type { Session } from '../decisions/session.js';

/** What a decision or a query needs of its session to look at accounts. */
type Looking = Pick<Session, 'load'>;

/** An account, or none. */
export function accountOf(session: Looking, account: string): Promise<Account> {
  return session.load(aggregates.account, accountStream(account));
}

/**
 * Whose a login address is.
 *
 * @param digest of the address, from `PersonalDataVault.loginDigest`
 */
export function loginOf(session: Looking, digest: string): Promise<Login> {
  return session.load(aggregates.login, loginStream(digest));
}
