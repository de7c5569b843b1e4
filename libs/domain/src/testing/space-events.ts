import type { MembershipEvent, MembershipKey, SubscriptionKey } from '../membership/membership-events.js';
import { evolveService, noService, type Service, type ServiceEvent } from '../service/service.js';
import type { SpaceCode, SpaceRight } from '../space/space-catalogue.js';
import type { SpacePlace } from '../space/space-opening.js';
import type { StructureEvent } from '../structure/structure-events.js';
import { evolveStructure, noStructure, type Structure } from '../structure/structure.js';

/** A structure with two managers and a user, and its service, for specifications of rights. */
export const STRUCTURE = '11000201100044';
export const PRIMARY = '11111111-1111-4111-8111-111111111111';
export const MANAGER = '22222222-2222-4222-8222-222222222222';
export const USER = '33333333-3333-4333-8333-333333333333';
export const SERVICE = 'COMPTA';

export const user: MembershipKey = { structure: STRUCTURE, account: USER };

/** The structure, after these events. */
export function structureOf(...events: readonly StructureEvent[]): Structure {
  return [registered(true), ...events].reduce(evolveStructure, noStructure);
}

/** A company, after these events. */
export function companyOf(...events: readonly StructureEvent[]): Structure {
  return [registered(false), ...events].reduce(evolveStructure, noStructure);
}

/** Its service, after these events. */
export function serviceOf(...events: readonly ServiceEvent[]): Service {
  return [opened, ...events].reduce(evolveService, noService);
}

/** The place that a key is about: the active structure with these spaces open, and its active service. */
export function placeOf(
  { service }: { readonly service: string | null },
  ...events: readonly StructureEvent[]
): SpacePlace {
  return { structure: structureOf(...events), service: service === null ? null : serviceOf() };
}

function registered(publicEntity: boolean): StructureEvent {
  const data = { identifier: STRUCTURE, name: 'Ministère', publicEntity, primaryManager: PRIMARY };
  return { type: 'StructureRegistered', data };
}

const opened: ServiceEvent = {
  type: 'ServiceOpened',
  data: { structure: STRUCTURE, code: SERVICE, name: 'Comptabilité' },
};
export const serviceDeactivated: ServiceEvent = {
  type: 'ServiceDeactivated',
  data: { structure: STRUCTURE, code: SERVICE },
};
export const replaced: StructureEvent = { type: 'StructureDeactivated', data: { successor: '11000201100051' } };

/** A space opened on the structure, or on the service. */
export function spaceOpened(space: SpaceCode, service: string | null = null): StructureEvent {
  return { type: 'SpaceOpened', data: { space, service, by: MANAGER } };
}

/** A space closed. */
export function spaceClosed(space: SpaceCode, service: string | null = null): StructureEvent {
  return { type: 'SpaceClosed', data: { space, service, by: MANAGER } };
}

export const attached: MembershipEvent = { type: 'UserAttached', data: { ...user, by: MANAGER } };
export const appointed: MembershipEvent = { type: 'SecondaryManagerAppointed', data: { ...user, by: PRIMARY } };
export const dismissed: MembershipEvent = { type: 'SecondaryManagerDismissed', data: { ...user, by: PRIMARY } };
export const deactivated: MembershipEvent = { type: 'AuthorisationDeactivated', data: { ...user, by: MANAGER } };
export const reactivated: MembershipEvent = { type: 'AuthorisationReactivated', data: { ...user, by: MANAGER } };
export const deleted: MembershipEvent = { type: 'AuthorisationDeleted', data: { ...user, by: MANAGER } };
export const enabled: MembershipEvent = {
  type: 'ServiceUserEnabled',
  data: { ...user, service: SERVICE, by: MANAGER },
};

/** The user asked for a space. */
export function requested(key: SubscriptionKey, right: SpaceRight): MembershipEvent {
  return { type: 'SubscriptionRequested', data: { ...user, ...key, right } };
}

/** A space is in force for the user. */
export function subscribed(key: SubscriptionKey, right: SpaceRight, by: string = MANAGER): MembershipEvent {
  return { type: 'SpaceSubscribed', data: { ...user, ...key, right, by } };
}

/** The request of the user was refused. */
export function refusedTo(key: SubscriptionKey, reason: string | null = null): MembershipEvent {
  return { type: 'SubscriptionRefused', data: { ...user, ...key, by: MANAGER, reason } };
}

/** The user no longer has a space. */
export function unsubscribed(key: SubscriptionKey, by: string = MANAGER): MembershipEvent {
  return { type: 'SpaceUnsubscribed', data: { ...user, ...key, by } };
}
