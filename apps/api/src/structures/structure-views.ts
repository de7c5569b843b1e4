import type { KnownService, KnownStructure } from '#application';
import {
  IDENTIFIER_TYPES,
  ROLES,
  SPACE_CODES,
  type ExistingStructure,
  type IdentifierType,
  type Role,
  type SpaceCode,
  type StructureCategory,
} from '#domain';
import { ApiProperty } from '@nestjs/swagger';

/** Names of the categories, as OpenAPI shows them. */
export const STRUCTURE_CATEGORIES: readonly StructureCategory[] = [
  'COMPANY',
  'SOLE_TRADER',
  'PRIVATE_PERSON',
  'STATE',
  'LOCAL_AUTHORITY',
  'OTHER_PUBLIC',
];

/** Names of the identifier types, as OpenAPI shows them. */
export const IDENTIFIER_TYPE_NAMES = Object.keys(IDENTIFIER_TYPES) as IdentifierType[];

/** A postal address, as it is shown. */
export class AddressView {
  @ApiProperty({ description: 'Lignes de l’adresse', type: [String] })
  lines!: readonly string[];

  @ApiProperty({ description: 'Code postal' })
  postcode!: string;

  @ApiProperty({ description: 'Commune' })
  city!: string;

  @ApiProperty({ description: 'Code du pays (ISO 3166-1)', example: 'FR' })
  country!: string;
}

/** What invoices sent to a structure must give. */
export class RequirementsView {
  @ApiProperty({ description: 'Le code service est obligatoire' })
  serviceCode!: boolean;

  @ApiProperty({ description: 'Le numéro d’engagement juridique est obligatoire' })
  commitmentNumber!: boolean;

  @ApiProperty({ description: 'L’un des deux est obligatoire' })
  serviceCodeOrCommitmentNumber!: boolean;
}

/** Bank details of a structure. */
export class BankDetailsView {
  @ApiProperty({ description: 'Numéro des coordonnées bancaires (UUID)' })
  id!: string;

  @ApiProperty({ description: 'Libellé' })
  label!: string;

  @ApiProperty({ description: 'Titulaire', type: String, nullable: true })
  holder!: string | null;

  @ApiProperty({ description: 'IBAN', type: String, nullable: true })
  iban!: string | null;

  @ApiProperty({ description: 'BIC', type: String, nullable: true })
  bic!: string | null;

  @ApiProperty({ description: 'Société d’affacturage payée à la place de la structure', type: String, nullable: true })
  factor!: string | null;
}

/** A space that is open on a structure. */
export class OpenedSpaceView {
  @ApiProperty({ description: 'Code de l’espace', enum: SPACE_CODES })
  space!: SpaceCode;

  @ApiProperty({ description: 'Code service ; nul pour la structure entière', type: String, nullable: true })
  service!: string | null;
}

/** Somebody, by name. */
export class PersonName {
  @ApiProperty({ description: 'Numéro du compte (UUID)' })
  account!: string;

  @ApiProperty({ description: 'Prénom', type: String, nullable: true })
  firstName!: string | null;

  @ApiProperty({ description: 'Nom', type: String, nullable: true })
  lastName!: string | null;
}

/** A structure in a list. */
export class StructureSummary {
  @ApiProperty({ description: 'Identifiant' })
  identifier!: string;

  @ApiProperty({ description: 'Raison sociale', type: String, nullable: true })
  name!: string | null;

  @ApiProperty({ description: 'Catégorie', enum: STRUCTURE_CATEGORIES })
  category!: StructureCategory;

  @ApiProperty({ description: 'Vrai pour une entité publique' })
  publicEntity!: boolean;

  @ApiProperty({ description: 'Faux pour une structure désactivée' })
  active!: boolean;

  @ApiProperty({ description: 'Structure qui lui a succédé', type: String, nullable: true })
  successor!: string | null;

  @ApiProperty({ description: 'Structures d’origine, après des changements de SIRET', type: [String] })
  origins!: readonly string[];

  @ApiProperty({ description: 'Rôle de la personne connectée', enum: ROLES, nullable: true })
  role!: Role | null;
}

/** A structure as its people see it. */
export class StructureView extends StructureSummary {
  @ApiProperty({ description: 'Type d’identifiant', enum: IDENTIFIER_TYPE_NAMES })
  identifierType!: IdentifierType;

  @ApiProperty({ description: 'Adresse', type: AddressView, nullable: true })
  address!: AddressView | null;

  @ApiProperty({ description: 'Gestionnaire principal', type: PersonName, nullable: true })
  primaryManager!: PersonName | null;

  @ApiProperty({ description: 'Ce qu’elle exige des factures' })
  requirements!: RequirementsView;

  @ApiProperty({ description: 'Motif de l’exclusion de l’obligation de recevoir', type: String, nullable: true })
  exclusion!: string | null;

  @ApiProperty({ description: 'Applications utilisées', type: [String] })
  usedApplications!: readonly string[];

  @ApiProperty({ description: 'Espaces ouverts', type: [OpenedSpaceView] })
  spaces!: readonly OpenedSpaceView[];

  @ApiProperty({ description: 'Vrai si le mandat de facturation est souscrit' })
  invoicingMandate!: boolean;

  @ApiProperty({ description: 'Numéro PACAGE ; nul pour qui n’est pas gestionnaire', type: String, nullable: true })
  pacageNumber!: string | null;

  @ApiProperty({
    description: 'Coordonnées bancaires ; nul pour qui n’est pas gestionnaire',
    type: [BankDetailsView],
    nullable: true,
  })
  bankDetails!: readonly BankDetailsView[] | null;
}

/** A service that invoices can name. */
export class RecipientService {
  @ApiProperty({ description: 'Code service' })
  code!: string;

  @ApiProperty({ description: 'Libellé' })
  name!: string;

  @ApiProperty({ description: 'Le numéro d’engagement juridique est obligatoire pour ce service' })
  commitmentNumber!: boolean;
}

/** What is known of the service that somebody asked about (R23). */
export class AskedService {
  @ApiProperty({ description: 'Code service demandé' })
  code!: string;

  @ApiProperty({ description: 'Vrai si la structure a ce service' })
  exists!: boolean;

  @ApiProperty({ description: 'Vrai si le service est actif' })
  active!: boolean;

  @ApiProperty({ description: 'Le numéro d’engagement juridique est obligatoire pour ce service' })
  commitmentNumber!: boolean;
}

/** What whoever addresses an invoice must know of a structure (R23). */
export class RecipientView {
  @ApiProperty({ description: 'Identifiant demandé' })
  identifier!: string;

  @ApiProperty({ description: 'Vrai si l’annuaire connaît la structure' })
  exists!: boolean;

  @ApiProperty({ description: 'Vrai si elle reçoit des factures' })
  active!: boolean;

  @ApiProperty({ description: 'Structure qui lui a succédé', type: String, nullable: true })
  successor!: string | null;

  @ApiProperty({ description: 'Raison sociale d’une entité publique', type: String, nullable: true })
  name!: string | null;

  @ApiProperty({ description: 'Vrai pour une entité publique', type: Boolean, nullable: true })
  publicEntity!: boolean | null;

  @ApiProperty({ description: 'Motif de l’exclusion de l’obligation de recevoir', type: String, nullable: true })
  exclusion!: string | null;

  @ApiProperty({ description: 'Ce qu’elle exige', type: RequirementsView, nullable: true })
  requirements!: RequirementsView | null;

  @ApiProperty({ description: 'Services actifs', type: [RecipientService] })
  services!: readonly RecipientService[];

  @ApiProperty({ description: 'Le service demandé ; nul si aucun ne l’est', type: AskedService, nullable: true })
  service!: AskedService | null;
}

/** A row of a list of structures. */
export interface StructureSummaryRow extends StructureSummary {
  readonly cursor: string;
}

/** Shows a structure in a list. */
export function structureSummary({ cursor: _cursor, ...summary }: StructureSummaryRow): StructureSummary {
  return summary;
}

/**
 * Shows a structure.
 *
 * @param role of whoever looks; null for an operator
 * @param all whether whoever looks sees what managers alone see
 */
export function structureView(
  structure: ExistingStructure,
  primaryManager: PersonName | null,
  role: Role | null,
  all: boolean,
): StructureView {
  return {
    identifier: structure.identifier,
    identifierType: structure.identifierType,
    category: structure.category,
    name: structure.name,
    address: structure.address,
    publicEntity: structure.publicEntity,
    active: structure.status === 'active',
    successor: structure.successor,
    origins: structure.origins,
    role,
    primaryManager,
    requirements: structure.requirements,
    exclusion: structure.exclusion,
    usedApplications: structure.usedApplications,
    spaces: structure.spaces,
    invoicingMandate: structure.invoicingMandate,
    pacageNumber: all ? structure.pacageNumber : null,
    bankDetails: all ? structure.bankDetails : null,
  };
}

/** Shows a structure to whoever addresses an invoice to it. Of companies and people nothing is told but that they are there. */
export function recipientView(
  identifier: string,
  structure: KnownStructure | null,
  services: readonly KnownService[],
  asked: string | null = null,
): RecipientView {
  const isPublic = structure?.publicEntity === true;
  const service = isPublic ? services.find(({ code }) => code === asked) : undefined;
  return {
    identifier,
    exists: structure !== null,
    active: structure?.active ?? false,
    successor: structure?.successor ?? null,
    name: isPublic ? structure.name : null,
    publicEntity: structure?.publicEntity ?? null,
    exclusion: structure?.exclusion ?? null,
    requirements: structure?.requirements ?? null,
    services: isPublic
      ? services
          .filter(({ active }) => active)
          .map(({ code, name, commitmentNumber }) => ({ code, name, commitmentNumber }))
      : [],
    service:
      asked === null
        ? null
        : {
            code: asked,
            exists: service !== undefined,
            active: service?.active === true,
            commitmentNumber: service?.commitmentNumber === true,
          },
  };
}
