import { accept, refuse, unreachable, type Decision, type Refused } from '../shared/decision.js';
import type { Personal } from '../shared/personal-data.js';
import { spacesOpenFromTheStart, type SpaceCode } from '../space/space-catalogue.js';
import type {
  CentralServiceContact,
  IdentifierType,
  PostalAddress,
  StructureCategory,
  StructureEvent,
  StructureRequirements,
} from './structure-events.js';

/** A space that is open on a structure, or on one of its services. */
export interface OpenedSpace {
  readonly space: SpaceCode;
  readonly service: string | null;
}

/** Bank details of a structure (R12); the personal ones read as null once their holder was erased. */
export interface BankDetails {
  readonly id: string;
  readonly label: string;
  readonly holder: Personal<string>;
  readonly iban: Personal<string>;
  readonly bic: Personal<string>;
  readonly factor: string | null;
}

/** How to reach the central service that treats the statements of justice fees sent to a structure, or to one of its services. */
export interface CentralService {
  /** Service code; null for all that has none of its own. */
  readonly service: string | null;
  readonly contact: CentralServiceContact;
}

/** A structure that exists; a deactivated one keeps what it was, since its invoices stay processable (R16). */
export interface ExistingStructure {
  readonly status: 'active' | 'deactivated';
  readonly identifier: string;
  readonly identifierType: IdentifierType;
  readonly category: StructureCategory;
  readonly name: Personal<string>;
  readonly address: Personal<PostalAddress>;
  /** Account whose personal data name and address are; null for a company or a public entity. */
  readonly person: string | null;
  readonly publicEntity: boolean;
  /** Account of the primary manager (R03); null for a structure that is only in the directory. */
  readonly primaryManager: string | null;
  readonly requirements: StructureRequirements;
  /** Why it need not receive invoices (R17); null when it must. */
  readonly exclusion: string | null;
  readonly spaces: readonly OpenedSpace[];
  readonly bankDetails: readonly BankDetails[];
  readonly centralServices: readonly CentralService[];
  readonly usedApplications: readonly string[];
  readonly invoicingMandate: boolean;
  readonly pacageNumber: string | null;
  /** The structures whose place it took by changes of SIRET, the oldest first (R16). */
  readonly origins: readonly string[];
  /** The structure that took its place; null while it is active or when there is none. */
  readonly successor: string | null;
}

export type Structure = { readonly status: 'none' } | ExistingStructure;

const noRequirements: StructureRequirements = {
  serviceCode: false,
  commitmentNumber: false,
  serviceCodeOrCommitmentNumber: false,
};

/** The used application that is always there and cannot be removed (R14). */
export const PAYMENT_REQUEST = 'DEMANDE_PAIEMENT';

export const noStructure: Structure = { status: 'none' };

/**
 * What identifies a structure: a SIRET of 14 digits, or what the field knows besides (EU VAT, outside EU, RIDET, TAHITI, a
 * natural person's 80 characters, R02). Letters, digits and the punctuation of company registers; nothing that could be
 * taken for a path or a command.
 */
export const STRUCTURE_IDENTIFIER = /^[\p{L}\p{N}](?:[\p{L}\p{N} ._'-]{0,78}[\p{L}\p{N}.])?$/u;

/**
 * Applies one event of the structure's stream. A structure that took another's place starts from the events of its origins
 * that `CARRIED_OVER` lets over, so those must have been applied before `StructureDuplicated`.
 */
export function evolveStructure(structure: Structure, event: StructureEvent): Structure {
  if (event.type === 'StructureRegistered') return registered(event.data);
  if (structure.status === 'none') throw new Error(`${event.type} before StructureRegistered`);
  switch (event.type) {
    case 'StructureDescribed':
      return { ...structure, ...event.data };
    case 'UsedApplicationsSet':
      return { ...structure, usedApplications: event.data.applications };
    case 'StructureRequirementsSet':
      return { ...structure, requirements: event.data };
    case 'StructureExcluded':
      return { ...structure, exclusion: event.data.reason };
    case 'StructureExclusionLifted':
      return { ...structure, exclusion: null };
    case 'PrimaryManagerNamed':
      return { ...structure, primaryManager: event.data.account };
    case 'SpaceOpened':
      return {
        ...structure,
        spaces: [...structure.spaces, { space: event.data.space, service: event.data.service }],
      };
    case 'SpaceClosed':
      return { ...structure, spaces: structure.spaces.filter((opened) => !isSameSpace(opened, event.data)) };
    case 'BankDetailsAdded': {
      const { id, label, holder, iban, bic, factor } = event.data;
      return { ...structure, bankDetails: [...structure.bankDetails, { id, label, holder, iban, bic, factor }] };
    }
    case 'BankDetailsRemoved':
      return { ...structure, bankDetails: structure.bankDetails.filter(({ id }) => id !== event.data.id) };
    case 'CentralServiceNamed': {
      const { service, contact } = event.data;
      const others = structure.centralServices.filter((known) => known.service !== service);
      return { ...structure, centralServices: contact === null ? others : [...others, { service, contact }] };
    }
    case 'InvoicingMandateSubscribed':
      return { ...structure, invoicingMandate: true };
    case 'PacageNumberSet':
      return { ...structure, pacageNumber: event.data.number };
    case 'StructureDeactivated':
      return { ...structure, status: 'deactivated', successor: event.data.successor };
    case 'StructureDuplicated':
      return { ...structure, identifier: event.data.identifier, origins: event.data.origins };
    default:
      return unreachable(event);
  }
}

/** Whether two name the same space at the same place. */
export function isSameSpace(left: OpenedSpace, right: OpenedSpace): boolean {
  return left.space === right.space && left.service === right.service;
}

function registered(data: Extract<StructureEvent, { type: 'StructureRegistered' }>['data']): Structure {
  return {
    status: 'active',
    identifier: data.identifier,
    identifierType: data.identifierType ?? 'SIRET',
    category: data.category ?? (data.publicEntity ? 'OTHER_PUBLIC' : 'COMPANY'),
    name: data.name,
    address: data.address ?? null,
    person: data.person ?? null,
    publicEntity: data.publicEntity,
    primaryManager: data.primaryManager ?? null,
    requirements: noRequirements,
    exclusion: null,
    spaces: [],
    bankDetails: [],
    centralServices: [],
    usedApplications: [PAYMENT_REQUEST],
    invoicingMandate: false,
    pacageNumber: null,
    origins: [],
    successor: null,
  };
}

/** A structure to be put in the directory by an operator: its type and category may stay as they were before people came. */
export interface StructureToRegister {
  readonly identifier: string;
  readonly name: string;
  readonly publicEntity: boolean;
  readonly identifierType?: IdentifierType;
  readonly category?: StructureCategory;
  readonly address?: PostalAddress;
}

/**
 * Registers a structure in the directory, without a manager. Lenient about the identifier, since the directory of the public
 * qualification data has SIRETs that fail Luhn. Refuses an identifier in use (`STR-001`), one that is not an identifier
 * (`STR-002`).
 */
export function registerStructure(structure: Structure, command: StructureToRegister): Decision<StructureEvent> {
  if (structure.status !== 'none')
    return refuse('STR-001', `L’identifiant ${command.identifier} est déjà celui d’une structure.`);
  if (!STRUCTURE_IDENTIFIER.test(command.identifier))
    return refuse('STR-002', 'L’identifiant d’une structure a au plus 80 caractères (14 chiffres pour un SIRET).');
  const opened: StructureEvent[] = spacesOpenFromTheStart(command.publicEntity).map((space) => ({
    type: 'SpaceOpened',
    data: { space, service: null, by: 'operator' },
  }));
  return accept<StructureEvent>({ type: 'StructureRegistered', data: command }, ...opened);
}

/** Deactivates a structure, naming its successor where there is one. Refuses one that is not active (`STR-003`). */
export function deactivateStructure(structure: Structure, successor: string | null): Decision<StructureEvent> {
  if (structure.status !== 'active') return notActive(structure);
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
  if (structure.status !== 'active') return notActive(structure);
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
  if (structure.status !== 'active') return notActive(structure);
  if (structure.exclusion === reason) return accept();
  return accept<StructureEvent>(
    reason === null ? { type: 'StructureExclusionLifted', data: {} } : { type: 'StructureExcluded', data: { reason } },
  );
}

/**
 * The refusal of whatever needs an active structure (`STR-003`): a deactivated one names its successor where there is one
 * (R04, R16).
 */
export function notActive(structure: Structure): Refused {
  if (structure.status === 'deactivated' && structure.successor !== null)
    return refuse('STR-003', `La structure est désactivée : la structure ${structure.successor} lui a succédé.`);
  return refuse('STR-003', 'La structure n’existe pas ou n’est plus active.');
}
