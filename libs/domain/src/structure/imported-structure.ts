import { accept, refuse, type Decision, type Refused } from '../shared/decision.js';
import { spacesOpenFromTheStart } from '../space/space-catalogue.js';
import { isNaturalPerson, isPublicCategory } from './create-structure.js';
import { refusalOfIdentifier } from './identifier-type.js';
import type { IdentifierType, StructureCategory, StructureEvent, StructureRequirements } from './structure-events.js';
import { describeStructure } from './structure-settings.js';
import {
  evolveStructure,
  notActive,
  setStructureExclusion,
  setStructureRequirements,
  STRUCTURE_IDENTIFIER,
  type ExistingStructure,
  type Structure,
} from './structure.js';

/** A structure as a file of the directory describes it. */
export interface ImportedStructure {
  readonly identifier: string;
  readonly identifierType: IdentifierType;
  readonly category: StructureCategory;
  readonly name: string;
  /** What it asks of invoices; null leaves that as it is. */
  readonly requirements: StructureRequirements | null;
  /** Why it need not receive invoices: null lifts the exclusion, undefined leaves that as it is. */
  readonly exclusion: string | null | undefined;
}

/** A name as an import takes it: 1 to 99 characters of one line, the length that the field's formats keep. */
const IMPORTED_NAME = /^(?=.*\S)[^\p{Cc}]{1,99}$/u;

/**
 * Makes a structure as the file says: registers it when there is none, else changes what differs, and nothing when nothing
 * does, so that the same file can be imported again (R02, R11, R17). A structure registered here has no primary manager yet,
 * and the spaces that are open from the start.
 *
 * Refuses an identifier that is none of its type (`STR-002`), a structure that is not active (`STR-003`), requirements of a
 * company (`STR-004`), a public structure without a SIRET (`STR-005`), a name that is none (`ANN-003`), a natural person (`ANN-004`): their data are their own to give; and
 * another category (`ANN-005`), which nothing can change.
 */
export function importStructure(structure: Structure, wanted: ImportedStructure, by: string): Decision<StructureEvent> {
  const refusal = refusalOf(structure, wanted);
  if (refusal !== null) return refusal;
  return inTurn(structure, [
    (now) => (now.status === 'none' ? registration(wanted, by) : renamed(now, wanted.name)),
    (now) => (wanted.requirements === null ? accept() : setStructureRequirements(now, wanted.requirements)),
    (now) => (wanted.exclusion === undefined ? accept() : setStructureExclusion(now, wanted.exclusion)),
  ]);
}

/** The refusal of a name that an import does not take (`ANN-003`); null when it takes it. */
export function refusalOfImportedName(name: string): Refused | null {
  if (IMPORTED_NAME.test(name)) return null;
  return refuse('ANN-003', 'Le nom a de 1 à 99 caractères, sur une seule ligne.');
}

function refusalOf(structure: Structure, wanted: ImportedStructure): Refused | null {
  if (structure.status === 'deactivated') return notActive(structure);
  if (isNaturalPerson(wanted.category) || (structure.status === 'active' && structure.person !== null))
    return refuse('ANN-004', 'Une personne physique crée elle-même sa structure : elle ne s’importe pas.');
  if (structure.status === 'active' && structure.category !== wanted.category)
    return refuse('ANN-005', `La structure existe dans la catégorie ${structure.category}, qui ne change pas.`);
  const ofIdentifier = structure.status === 'none' ? refusalOfNewIdentifier(wanted) : null;
  return ofIdentifier ?? refusalOfImportedName(wanted.name);
}

function refusalOfNewIdentifier({ identifierType, identifier, category }: ImportedStructure): Refused | null {
  if (isPublicCategory(category) && identifierType !== 'SIRET')
    return refuse('STR-005', 'Une structure publique s’identifie par son SIRET.');
  if (!STRUCTURE_IDENTIFIER.test(identifier))
    return refuse(
      'STR-002',
      "L’identifiant d’une structure a au plus 80 caractères, lettres, chiffres et « . _ ' - ».",
    );
  return refusalOfIdentifier(identifierType, identifier);
}

function registration(wanted: ImportedStructure, by: string): Decision<StructureEvent> {
  const { identifier, identifierType, category, name } = wanted;
  const publicEntity = isPublicCategory(category);
  return accept<StructureEvent>(
    {
      type: 'StructureRegistered',
      data: {
        identifier,
        identifierType,
        category,
        name,
        publicEntity,
        address: null,
        primaryManager: null,
        person: null,
      },
    },
    ...spacesOpenFromTheStart(publicEntity).map((space): StructureEvent => ({
      type: 'SpaceOpened',
      data: { space, service: null, by },
    })),
  );
}

function renamed(structure: ExistingStructure, name: string): Decision<StructureEvent> {
  return describeStructure(structure, { name, address: structure.address });
}

/** Takes decisions one after the other, each on what the ones before it left; all of them or, with the first refusal, none. */
function inTurn(
  structure: Structure,
  steps: readonly ((now: Structure) => Decision<StructureEvent>)[],
): Decision<StructureEvent> {
  const events: StructureEvent[] = [];
  let now = structure;
  for (const step of steps) {
    const decision = step(now);
    if (!decision.accepted) return decision;
    events.push(...decision.events);
    now = decision.events.reduce(evolveStructure, now);
  }
  return accept(...events);
}
