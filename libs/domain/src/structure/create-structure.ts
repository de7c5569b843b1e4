import { refusalOfManager } from '../membership/manager-duty.js';
import type { Account } from '../account/account.js';
import { accept, refuse, type Decision } from '../shared/decision.js';
import { spacesOpenFromTheStart } from '../space/space-catalogue.js';
import { refusalOfIdentifier } from './identifier-type.js';
import type { IdentifierType, PostalAddress, StructureCategory, StructureEvent } from './structure-events.js';
import { STRUCTURE_IDENTIFIER, type Structure } from './structure.js';

/** A structure to be created by a person. */
export interface StructureToCreate {
  readonly identifier: string;
  readonly identifierType: IdentifierType;
  readonly category: StructureCategory;
  readonly name: string;
  readonly address: PostalAddress | null;
}

const PUBLIC_CATEGORIES: readonly StructureCategory[] = ['STATE', 'LOCAL_AUTHORITY', 'OTHER_PUBLIC'];

/** Whether a structure of this category is a public entity. */
export function isPublicCategory(category: StructureCategory): boolean {
  return PUBLIC_CATEGORIES.includes(category);
}

/** Whether name and address of a structure of this category are those of a natural person. */
export function isNaturalPerson(category: StructureCategory): boolean {
  return category === 'SOLE_TRADER' || category === 'PRIVATE_PERSON';
}

/**
 * Creates a structure, whose primary manager its creator is from the first event on (R02); what spaces a public one has from
 * the start are open in the same append (R08). Stricter than a registration by an operator, since what people type must be
 * right. Refuses an identifier in use (`STR-001`), one that is none of its type (`STR-002`), a category that does not go with
 * the type (`STR-005`), and whoever may not manage such a structure (`ROL-002`, `ROL-003`).
 *
 * @param creator account of who creates it
 */
export function createStructure(
  structure: Structure,
  command: StructureToCreate,
  creator: Account,
): Decision<StructureEvent> {
  const { identifier, identifierType, category, name, address } = command;
  if (structure.status !== 'none')
    return refuse('STR-001', `L’identifiant ${identifier} est déjà celui d’une structure.`);
  const mistyped = refusalOfIdentifier(identifierType, identifier);
  if (mistyped !== null) return mistyped;
  if (!STRUCTURE_IDENTIFIER.test(identifier))
    return refuse(
      'STR-002',
      "L’identifiant d’une structure a au plus 80 caractères, lettres, chiffres et « . _ ' - ».",
    );
  if ((category === 'PRIVATE_PERSON') !== (identifierType === 'PRIVATE_PERSON'))
    return refuse('STR-005', 'Un particulier s’identifie par un identifiant de particulier, et lui seul.');
  const publicEntity = isPublicCategory(category);
  if (publicEntity && identifierType !== 'SIRET')
    return refuse('STR-005', 'Une structure publique s’identifie par son SIRET.');
  const unfit = refusalOfManager(category, creator);
  if (unfit !== null) return unfit;
  const { account } = creator as Extract<Account, { account: string }>;
  const registered: StructureEvent = {
    type: 'StructureRegistered',
    data: {
      identifier,
      name,
      publicEntity,
      identifierType,
      category,
      address,
      primaryManager: account,
      person: isNaturalPerson(category) ? account : null,
    },
  };
  const opened: StructureEvent[] = spacesOpenFromTheStart(publicEntity).map((space) => ({
    type: 'SpaceOpened',
    data: { space, service: null, by: account },
  }));
  return accept(registered, ...opened);
}
