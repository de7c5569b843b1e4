import type { Service } from '../service/service.js';
import { serviceNotActive } from '../service/service.js';
import { accept, refuse, type Decision, type Refused } from '../shared/decision.js';
import {
  isSameSpace,
  notActive,
  type ExistingStructure,
  type OpenedSpace,
  type Structure,
} from '../structure/structure.js';
import type { StructureEvent } from '../structure/structure-events.js';
import { opensByItself, SPACES, type SpaceCode } from './space-catalogue.js';

/** Where a space is opened or subscribed to: a structure, or one of its services. */
export interface SpacePlace {
  readonly structure: Structure;
  /** The service that is named; null when it is about the whole structure. */
  readonly service: Service | null;
}

/** Whether a space can be used at a place: managers opened it there, or it opens by itself (R08). */
export function isOpen({ spaces }: ExistingStructure, at: OpenedSpace): boolean {
  return opensByItself(at.space) || spaces.some((opened) => isSameSpace(opened, at));
}

/**
 * Opens a space on a structure or on one of its active services (R08). Nothing happens when it is open already. Refuses a
 * structure that is not active (`STR-003`), a service that is not (`SER-002`), a space that opens by itself (`ESP-001`) or
 * that a company cannot have (`ESP-002`).
 */
export function openSpace(place: SpacePlace, at: OpenedSpace, by: string): Decision<StructureEvent> {
  const { structure } = place;
  if (structure.status !== 'active') return notActive(structure);
  const reason =
    byItself(at.space) ?? notForThisStructure(structure, at.space) ?? serviceNotActive(at.service, place.service);
  if (reason !== null) return reason;
  return isOpen(structure, at) ? accept() : accept({ type: 'SpaceOpened', data: { ...keyOf(at), by } });
}

/**
 * Closes a space (R08). Nothing happens when it is not open. The subscriptions to it stay recorded and give no right while it
 * is closed, so that opening it again gives everybody back what they had. A service may be inactive: what is open on it can
 * still be closed. Refuses a structure that is not active (`STR-003`), a space that opens by itself (`ESP-001`).
 */
export function closeSpace(structure: Structure, at: OpenedSpace, by: string): Decision<StructureEvent> {
  if (structure.status !== 'active') return notActive(structure);
  const reason = byItself(at.space);
  if (reason !== null) return reason;
  return isOpen(structure, at) ? accept({ type: 'SpaceClosed', data: { ...keyOf(at), by } }) : accept();
}

/** The refusal of a space that structures of this kind cannot have (`ESP-002`); null when they can. */
export function notForThisStructure({ publicEntity }: ExistingStructure, space: SpaceCode): Refused | null {
  const { audience, label } = SPACES[space];
  if (publicEntity || audience === 'everyone') return null;
  return refuse('ESP-002', `L’espace « ${label} » est réservé aux structures publiques.`);
}

function byItself(space: SpaceCode): Refused | null {
  if (!opensByItself(space)) return null;
  return refuse(
    'ESP-001',
    `L’espace « ${SPACES[space].label} » s’ouvre de lui-même : il n’y a ni à l’ouvrir ni à le fermer.`,
  );
}

function keyOf({ space, service }: OpenedSpace): OpenedSpace {
  return { space, service };
}
