import type { Account } from '../account/account.js';
import { accept, refuse, type Decision, type Refused } from '../shared/decision.js';
import { notActive, type Structure } from '../structure/structure.js';
import type { MembershipEvent, MembershipKey } from './membership-events.js';
import type { Membership } from './membership.js';

/** What a decision about one person on one structure rests on. */
export interface MembershipFacts {
  readonly structure: Structure;
  readonly membership: Membership;
  readonly key: MembershipKey;
}

/** A person's account, which must be active before anything is decided about their attachment. */
export interface FactsOfPerson extends MembershipFacts {
  readonly account: Account;
}

/** Who judges a request, and under what name those learn it who come too late. */
export interface Judging {
  /** An account, or `operator`. */
  readonly by: string;
  /** Name of whoever judged the request before, as people read it; null when nobody did. */
  readonly earlierJudge: string | null;
}

/**
 * Asks for attachment (R04). Refuses a structure that is not active, naming its successor (`STR-003`), an account that is not
 * active (`RAT-007`), a second pending request (`RAT-001`), who is attached already (`RAT-002`), and who was deactivated there
 * (`RAT-003`).
 */
export function requestAttachment(facts: FactsOfPerson): Decision<MembershipEvent> {
  const { structure, membership, key, account } = facts;
  const refused = notActiveFor(structure, account) ?? refusalOfSecondRequest(membership) ?? refusalOfMember(membership);
  return refused ?? accept({ type: 'AttachmentRequested', data: key });
}

/**
 * Validates a request (R04). Refuses a structure that is not active (`STR-003`), one's own request (`RAT-005`), one that was
 * judged meanwhile, telling by whom (`RAT-004`), one that was never made (`RAT-006`), an account that is not active any more
 * (`RAT-007`).
 */
export function validateAttachment(facts: FactsOfPerson, judging: Judging): Decision<MembershipEvent> {
  const refused = refusalOfJudging(facts, judging) ?? notActiveFor(facts.structure, facts.account);
  return refused ?? accept({ type: 'AttachmentValidated', data: { ...facts.key, by: judging.by } });
}

/** Refuses a request (R04), for a reason or none. Refuses as {@link validateAttachment} does, whatever the account is. */
export function refuseAttachment(
  facts: MembershipFacts,
  judging: Judging,
  reason: string | null,
): Decision<MembershipEvent> {
  const refused = refusalOfJudging(facts, judging);
  return refused ?? accept({ type: 'AttachmentRefused', data: { ...facts.key, by: judging.by, reason } });
}

/**
 * Attaches a user directly (R05); a request that waits is validated by it. Refuses a structure that is not active (`STR-003`),
 * oneself (`RAT-005`), an account that is not active (`RAT-007`), who is attached already (`RAT-002`) and who was deactivated
 * there (`RAT-003`).
 */
export function attachUser(facts: FactsOfPerson, by: string): Decision<MembershipEvent> {
  const { structure, membership, key, account } = facts;
  const refused = refusalOfOneself(key, by) ?? notActiveFor(structure, account) ?? refusalOfMember(membership);
  return refused ?? accept(attachment(facts, by));
}

/** The event by which somebody comes to be attached: of a request that waits, its validation. */
export function attachment({ membership, key }: MembershipFacts, by: string): MembershipEvent {
  const type = membership.status === 'requested' ? 'AttachmentValidated' : 'UserAttached';
  return { type, data: { ...key, by } };
}

function notActiveFor(structure: Structure, account: Account): Refused | null {
  if (structure.status !== 'active') return notActive(structure);
  if (account.status !== 'active')
    return refuse('RAT-007', 'Ce compte n’est pas actif : il doit l’être pour un rattachement.');
  return null;
}

function refusalOfSecondRequest({ status }: Membership): Refused | null {
  if (status !== 'requested') return null;
  return refuse('RAT-001', 'Une demande de rattachement à cette structure est déjà en attente de validation.');
}

function refusalOfMember({ status }: Membership): Refused | null {
  if (status === 'attached') return refuse('RAT-002', 'L’utilisateur est déjà rattaché à cette structure.');
  if (status === 'deactivated')
    return refuse(
      'RAT-003',
      'Les habilitations de l’utilisateur sur cette structure sont désactivées : un gestionnaire peut les réactiver.',
    );
  return null;
}

function refusalOfOneself({ account }: MembershipKey, by: string): Refused | null {
  if (account !== by) return null;
  return refuse('RAT-005', 'Personne ne valide son propre rattachement : un autre gestionnaire doit le faire.');
}

function refusalOfJudging(facts: MembershipFacts, { by, earlierJudge }: Judging): Refused | null {
  const { structure, membership, key } = facts;
  const own = refusalOfOneself(key, by);
  if (own !== null) return own;
  if (structure.status !== 'active') return notActive(structure);
  if (membership.status === 'requested') return null;
  const { judgement } = membership;
  if (judgement === null)
    return refuse('RAT-006', 'Cet utilisateur n’a pas de demande de rattachement en attente sur cette structure.');
  const outcome = judgement.outcome === 'validated' ? 'validée' : 'refusée';
  return refuse(
    'RAT-004',
    `La demande de rattachement a déjà été ${outcome} par ${earlierJudge ?? 'un gestionnaire'}.`,
  );
}
