import { accept, refuse, type Decision, type Refused } from '../shared/decision.js';
import { notActive } from '../structure/structure.js';
import type { FactsOfPerson, MembershipFacts } from './attachment.js';
import { refusalOfManager } from './manager-duty.js';
import type { MembershipEvent } from './membership-events.js';

/**
 * Appoints a secondary manager (R03); nothing happens to one who is. Refuses a structure that is not active (`STR-003`), who is
 * not attached (`ROL-004`), the primary manager (`ROL-001`), whoever may not manage such a structure (`ROL-002`, `ROL-003`).
 */
export function appointSecondaryManager(facts: FactsOfPerson, by: string): Decision<MembershipEvent> {
  const { structure, membership, key, account } = facts;
  if (structure.status !== 'active') return notActive(structure);
  const refused = refusalOfCandidate(facts) ?? refusalOfManager(structure.category, account);
  if (refused !== null) return refused;
  return membership.secondaryManager ? accept() : accept({ type: 'SecondaryManagerAppointed', data: { ...key, by } });
}

/**
 * Makes a secondary manager a simple user again; nothing happens to one who is none. Refuses a structure that is not active
 * (`STR-003`), who is not attached (`ROL-004`), the primary manager (`ROL-001`).
 */
export function dismissSecondaryManager(facts: MembershipFacts, by: string): Decision<MembershipEvent> {
  const { structure, membership, key } = facts;
  if (structure.status !== 'active') return notActive(structure);
  // One who is deactivated keeps the role for the day of the reactivation, and may lose it before.
  const refused = membership.status === 'deactivated' ? null : refusalOfCandidate(facts);
  if (refused !== null) return refused;
  return membership.secondaryManager ? accept({ type: 'SecondaryManagerDismissed', data: { ...key, by } }) : accept();
}

function refusalOfCandidate({ structure, membership, key }: MembershipFacts): Refused | null {
  if (membership.status !== 'attached')
    return refuse('ROL-004', 'L’utilisateur n’est pas rattaché à cette structure : rattachez-le d’abord.');
  if (structure.status === 'active' && structure.primaryManager === key.account)
    return refuse('ROL-001', 'Cette personne est le gestionnaire principal de la structure.');
  return null;
}
