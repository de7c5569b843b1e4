import { accountStream, aggregates, loginStream, type Account, type Login } from '#domain';
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

/** How people read who did something: a name, the support, or nothing once the person was erased. */
export async function nameOf(session: Looking, by: string): Promise<string | null> {
  if (by === 'operator') return 'le support';
  const account = await accountOf(session, by);
  if (account.status === 'none' || account.firstName === null || account.lastName === null) return null;
  return `${account.firstName} ${account.lastName}`;
}
