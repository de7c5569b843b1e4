import type { Membership } from '../membership/membership.js';
import type { MembershipEvent, MembershipKey } from '../membership/membership-events.js';
import { accept, refuse, type Decision } from '../shared/decision.js';
import { notActive, type Structure } from '../structure/structure.js';
import { serviceNotActive, type Service } from './service.js';

/**
 * Enables somebody on a service (R11). Nothing happens when they are already. Refuses a structure that is not active
 * (`STR-003`), a service that is not (`SER-002`), somebody who is not attached, or is deactivated (`SER-003`).
 */
export function enableServiceUser(
  { structure, service }: { readonly structure: Structure; readonly service: Service },
  membership: Membership,
  member: MembershipKey,
  code: string,
  by: string,
): Decision<MembershipEvent> {
  if (structure.status !== 'active') return notActive(structure);
  const reason = serviceNotActive(code, service);
  if (reason !== null) return reason;
  if (membership.status !== 'attached')
    return refuse(
      'SER-003',
      'La personne n’est pas rattachée à la structure, ou ses habilitations y sont désactivées.',
    );
  if (membership.services.includes(code)) return accept();
  return accept({ type: 'ServiceUserEnabled', data: { ...member, service: code, by } });
}

/**
 * Takes somebody off a service (R11), with what they subscribed to or asked for on that service alone. Nothing happens when
 * they are not enabled there. The service and the person may be deactivated. Refuses a structure that is not active
 * (`STR-003`).
 */
export function disableServiceUser(
  structure: Structure,
  membership: Membership,
  member: MembershipKey,
  code: string,
  by: string,
): Decision<MembershipEvent> {
  if (structure.status !== 'active') return notActive(structure);
  if (!membership.services.includes(code)) return accept();
  const spaces = new Set(membership.subscriptions.filter(({ service }) => service === code).map(({ space }) => space));
  return accept<MembershipEvent>(
    ...[...spaces].map((space): MembershipEvent => ({
      type: 'SpaceUnsubscribed',
      data: { ...member, space, service: code, by },
    })),
    { type: 'ServiceUserDisabled', data: { ...member, service: code, by } },
  );
}
