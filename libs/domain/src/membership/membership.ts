import { unreachable } from '../shared/decision.js';
import type { SpaceRight } from '../space/space-catalogue.js';
import type { MembershipEvent, SubscriptionKey } from './membership-events.js';

/** A subscription that is in force, or that a manager has yet to judge. */
export interface Subscription extends SubscriptionKey {
  readonly right: SpaceRight;
  readonly status: 'requested' | 'active';
}

/** One person on one structure, as the person's stream there tells it. */
export interface Membership {
  /** `none`: never asked, refused, or deleted since; `deactivated`: attached, and may do nothing for now. */
  readonly status: 'none' | 'requested' | 'attached' | 'deactivated';
  /** Whether the person was appointed secondary manager. Who is the primary one stands on the structure. */
  readonly secondaryManager: boolean;
  /** Codes of the services that the person is enabled on (R11). */
  readonly services: readonly string[];
  readonly subscriptions: readonly Subscription[];
}

export const noMembership: Membership = {
  status: 'none',
  secondaryManager: false,
  services: [],
  subscriptions: [],
};

/** Applies one event of the membership's stream. */
export function evolveMembership(membership: Membership, event: MembershipEvent): Membership {
  switch (event.type) {
    case 'AttachmentRequested':
      return { ...noMembership, status: 'requested' };
    case 'AttachmentRefused':
    case 'AuthorisationDeleted':
      return noMembership;
    case 'AttachmentValidated':
    case 'UserAttached':
    case 'AuthorisationReactivated':
      return { ...membership, status: 'attached' };
    case 'AuthorisationDeactivated':
      return { ...membership, status: 'deactivated' };
    case 'SecondaryManagerAppointed':
      return { ...membership, secondaryManager: true };
    case 'SecondaryManagerDismissed':
      return { ...membership, secondaryManager: false };
    case 'ServiceUserEnabled':
      return { ...membership, services: [...without(membership.services, event.data.service), event.data.service] };
    case 'ServiceUserDisabled':
      return { ...membership, services: without(membership.services, event.data.service) };
    case 'SubscriptionRequested':
      return withSubscription(membership, event.data, 'requested');
    case 'SpaceSubscribed':
      return withSubscription(membership, event.data, 'active');
    case 'SubscriptionRefused':
      return withoutSubscription(membership, event.data, 'requested');
    case 'SpaceUnsubscribed':
      return withoutSubscription(membership, event.data);
    default:
      return unreachable(event);
  }
}

/** The subscription to a space at a place, requested or in force; a person can have one of each (an upgrade being asked). */
export function subscriptionOf(
  { subscriptions }: Membership,
  key: SubscriptionKey,
  status: Subscription['status'],
): Subscription | undefined {
  return subscriptions.find((one) => one.status === status && isSamePlace(one, key));
}

function isSamePlace(left: SubscriptionKey, right: SubscriptionKey): boolean {
  return left.space === right.space && left.service === right.service;
}

function withSubscription(
  membership: Membership,
  { space, service, right }: SubscriptionKey & { right: SpaceRight },
  status: Subscription['status'],
): Membership {
  // What comes into force answers the request for it as well.
  const rest = withoutSubscription(membership, { space, service }, status === 'active' ? undefined : 'requested');
  return { ...rest, subscriptions: [...rest.subscriptions, { space, service, right, status }] };
}

function withoutSubscription(
  membership: Membership,
  key: SubscriptionKey,
  status?: Subscription['status'],
): Membership {
  const stays = (one: Subscription): boolean =>
    !isSamePlace(one, key) || (status !== undefined && one.status !== status);
  return { ...membership, subscriptions: membership.subscriptions.filter(stays) };
}

function without<T>(all: readonly T[], one: T): readonly T[] {
  return all.filter((other) => other !== one);
}
