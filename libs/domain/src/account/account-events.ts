import type { Event } from '../shared/event.js';
import type { Personal } from '../shared/personal-data.js';

/**
 * A person's account (R01). Stream `account-<UUID>`. Passwords, links and sessions are no events: a secret never reaches
 * the log.
 */
export type AccountEvent =
  | Event<
      'AccountCreated',
      {
        account: string;
        /** Adresse de connexion: unique, final. */
        login: Personal<string>;
        /** Adresse de contact: where notifications go. */
        contactAddress: Personal<string>;
        firstName: Personal<string>;
        lastName: Personal<string>;
      }
    >
  /** The activation link is to be sent (again). */
  | Event<'ActivationRequested', { account: string }>
  | Event<'AccountActivated', { account: string }>
  | Event<'ContactAddressChanged', { account: string; contactAddress: Personal<string> }>
  | Event<'PasswordResetRequested', { account: string }>
  /** A new password is in force; what it is stands nowhere in the log. */
  | Event<'PasswordChanged', { account: string }>
  | Event<'NotificationsChosen', { account: string; notifications: boolean }>
  /** The account of the Portail internet de la gestion publique that managers of public structures outside the State need (R06). */
  | Event<'PigpAccountLinked', { account: string }>
  | Event<'PigpAccountUnlinked', { account: string }>
  | Event<'AccountDeactivated', { account: string }>
  | Event<'AccountReactivated', { account: string }>
  /** The person's key is destroyed: the personal data of every event of theirs read as null from now on. */
  | Event<'PersonErased', { account: string }>;

/**
 * The claim on a login address. Stream `login-<HMAC of the address>`, created once: so the database itself refuses the
 * second account of one address, whoever races.
 */
export type LoginEvent = Event<'LoginTaken', { account: string }>;

/** Stream of an account. */
export function accountStream(account: string): string {
  return `account-${account}`;
}

/**
 * Stream of the claim on a login address.
 *
 * @param digest keyed digest of the address (hex): the address itself is personal and must not stand in the log
 */
export function loginStream(digest: string): string {
  return `login-${digest}`;
}
