import type { Account } from '../account/account.js';
import { refuse, type Refused } from '../shared/decision.js';
import type { StructureCategory } from '../structure/structure-events.js';

/** The public structures outside the State: their managers need an account of the PIGP, a blocking control (R06). */
const OUTSIDE_THE_STATE: readonly StructureCategory[] = ['LOCAL_AUTHORITY', 'OTHER_PUBLIC'];

/**
 * Why somebody may not be manager, primary or secondary, of a structure of this category: no active account (`ROL-003`), or no
 * account of the Portail internet de la gestion publique on a public structure outside the State (`ROL-002`, R06, R07).
 *
 * @returns null when there is nothing against it
 */
export function refusalOfManager(category: StructureCategory, account: Account): Refused | null {
  if (account.status !== 'active')
    return refuse('ROL-003', 'Cette personne n’a pas de compte actif : elle doit d’abord activer son compte.');
  if (OUTSIDE_THE_STATE.includes(category) && !account.pigp)
    return refuse(
      'ROL-002',
      'Les gestionnaires d’une structure publique hors État doivent disposer d’un compte PIGP : ' +
        'demandez-le au comptable public ou à la direction des finances publiques du département.',
    );
  return null;
}
