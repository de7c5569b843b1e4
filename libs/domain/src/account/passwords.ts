import { accept, refuse, type Decision } from '../shared/decision.js';
import type { AccountEvent } from './account-events.js';
import type { Account } from './account.js';
import { judgePassword } from './password-policy.js';
import { DEACTIVATED, NOT_ACTIVE } from './refusals.js';

/**
 * Asks for a link that lets a new password be chosen (R01). Nobody is signed in who asks, so nothing is said of a
 * deactivated account: nothing happens. One that waits for its activation has the link too.
 */
export function requestPasswordReset(account: Account): Decision<AccountEvent> {
  if (account.status !== 'active' && account.status !== 'pending') return accept();
  return accept({ type: 'PasswordResetRequested', data: { account: account.account } });
}

/**
 * Chooses a new password by the link that came by e-mail (R01). Whoever has the link has shown that the address is theirs,
 * so an account that waited for its activation is active.
 *
 * Refusals: COM-005 the account is deactivated; COM-002, COM-003, COM-004 the password is not good enough.
 */
export function resetPassword(account: Account, password: string): Decision<AccountEvent> {
  if (account.status !== 'active' && account.status !== 'pending') return refuse(...DEACTIVATED);
  const refused = judgePassword(password, account.login);
  if (refused !== null) return refused;
  const changed: AccountEvent = { type: 'PasswordChanged', data: { account: account.account } };
  if (account.status === 'active') return accept(changed);
  return accept<AccountEvent>(changed, { type: 'AccountActivated', data: { account: account.account } });
}

/**
 * Changes the password of a person who is signed in and has shown the one in force (R01).
 *
 * Refusals: COM-006 the account is not active; COM-002, COM-003, COM-004 the password is not good enough.
 */
export function changePassword(account: Account, password: string): Decision<AccountEvent> {
  if (account.status !== 'active') return refuse(...NOT_ACTIVE);
  const refused = judgePassword(password, account.login);
  if (refused !== null) return refused;
  return accept({ type: 'PasswordChanged', data: { account: account.account } });
}
