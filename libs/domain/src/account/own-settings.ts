import { accept, refuse, type Decision } from '../shared/decision.js';
import type { AccountEvent } from './account-events.js';
import type { Account } from './account.js';
import { NOT_ACTIVE } from './refusals.js';

/**
 * Changes where notifications go (R01). The login never changes: there is no command for it.
 *
 * Refusals: COM-006 the account is not active.
 */
export function changeContactAddress(account: Account, contactAddress: string): Decision<AccountEvent> {
  if (account.status !== 'active') return refuse(...NOT_ACTIVE);
  if (account.contactAddress === contactAddress) return accept();
  return accept({ type: 'ContactAddressChanged', data: { account: account.account, contactAddress } });
}

/**
 * Chooses whether notifications are sent by e-mail.
 *
 * Refusals: COM-006 the account is not active.
 */
export function chooseNotifications(account: Account, notifications: boolean): Decision<AccountEvent> {
  if (account.status !== 'active') return refuse(...NOT_ACTIVE);
  if (account.notifications === notifications) return accept();
  return accept({ type: 'NotificationsChosen', data: { account: account.account, notifications } });
}
