import { accept, refuse, unreachable, type Decision } from '../shared/decision.js';
import type { Event } from '../shared/event.js';

/** A structure of the directory: a company or a public entity known to the platform. Stream `structure-<identifier>`. */
export type StructureEvent =
  | Event<'StructureRegistered', { identifier: string; name: string; publicEntity: boolean }>
  | Event<'StructureRequirementsSet', StructureRequirements>
  | Event<'StructureExcluded', { reason: string }>
  | Event<'StructureExclusionLifted', Record<string, never>>
  | Event<'StructureDeactivated', { successor: string | null }>;

/** What a structure asks of the invoices that are sent to it (R11). */
export interface StructureRequirements {
  /** A service code of its own. */
  readonly serviceCode: boolean;
  /** A legal commitment number; a contract number stands in for it. */
  readonly commitmentNumber: boolean;
  /** One of the two, whichever. */
  readonly serviceCodeOrCommitmentNumber: boolean;
}

export type Structure =
  | { readonly status: 'none' }
  | {
      readonly status: 'active';
      readonly identifier: string;
      readonly name: string;
      readonly publicEntity: boolean;
      readonly requirements: StructureRequirements;
      /** Why it need not receive invoices (R17); null when it must. */
      readonly exclusion: string | null;
    }
  | { readonly status: 'deactivated'; readonly identifier: string; readonly successor: string | null };

const noRequirements: StructureRequirements = {
  serviceCode: false,
  commitmentNumber: false,
  serviceCodeOrCommitmentNumber: false,
};

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
      return { status: 'active', ...event.data, requirements: noRequirements, exclusion: null };
    case 'StructureRequirementsSet':
      return { ...active(structure, event), requirements: event.data };
    case 'StructureExcluded':
      return { ...active(structure, event), exclusion: event.data.reason };
    case 'StructureExclusionLifted':
      return { ...active(structure, event), exclusion: null };
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
  if (structure.status !== 'active') return notActive();
  return accept({ type: 'StructureDeactivated', data: { successor } });
}

/**
 * Sets what the structure asks of the invoices sent to it (R11). Nothing happens when it already asks so. Refuses a structure
 * that is not active (`STR-003`) and a company, which receives none here (`STR-004`).
 */
export function setStructureRequirements(
  structure: Structure,
  requirements: StructureRequirements,
): Decision<StructureEvent> {
  if (structure.status !== 'active') return notActive();
  if (!structure.publicEntity)
    return refuse('STR-004', 'Seule une structure publique peut exiger un code service ou un numéro d’engagement.');
  const now = structure.requirements;
  const same =
    now.serviceCode === requirements.serviceCode &&
    now.commitmentNumber === requirements.commitmentNumber &&
    now.serviceCodeOrCommitmentNumber === requirements.serviceCodeOrCommitmentNumber;
  return same ? accept() : accept({ type: 'StructureRequirementsSet', data: requirements });
}

/**
 * Says that the structure is excluded from the duty to receive (R17), or no longer is: an entity that acts in the name and on
 * behalf of an obliged one under mandate is not. Nothing happens when it is already so. Refuses a structure that is not
 * active (`STR-003`).
 *
 * @param reason the category of the exclusion, in French; null lifts it
 */
export function setStructureExclusion(structure: Structure, reason: string | null): Decision<StructureEvent> {
  if (structure.status !== 'active') return notActive();
  if (structure.exclusion === reason) return accept();
  return accept<StructureEvent>(
    reason === null ? { type: 'StructureExclusionLifted', data: {} } : { type: 'StructureExcluded', data: { reason } },
  );
}

function notActive(): Decision<StructureEvent> {
  return refuse('STR-003', 'La structure n’existe pas ou n’est plus active.');
}

function active(structure: Structure, { type }: StructureEvent): Extract<Structure, { status: 'active' }> {
  if (structure.status !== 'active') throw new Error(`${type} of a structure that is not active`);
  return structure;
}
