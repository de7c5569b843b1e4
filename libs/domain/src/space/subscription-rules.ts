import type { Role } from '../access/standing.js';
import type { SubscriptionKey } from '../membership/membership-events.js';
import type { Membership } from '../membership/membership.js';
import { serviceNotActive } from '../service/service.js';
import { refuse, type Refused } from '../shared/decision.js';
import { notActive } from '../structure/structure.js';
import { SPACES, type SpaceRight } from './space-catalogue.js';
import { isOpen, notForThisStructure, type SpacePlace } from './space-opening.js';

/** A person who has or is to have a subscription. */
export interface Subscriber {
  readonly membership: Membership;
  /** The person's role on the structure now; null for somebody who is not attached, or deactivated there. */
  readonly role: Role | null;
}

/** A subscription that is asked for or given. */
export interface WantedSubscription extends SubscriptionKey {
  readonly right: SpaceRight;
}

/**
 * Why a subscription cannot be in force for this person at this place, whoever gives it (R08); null when it can. In this
 * order: the structure is not active (`STR-003`); the space needs no subscription (`ABO-001`); companies cannot have it
 * (`ESP-002`); the service is not active (`SER-002`); the space is not open there (`ABO-002`); the person is not attached or
 * is deactivated (`ABO-003`), or is not enabled on the service (`ABO-004`, R11): the perimeter of a manager is the whole
 * structure, that of a simple user the services that managers enabled.
 */
export function whyNoSubscription(
  place: SpacePlace,
  { membership, role }: Subscriber,
  key: SubscriptionKey,
): Refused | null {
  const { structure, service } = place;
  if (structure.status !== 'active') return notActive(structure);
  const { label, access } = SPACES[key.space];
  if (access === 'everyone')
    return refuse('ABO-001', `L’espace « ${label} » est ouvert à tous : il n’y a pas à s’y abonner.`);
  if (access === 'managers')
    return refuse('ABO-001', `L’espace « ${label} » suit le rôle de gestionnaire : il n’y a pas à s’y abonner.`);
  const unfit = notForThisStructure(structure, key.space) ?? serviceNotActive(key.service, service);
  if (unfit !== null) return unfit;
  if (!isOpen(structure, key))
    return refuse(
      'ABO-002',
      `L’espace « ${label} » n’est pas ouvert à cet endroit. Un gestionnaire doit d’abord l’ouvrir.`,
    );
  if (role === null)
    return refuse(
      'ABO-003',
      'La personne n’est pas rattachée à la structure, ou ses habilitations y sont désactivées.',
    );
  if (key.service !== null && role === 'simple' && !membership.services.includes(key.service))
    return refuse(
      'ABO-004',
      `La personne n’est pas habilitée sur le service ${key.service}. Un gestionnaire doit l’habiliter.`,
    );
  return null;
}

/** Whether a right gives all that another one does. */
export function covers(right: SpaceRight, other: SpaceRight): boolean {
  return right === other || right === 'modification';
}
