import { accept, refuse, type Decision } from '../shared/decision.js';
import type { AccountEvent } from './account-events.js';
import type { Account } from './account.js';
import { ERASED } from './refusals.js';

/**
 * Says that the person has an account of the Portail internet de la gestion publique (R06).
 *
 * Refusals: COM-007 the person was erased.
 */
export function linkPigpAccount(account: Account): Decision<AccountEvent> {
  if (account.status === 'none' || account.erased) return refuse(...ERASED);
  return account.pigp ? accept() : accept({ type: 'PigpAccountLinked', data: { account: account.account } });
}

/**
 * Says that the person has no such account any more (R06).
 *
 * Refusals: COM-007 the person was erased.
 */
export function unlinkPigpAccount(account: Account): Decision<AccountEvent> {
  if (account.status === 'none' || account.erased) return refuse(...ERASED);
  return account.pigp ? accept({ type: 'PigpAccountUnlinked', data: { account: account.account } }) : accept();
}

/**
 * Deactivates an account, whatever its state (R01).
 *
 * Refusals: COM-007 the person was erased.
 */
export function deactivateAccount(account: Account): Decision<AccountEvent> {
  if (account.status === 'none' || account.erased) return refuse(...ERASED);
  if (account.status === 'deactivated') return accept();
  return accept({ type: 'AccountDeactivated', data: { account: account.account } });
}

/**
 * Reactivates a deactivated account; one that was never activated waits for its activation again (R01).
 *
 * Refusals: COM-007 the person was erased.
 */
export function reactivateAccount(account: Account): Decision<AccountEvent> {
  if (account.status === 'none' || account.erased) return refuse(...ERASED);
  if (account.status !== 'deactivated') return accept();
  return accept({ type: 'AccountReactivated', data: { account: account.account } });
}
