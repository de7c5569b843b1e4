import { accept, refuse, type Decision } from '../shared/decision.js';
import type { AccountEvent } from './account-events.js';
import type { Account } from './account.js';
import { DEACTIVATED } from './refusals.js';

/**
 * Activates an account whose person has shown that the login address is theirs (R01): by the link, or by the word of an
 * identity provider.
 *
 * Refusals: COM-005 the account is deactivated.
 */
export function activateAccount(account: Account): Decision<AccountEvent> {
  if (account.status === 'active') return accept();
  if (account.status !== 'pending') return refuse(...DEACTIVATED);
  return accept({ type: 'AccountActivated', data: { account: account.account } });
}

/**
 * Asks for the activation link again (R01). Nobody is signed in who asks, so nothing is said of an account that has nothing
 * to activate: nothing happens.
 */
export function requestActivation(account: Account): Decision<AccountEvent> {
  if (account.status !== 'pending') return accept();
  return accept({ type: 'ActivationRequested', data: { account: account.account } });
}
