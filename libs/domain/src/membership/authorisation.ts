import type { Role } from '../access/standing.js';
import { accept, refuse, type Decision, type Refused } from '../shared/decision.js';
import { notActive } from '../structure/structure.js';
import type { MembershipFacts } from './attachment.js';
import type { MembershipEvent } from './membership-events.js';

/** Who decides on somebody's authorisations: an account and its role there, or an operator. */
export interface Authority {
  /** An account, or `operator`. */
  readonly by: string;
  readonly role: Role | 'operator';
}

/**
 * Deactivates somebody's authorisations on a structure (R05); nothing happens when they are. Refuses a structure that is not
 * active (`STR-003`), who is not attached (`RAT-008`), the primary manager (`RAT-009`), and a secondary manager unless the
 * primary one or support decides (`RAT-010`): who appoints managers is alone to put them out.
 */
export function deactivateAuthorisation(facts: MembershipFacts, authority: Authority): Decision<MembershipEvent> {
  const refused = refusalOfAuthority(facts, authority);
  if (refused !== null) return refused;
  if (facts.membership.status === 'deactivated') return accept();
  return accept({ type: 'AuthorisationDeactivated', data: { ...facts.key, by: authority.by } });
}

/**
 * Reactivates somebody's authorisations (R05): the person has again what there was, a secondary manager's role included.
 * Nothing happens when they are active. Refuses as {@link deactivateAuthorisation} does.
 */
export function reactivateAuthorisation(facts: MembershipFacts, authority: Authority): Decision<MembershipEvent> {
  const refused = refusalOfAuthority(facts, authority);
  if (refused !== null) return refused;
  if (facts.membership.status === 'attached') return accept();
  return accept({ type: 'AuthorisationReactivated', data: { ...facts.key, by: authority.by } });
}

/**
 * Ends somebody's attachment (R05): role, services and subscriptions are gone, and a new request may be made. Everyone but the
 * primary manager may end their own. Refuses as {@link deactivateAuthorisation} does.
 */
export function deleteAuthorisation(facts: MembershipFacts, authority: Authority): Decision<MembershipEvent> {
  const refused = refusalOfAuthority(facts, authority);
  return refused ?? accept({ type: 'AuthorisationDeleted', data: { ...facts.key, by: authority.by } });
}

function refusalOfAuthority({ structure, membership, key }: MembershipFacts, { by, role }: Authority): Refused | null {
  if (structure.status !== 'active') return notActive(structure);
  if (membership.status === 'none' || membership.status === 'requested')
    return refuse('RAT-008', 'L’utilisateur n’est pas rattaché à cette structure.');
  if (structure.primaryManager === key.account)
    return refuse(
      'RAT-009',
      'Le gestionnaire principal garde ses habilitations tant qu’il l’est : transférez d’abord son rôle.',
    );
  if (membership.secondaryManager && role === 'secondary' && by !== key.account)
    return refuse('RAT-010', 'Seul le gestionnaire principal décide des habilitations d’un gestionnaire secondaire.');
  return null;
}
