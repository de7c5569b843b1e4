import { roleOf } from '../access/standing.js';
import type { MembershipEvent, MembershipKey, SubscriptionKey } from '../membership/membership-events.js';
import { subscriptionOf, type Membership } from '../membership/membership.js';
import { accept, refuse, type Decision } from '../shared/decision.js';
import { notActive, type Structure } from '../structure/structure.js';
import { SPACES } from './space-catalogue.js';
import type { SpacePlace } from './space-opening.js';
import { covers, whyNoSubscription, type WantedSubscription } from './subscription-rules.js';

/**
 * A person asks for a space, for themselves (R08). A request of a simple user for a managed space waits for a manager. In force at
 * once: a free space ("Factures émises"), whatever a manager asks for, and giving up modification for consultation, since
 * nobody's leave is needed to have less. Refuses what {@link whyNoSubscription} says, a right that the person has already
 * (`ABO-005`), and a second request while one waits, be it for another right (`ABO-006`).
 */
export function subscribe(
  place: SpacePlace,
  membership: Membership,
  member: MembershipKey,
  { space, service, right }: WantedSubscription,
): Decision<MembershipEvent> {
  const key = { space, service };
  const role = roleOf(place.structure, member.account, membership);
  const reason = whyNoSubscription(place, { membership, role }, key);
  if (reason !== null) return reason;
  const active = subscriptionOf(membership, key, 'active');
  if (active?.right === right) return refuse('ABO-005', `Vous êtes déjà abonné à cet espace en ${right}.`);
  const data = { ...member, ...key, right };
  const needsNobody =
    SPACES[space].access === 'free' || role !== 'simple' || (active !== undefined && covers(active.right, right));
  if (needsNobody) return accept({ type: 'SpaceSubscribed', data: { ...data, by: member.account } });
  if (subscriptionOf(membership, key, 'requested') !== undefined)
    return refuse(
      'ABO-006',
      'Votre demande précédente attend encore qu’un gestionnaire la valide. Retirez-la pour en faire une autre.',
    );
  return accept({ type: 'SubscriptionRequested', data });
}

/**
 * Ends a subscription, and withdraws the request for it (R08): the person's own, of whatever space, or somebody else's where
 * the caller is a manager. Nothing happens when there is none. A person who is deactivated can lose it as well; a structure
 * that is not active is refused (`STR-003`).
 */
export function unsubscribe(
  structure: Structure,
  membership: Membership,
  member: MembershipKey,
  { space, service }: SubscriptionKey,
  by: string,
): Decision<MembershipEvent> {
  if (structure.status !== 'active') return notActive(structure);
  const key = { space, service };
  const isThere =
    subscriptionOf(membership, key, 'active') !== undefined ||
    subscriptionOf(membership, key, 'requested') !== undefined;
  return isThere ? accept({ type: 'SpaceUnsubscribed', data: { ...member, ...key, by } }) : accept();
}
