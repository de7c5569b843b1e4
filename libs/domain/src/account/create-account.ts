import { accept, refuse, type Decision } from '../shared/decision.js';
import type { AccountEvent, LoginEvent } from './account-events.js';
import type { Account, Login } from './account.js';
import { judgePassword } from './password-policy.js';

/** What a person says who creates an account. */
export interface AccountToCreate {
  /** UUID. */
  readonly account: string;
  /** Adresse de connexion, as it was typed. */
  readonly login: string;
  /** Adresse de contact; null for the login. */
  readonly contactAddress: string | null;
  readonly firstName: string;
  readonly lastName: string;
  /** Judged here, recorded nowhere. */
  readonly password: string;
}

/**
 * Takes a login address for an account, for ever (R01).
 *
 * Refusals: COM-001 the address is somebody's already.
 */
export function takeLogin(login: Login, account: string): Decision<LoginEvent> {
  if (login.account === account) return accept();
  if (login.account !== null)
    return refuse(
      'COM-001',
      'Un compte existe déjà pour cette adresse de connexion. S’il est à vous, demandez un nouveau lien d’activation ou ' +
        'un nouveau mot de passe.',
    );
  return accept({ type: 'LoginTaken', data: { account } });
}

/**
 * Creates an account that waits for its activation (R01).
 *
 * Refusals: COM-002, COM-003, COM-004 the password is not good enough.
 */
export function createAccount(account: Account, wanted: AccountToCreate): Decision<AccountEvent> {
  if (account.status !== 'none') return accept();
  const { password, contactAddress, ...person } = wanted;
  const refused = judgePassword(password, wanted.login);
  if (refused !== null) return refused;
  return accept({ type: 'AccountCreated', data: { ...person, contactAddress: contactAddress ?? wanted.login } });
}
