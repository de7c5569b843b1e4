import { accept, refuse, unreachable, type Decision, type Refused } from '../shared/decision.js';
import type { Event } from '../shared/event.js';
import { notActive, type Structure } from '../structure/structure.js';

/** What names a service: the structure that it belongs to, and its code. */
export interface ServiceKey {
  readonly structure: string;
  readonly code: string;
}

/**
 * A service of a structure (R11). A stream of its own, so that managers of a structure with hundreds of services do not get
 * in one another's way.
 */
export type ServiceEvent =
  | Event<'ServiceOpened', ServiceKey & { name: string }>
  | Event<'ServiceRenamed', ServiceKey & { name: string }>
  | Event<'ServiceRequirementSet', ServiceKey & { commitmentNumber: boolean }>
  | Event<'ServiceDeactivated', ServiceKey>
  | Event<'ServiceReactivated', ServiceKey>;

export type Service =
  | { readonly status: 'none' }
  | {
      readonly status: 'active' | 'inactive';
      readonly name: string;
      /** Whether invoices to it need a legal commitment number, even when its structure does not ask for one. */
      readonly commitmentNumber: boolean;
    };

export const noService: Service = { status: 'none' };

/** A service code: at most 100 characters without control characters (chorus-pro-edi 2.1). */
export const SERVICE_CODE = /^[\p{L}\p{N}](?:[\p{L}\p{N}\p{P}\p{S} ]{0,98}[\p{L}\p{N}\p{P}\p{S}])?$/u;

/** Stream of a service. */
export function serviceStream({ structure, code }: ServiceKey): string {
  return `service-${encodeURIComponent(structure)}/${encodeURIComponent(code)}`;
}

/** Applies one event of the service's stream. */
export function evolveService(service: Service, event: ServiceEvent): Service {
  if (event.type === 'ServiceOpened') return { status: 'active', name: event.data.name, commitmentNumber: false };
  if (service.status === 'none') throw new Error(`${event.type} before ServiceOpened`);
  switch (event.type) {
    case 'ServiceRenamed':
      return { ...service, name: event.data.name };
    case 'ServiceRequirementSet':
      return { ...service, commitmentNumber: event.data.commitmentNumber };
    case 'ServiceDeactivated':
      return { ...service, status: 'inactive' };
    case 'ServiceReactivated':
      return { ...service, status: 'active' };
    default:
      return unreachable(event);
  }
}

/**
 * Makes a service as described: opens it when there is none, otherwise renames it, changes what it asks for, deactivates or
 * reactivates it (R11). Companies have services too: subsets that limit the rights of their users. Refuses a structure that is
 * not active (`STR-003`), a commitment number asked for by a company, which receives no invoices here (`STR-004`), and a code
 * that is none (`SER-001`).
 */
export function defineService(
  service: Service,
  structure: Structure,
  key: ServiceKey,
  wanted: { readonly name: string; readonly active: boolean; readonly commitmentNumber: boolean },
): Decision<ServiceEvent> {
  if (structure.status !== 'active') return notActive(structure);
  if (!structure.publicEntity && wanted.commitmentNumber)
    return refuse('STR-004', 'Seul un service d’une structure publique peut exiger un numéro d’engagement.');
  if (!SERVICE_CODE.test(key.code)) return refuse('SER-001', 'Un code service a de 1 à 100 caractères.');
  const opened: ServiceEvent[] =
    service.status === 'none' ? [{ type: 'ServiceOpened', data: { ...key, name: wanted.name } }] : [];
  const now = opened.reduce(evolveService, service);
  if (now.status === 'none') throw new Error('A service that was opened exists');
  const events = [...opened];
  if (now.name !== wanted.name) events.push({ type: 'ServiceRenamed', data: { ...key, name: wanted.name } });
  if (now.commitmentNumber !== wanted.commitmentNumber)
    events.push({ type: 'ServiceRequirementSet', data: { ...key, commitmentNumber: wanted.commitmentNumber } });
  const isActive = now.status === 'active';
  if (isActive !== wanted.active)
    events.push({ type: wanted.active ? 'ServiceReactivated' : 'ServiceDeactivated', data: { ...key } });
  return accept(...events);
}

/**
 * The refusal of a service that is named and does not exist or is inactive (`SER-002`); null when it is active, or when none is
 * named.
 */
export function serviceNotActive(code: string | null, service: Service | null): Refused | null {
  if (code === null || service?.status === 'active') return null;
  return refuse('SER-002', `Le service ${code} n’existe pas ou n’est plus actif sur cette structure.`);
}
