import { unreachable } from '../shared/decision.js';
import type { SpaceRight } from '../space/space-catalogue.js';
import type { MembershipEvent, SubscriptionKey } from './membership-events.js';

/** A subscription that is in force, or that a manager has yet to judge. */
export interface Subscription extends SubscriptionKey {
  readonly right: SpaceRight;
  readonly status: 'requested' | 'active';
  /** Who put it in force: an account, or `operator`; null while it waits. */
  readonly by: string | null;
}

/** A request for a space that was refused, until the person asks again. */
export interface RefusedSubscription extends SubscriptionKey {
  readonly by: string;
}

/** What became of the latest request for attachment, and who judged it: an account, or `operator`. */
export interface AttachmentJudgement {
  readonly outcome: 'validated' | 'refused';
  readonly by: string;
}

/** One person on one structure, as the person's stream there tells it. */
export interface Membership {
  /** `none`: never asked, refused, or deleted since; `deactivated`: attached, and may do nothing for now. */
  readonly status: 'none' | 'requested' | 'attached' | 'deactivated';
  /** Whether the person was appointed secondary manager. Who is the primary one stands on the structure. */
  readonly secondaryManager: boolean;
  /** So that the second of two who judge one request learns who was first (R04); null while it waits, and without one. */
  readonly judgement: AttachmentJudgement | null;
  /** Codes of the services that the person is enabled on (R11). */
  readonly services: readonly string[];
  readonly subscriptions: readonly Subscription[];
  /** So that the second of two who judge one request learns who was first (R08). */
  readonly refusedSubscriptions: readonly RefusedSubscription[];
}

export const noMembership: Membership = {
  status: 'none',
  secondaryManager: false,
  judgement: null,
  services: [],
  subscriptions: [],
  refusedSubscriptions: [],
};

/** Applies one event of the membership's stream. */
export function evolveMembership(membership: Membership, event: MembershipEvent): Membership {
  switch (event.type) {
    case 'AttachmentRequested':
      return { ...noMembership, status: 'requested' };
    case 'AttachmentRefused':
      return { ...noMembership, judgement: { outcome: 'refused', by: event.data.by } };
    case 'AuthorisationDeleted':
      return noMembership;
    case 'AttachmentValidated':
      return { ...membership, status: 'attached', judgement: { outcome: 'validated', by: event.data.by } };
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
      return withSubscription(membership, { ...event.data, by: null }, 'requested');
    case 'SpaceSubscribed':
      return withSubscription(membership, event.data, 'active');
    case 'SubscriptionRefused': {
      const { space, service, by } = event.data;
      const rest = withoutSubscription(membership, event.data, 'requested');
      return { ...rest, refusedSubscriptions: [...rest.refusedSubscriptions, { space, service, by }] };
    }
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
  { space, service, right, by }: Omit<Subscription, 'status'>,
  status: Subscription['status'],
): Membership {
  // What comes into force answers the request for it as well.
  const rest = withoutSubscription(membership, { space, service }, status === 'active' ? undefined : 'requested');
  return { ...rest, subscriptions: [...rest.subscriptions, { space, service, right, status, by }] };
}

function withoutSubscription(
  membership: Membership,
  key: SubscriptionKey,
  status?: Subscription['status'],
): Membership {
  const stays = (one: Subscription): boolean =>
    !isSamePlace(one, key) || (status !== undefined && one.status !== status);
  return {
    ...membership,
    subscriptions: membership.subscriptions.filter(stays),
    refusedSubscriptions: membership.refusedSubscriptions.filter((one) => !isSamePlace(one, key)),
  };
}

function without<T>(all: readonly T[], one: T): readonly T[] {
  return all.filter((other) => other !== one);
}
