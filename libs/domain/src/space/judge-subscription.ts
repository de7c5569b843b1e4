import { roleOf } from '../access/standing.js';
import { subscriptionOf, type Membership } from '../membership/membership.js';
import type { MembershipEvent, MembershipKey, SubscriptionKey } from '../membership/membership-events.js';
import { accept, refuse, type Decision, type Refused } from '../shared/decision.js';
import { isSameSpace, notActive, type Structure } from '../structure/structure.js';
import type { SpacePlace } from './space-opening.js';
import { whyNoSubscription } from './subscription-rules.js';

/** Who judges a request, and under what name those learn it who come too late. */
export interface SubscriptionJudging {
  /** An account, or `operator`. */
  readonly by: string;
  /** Name of whoever judged the request before, as people read it; null when it is not known or nobody did. */
  readonly earlierJudge: string | null;
}

/**
 * A manager validates a request for a space (R08). Who may judge is the policy's to say (`space.judge-subscription`), so a
 * simple user cannot validate their own; somebody who has become a manager since may. Refuses when no request waits
 * (`ABO-007`), and says who judged it where somebody did (`ABO-008`); and what {@link whyNoSubscription} says, since the space
 * may have been closed or the person deactivated since.
 */
export function validateSubscription(
  place: SpacePlace,
  membership: Membership,
  member: MembershipKey,
  { space, service }: SubscriptionKey,
  judging: SubscriptionJudging,
): Decision<MembershipEvent> {
  const key = { space, service };
  if (place.structure.status !== 'active') return notActive(place.structure);
  const request = subscriptionOf(membership, key, 'requested');
  if (request === undefined) return nothingToJudge(membership, key, judging);
  const role = roleOf(place.structure, member.account, membership);
  const reason = whyNoSubscription(place, { membership, role }, key);
  if (reason !== null) return reason;
  return accept({ type: 'SpaceSubscribed', data: { ...member, ...key, right: request.right, by: judging.by } });
}

/**
 * A manager refuses a request for a space (R08); a subscription that is in force stays when it was an upgrade that was asked.
 * Refuses a structure that is not active (`STR-003`), and when no request waits (`ABO-007`, `ABO-008`).
 */
export function refuseSubscription(
  structure: Structure,
  membership: Membership,
  member: MembershipKey,
  { space, service }: SubscriptionKey,
  judging: SubscriptionJudging,
  reason: string | null,
): Decision<MembershipEvent> {
  const key = { space, service };
  if (structure.status !== 'active') return notActive(structure);
  if (subscriptionOf(membership, key, 'requested') === undefined) return nothingToJudge(membership, key, judging);
  return accept({ type: 'SubscriptionRefused', data: { ...member, ...key, by: judging.by, reason } });
}

/** The account, or `operator`, who judged the last request for a space at a place; null when nobody did. */
export function judgeOfSubscription(membership: Membership, key: SubscriptionKey): string | null {
  const refused = membership.refusedSubscriptions.find((one) => isSameSpace(one, key));
  return refused?.by ?? subscriptionOf(membership, key, 'active')?.by ?? null;
}

function nothingToJudge(membership: Membership, key: SubscriptionKey, { earlierJudge }: SubscriptionJudging): Refused {
  if (judgeOfSubscription(membership, key) === null)
    return refuse('ABO-007', 'Cette personne n’a pas de demande d’abonnement en attente pour cet espace.');
  const outcome = membership.refusedSubscriptions.some((one) => isSameSpace(one, key)) ? 'refusée' : 'validée';
  return refuse('ABO-008', `La demande a déjà été ${outcome} par ${earlierJudge ?? 'un gestionnaire'}.`);
}
