import { accept, refuse, unreachable, type Decision } from '../shared/decision.js';
import type { Event } from '../shared/event.js';

/** A structure of the directory: a company or a public entity known to the platform. Stream `structure-<identifier>`. */
export type StructureEvent =
  | Event<'StructureRegistered', { identifier: string; name: string; publicEntity: boolean }>
  | Event<'StructureDeactivated', { successor: string | null }>;

export type Structure =
  | { readonly status: 'none' }
  | { readonly status: 'active'; readonly identifier: string; readonly name: string; readonly publicEntity: boolean }
  | { readonly status: 'deactivated'; readonly identifier: string; readonly successor: string | null };

export const noStructure: Structure = { status: 'none' };

/**
 * What identifies a structure: a SIRET of 14 digits, or what the field knows besides (EU VAT, outside EU, RIDET, TAHITI, a
 * natural person's 80 characters, R02). Letters, digits and the punctuation of company registers; nothing that could be
 * taken for a path or a command.
 */
export const STRUCTURE_IDENTIFIER = /^[\p{L}\p{N}](?:[\p{L}\p{N} ._'-]{0,78}[\p{L}\p{N}.])?$/u;

/** Stream of a structure. */
export function structureStream(identifier: string): string {
  return `structure-${encodeURIComponent(identifier)}`;
}

/** Applies one event of the structure's stream. */
export function evolveStructure(structure: Structure, event: StructureEvent): Structure {
  switch (event.type) {
    case 'StructureRegistered':
      return { status: 'active', ...event.data };
    case 'StructureDeactivated':
      if (structure.status === 'none') throw new Error('StructureDeactivated before StructureRegistered');
      return { status: 'deactivated', identifier: structure.identifier, successor: event.data.successor };
    default:
      return unreachable(event);
  }
}

/** Registers a structure. Refuses an identifier in use (`STR-001`), one that is not an identifier (`STR-002`). */
export function registerStructure(
  structure: Structure,
  command: { identifier: string; name: string; publicEntity: boolean },
): Decision<StructureEvent> {
  if (structure.status !== 'none')
    return refuse('STR-001', `L’identifiant ${command.identifier} est déjà celui d’une structure.`);
  if (!STRUCTURE_IDENTIFIER.test(command.identifier))
    return refuse('STR-002', 'L’identifiant d’une structure a au plus 80 caractères (14 chiffres pour un SIRET).');
  return accept({ type: 'StructureRegistered', data: command });
}

/** Deactivates a structure, naming its successor where there is one. Refuses one that is not active (`STR-003`). */
export function deactivateStructure(structure: Structure, successor: string | null): Decision<StructureEvent> {
  if (structure.status !== 'active') return refuse('STR-003', 'La structure n’existe pas ou n’est plus active.');
  return accept({ type: 'StructureDeactivated', data: { successor } });
}
