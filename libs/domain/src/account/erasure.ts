import { accept, refuse, type Decision } from '../shared/decision.js';
import type { AccountEvent } from './account-events.js';
import type { Account } from './account.js';

/** How many structures a refusal names; a person may be the primary manager of hundreds. */
const NAMED = 5;

/**
 * Erases a person: the account is deactivated for ever, and whatever the log says of the person reads as null from then on.
 * Nothing happens to a person who was erased already. Refuses an account that does not exist (`COM-050`), and the primary
 * manager of structures that are still active (`COM-051`), which would be left without one (R03).
 *
 * @param managed identifiers of the active structures whose primary manager the person is
 */
export function erasePerson(account: Account, managed: readonly string[]): Decision<AccountEvent> {
  if (account.status === 'none') return refuse('COM-050', 'Ce compte n’existe pas.');
  if (account.erased) return accept();
  if (managed.length > 0) return refuse('COM-051', stillPrimaryManager(managed));
  const data = { account: account.account };
  const deactivated: AccountEvent[] =
    account.status === 'deactivated' ? [] : [{ type: 'AccountDeactivated', data: { ...data } }];
  return accept<AccountEvent>(...deactivated, { type: 'PersonErased', data });
}

function stillPrimaryManager(managed: readonly string[]): string {
  const more = managed.length > NAMED ? ` et ${managed.length - NAMED} de plus` : '';
  return (
    `Cette personne est gestionnaire principal de ${managed.slice(0, NAMED).join(', ')}${more}. ` +
    'Transférez d’abord ce rôle, ou faites désactiver la structure.'
  );
}
