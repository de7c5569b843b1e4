import type { Event } from '../shared/event.js';
import type { SpaceCode, SpaceRight } from '../space/space-catalogue.js';

/** One person on one structure. */
export interface MembershipKey {
  /** Identifier of the structure. */
  readonly structure: string;
  /** UUID of the account. */
  readonly account: string;
}

/** A subscription to a space: on the whole structure, or on one service of it. */
export interface SubscriptionKey {
  readonly space: SpaceCode;
  /** Service code; null for the structure itself. */
  readonly service: string | null;
}

/**
 * What one person may do on one structure (R03–R05, R08–R10). Stream `membership-<structure>/<account>`: of its own for each
 * pair, so that two people who do unrelated things on one structure do not conflict, and a structure of 10,000 users is as
 * quick as one of two. Who the primary manager is stands on the structure alone (`PrimaryManagerNamed`).
 */
export type MembershipEvent =
  /** Demande de rattachement (R04). */
  | Event<'AttachmentRequested', MembershipKey>
  | Event<'AttachmentValidated', MembershipKey & { by: string }>
  | Event<'AttachmentRefused', MembershipKey & { by: string; reason: string | null }>
  /** Attached without a request: by a manager (R05), or by creating the structure (R02). */
  | Event<'UserAttached', MembershipKey & { by: string }>
  | Event<'SecondaryManagerAppointed', MembershipKey & { by: string }>
  | Event<'SecondaryManagerDismissed', MembershipKey & { by: string }>
  | Event<'AuthorisationDeactivated', MembershipKey & { by: string }>
  | Event<'AuthorisationReactivated', MembershipKey & { by: string }>
  /** The person no longer belongs to the structure; a new request may be made. */
  | Event<'AuthorisationDeleted', MembershipKey & { by: string }>
  /** Users are enabled per service (R11). */
  | Event<'ServiceUserEnabled', MembershipKey & { service: string; by: string }>
  | Event<'ServiceUserDisabled', MembershipKey & { service: string; by: string }>
  /** Demande d’abonnement à un espace (R08). */
  | Event<'SubscriptionRequested', MembershipKey & SubscriptionKey & { right: SpaceRight }>
  | Event<'SubscriptionRefused', MembershipKey & SubscriptionKey & { by: string; reason: string | null }>
  /** In force, by a validated request, by a manager without request, or by itself where the space needs nobody's leave. */
  | Event<'SpaceSubscribed', MembershipKey & SubscriptionKey & { right: SpaceRight; by: string }>
  | Event<'SpaceUnsubscribed', MembershipKey & SubscriptionKey & { by: string }>;

/** Stream of a membership. */
export function membershipStream({ structure, account }: MembershipKey): string {
  return `membership-${encodeURIComponent(structure)}/${account}`;
}
