import { roleOf } from '../access/standing.js';
import { subscriptionOf, type Membership } from '../membership/membership.js';
import type { MembershipEvent, MembershipKey, SubscriptionKey } from '../membership/membership-events.js';
import { accept, refuse, type Decision, type Refused } from '../shared/decision.js';
import { isSameSpace, notActive, type Structure } from '../structure/structure.js';
import type { SpacePlace } from './space-opening.js';
import { whyNoSubscription } from './subscription-rules.js';

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
  by: string,
): Decision<MembershipEvent> {
  const key = { space, service };
  if (place.structure.status !== 'active') return notActive(place.structure);
  const request = subscriptionOf(membership, key, 'requested');
  if (request === undefined) return nothingToJudge(membership, key);
  const role = roleOf(place.structure, member.account, membership);
  const reason = whyNoSubscription(place, { membership, role }, key);
  if (reason !== null) return reason;
  return accept({ type: 'SpaceSubscribed', data: { ...member, ...key, right: request.right, by } });
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
  judgement: { readonly by: string; readonly reason: string | null },
): Decision<MembershipEvent> {
  const key = { space, service };
  if (structure.status !== 'active') return notActive(structure);
  if (subscriptionOf(membership, key, 'requested') === undefined) return nothingToJudge(membership, key);
  return accept({ type: 'SubscriptionRefused', data: { ...member, ...key, ...judgement } });
}

function nothingToJudge(membership: Membership, key: SubscriptionKey): Refused {
  const refused = membership.refusedSubscriptions.find((one) => isSameSpace(one, key));
  if (refused !== undefined) return refuse('ABO-008', `La demande a déjà été refusée par ${named(refused.by)}.`);
  const active = subscriptionOf(membership, key, 'active');
  if (active !== undefined) return refuse('ABO-008', `La demande a déjà été validée par ${named(active.by)}.`);
  return refuse('ABO-007', 'Cette personne n’a pas de demande d’abonnement en attente pour cet espace.');
}

function named(by: string | null): string {
  return by === null || by === 'operator' ? 'le support' : `le compte ${by}`;
}
