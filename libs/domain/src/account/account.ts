import { unreachable } from '../shared/decision.js';
import type { Personal } from '../shared/personal-data.js';
import type { AccountEvent, LoginEvent } from './account-events.js';

/** An account that exists. What is personal in it is null once the person was erased. */
export interface ExistingAccount {
  /** One that was deactivated before it was activated waits for its activation again when it is reactivated (R01). */
  readonly status: 'pending' | 'active' | 'deactivated';
  /** UUID. */
  readonly account: string;
  /** Whether the person has shown that the login address is theirs. */
  readonly activated: boolean;
  /** Adresse de connexion: unique, final. */
  readonly login: Personal<string>;
  /** Adresse de contact: where notifications go. */
  readonly contactAddress: Personal<string>;
  readonly firstName: Personal<string>;
  readonly lastName: Personal<string>;
  /** Whether the person wants notifications by e-mail. */
  readonly notifications: boolean;
  /** Whether the person has an account of the Portail internet de la gestion publique (R06). */
  readonly pigp: boolean;
  /** Whether the person was erased: such an account stays deactivated for ever. */
  readonly erased: boolean;
}

export type Account = { readonly status: 'none' } | ExistingAccount;

export const noAccount: Account = { status: 'none' };

/** Applies one event of the account's stream. */
export function evolveAccount(account: Account, event: AccountEvent): Account {
  if (event.type === 'AccountCreated')
    return { ...event.data, status: 'pending', activated: false, notifications: true, pigp: false, erased: false };
  if (account.status === 'none') return account;
  switch (event.type) {
    case 'ActivationRequested':
    case 'PasswordResetRequested':
    case 'PasswordChanged':
      return account;
    case 'AccountActivated':
      return { ...account, status: 'active', activated: true };
    case 'ContactAddressChanged':
      return { ...account, contactAddress: event.data.contactAddress };
    case 'NotificationsChosen':
      return { ...account, notifications: event.data.notifications };
    case 'PigpAccountLinked':
    case 'PigpAccountUnlinked':
      return { ...account, pigp: event.type === 'PigpAccountLinked' };
    case 'AccountDeactivated':
      return { ...account, status: 'deactivated' };
    case 'AccountReactivated':
      return { ...account, status: account.activated ? 'active' : 'pending' };
    case 'PersonErased':
      return { ...account, ...NOTHING_PERSONAL, status: 'deactivated', erased: true };
    default:
      return unreachable(event);
  }
}

const NOTHING_PERSONAL = { login: null, contactAddress: null, firstName: null, lastName: null };

/** The claim on a login address: whose it is, or nobody's yet. */
export type Login = { readonly account: string } | { readonly account: null };

export const freeLogin: Login = { account: null };

/** Applies one event of the claim's stream. */
export function evolveLogin(_login: Login, event: LoginEvent): Login {
  return { account: event.data.account };
}
