import type { Service } from '../service/service.js';
import { accept, refuse, type Decision } from '../shared/decision.js';
import type { CentralServiceContact, StructureEvent } from './structure-events.js';
import { notActive, type ExistingStructure, type Structure } from './structure.js';

/**
 * Names the central service of justice fees (R28): there is one in each court, so it is a fact of the structure that statements
 * are sent to, or of one of its services, and not of the platform. Null removes it. Nothing happens when it is already so. Refuses
 * a structure that is not active (`STR-003`) or is none of the public sector (`STR-013`), a service that is not active (`SER-002`).
 *
 * @param service the service that it is named for, null for the whole structure
 */
export function nameCentralService(
  structure: Structure,
  service: Service | null,
  named: { readonly service: string | null; readonly contact: CentralServiceContact | null },
  by: string,
): Decision<StructureEvent> {
  if (structure.status !== 'active') return notActive(structure);
  if (!structure.publicEntity)
    return refuse('STR-013', 'Seule une structure publique a un service centralisateur des frais de justice.');
  if (service !== null && service.status !== 'active')
    return refuse('SER-002', `Le service « ${named.service} » n’existe pas ou n’est plus actif.`);
  const known = structure.centralServices.find((one) => one.service === named.service)?.contact ?? null;
  if (JSON.stringify(shapeOf(known)) === JSON.stringify(shapeOf(named.contact))) return accept();
  return accept({ type: 'CentralServiceNamed', data: { ...named, by } });
}

/** The central service that treats what is sent to a service: its own, otherwise the structure's; null when none is named. */
export function centralServiceOf(
  { centralServices }: ExistingStructure,
  service: string | null,
): CentralServiceContact | null {
  const own = centralServices.find((one) => one.service === service);
  return (own ?? centralServices.find((one) => one.service === null))?.contact ?? null;
}

function shapeOf(contact: CentralServiceContact | null): readonly unknown[] | null {
  return contact && [contact.name, contact.address, contact.telephone, contact.email];
}
