import { roleOf } from '../access/standing.js';
import { subscriptionOf, type Membership } from '../membership/membership.js';
import type { MembershipEvent, MembershipKey } from '../membership/membership-events.js';
import { accept, type Decision } from '../shared/decision.js';
import type { SpacePlace } from './space-opening.js';
import { covers, whyNoSubscription, type WantedSubscription } from './subscription-rules.js';

/**
 * A manager gives somebody a subscription without request (R08, R10), which answers a request that waits. Nothing happens when
 * the person has exactly this right already. Refuses what {@link whyNoSubscription} says.
 */
export function giveSubscription(
  place: SpacePlace,
  membership: Membership,
  member: MembershipKey,
  { space, service, right }: WantedSubscription,
  by: string,
): Decision<MembershipEvent> {
  const key = { space, service };
  const role = roleOf(place.structure, member.account, membership);
  const reason = whyNoSubscription(place, { membership, role }, key);
  if (reason !== null) return reason;
  if (subscriptionOf(membership, key, 'active')?.right === right) return accept();
  return accept({ type: 'SpaceSubscribed', data: { ...member, ...key, right, by } });
}

/**
 * Gives somebody a subscription that another person has (R10): like {@link giveSubscription}, but who has the right to more
 * keeps it, since duplicating rights gives and never takes.
 */
export function giveAtLeast(
  place: SpacePlace,
  membership: Membership,
  member: MembershipKey,
  wanted: WantedSubscription,
  by: string,
): Decision<MembershipEvent> {
  const right = subscriptionOf(membership, wanted, 'active')?.right;
  const decision = giveSubscription(place, membership, member, wanted, by);
  return decision.accepted && right !== undefined && covers(right, wanted.right) ? accept() : decision;
}
