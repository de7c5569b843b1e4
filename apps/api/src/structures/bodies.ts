import { ROLES, STRUCTURE_IDENTIFIER, type IdentifierType, type Role, type StructureCategory } from '#domain';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsBooleanString,
  IsEmail,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  MinLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { PagingQuery } from '../lists/paging-query.js';
import { IDENTIFIER_TYPE_NAMES, STRUCTURE_CATEGORIES } from './structure-views.js';

/** No control characters, and not blanks alone: what is one line for a person is one line everywhere. */
const ONE_LINE = /^(?=.*\S)\P{Cc}*$/u;
const LONGEST_NAME = 99;
const LONGEST_TEXT = 200;
const LONGEST_ADDRESS = 254;
const MOST_STRUCTURES = 500;

/** A postal address. */
export class Address {
  @ApiProperty({ description: 'Lignes de l’adresse', type: [String] })
  @IsArray()
  @ArrayMaxSize(5)
  @IsString({ each: true })
  @MaxLength(LONGEST_TEXT, { each: true })
  @Matches(ONE_LINE, { each: true })
  lines!: string[];

  @ApiProperty({ description: 'Code postal' })
  @Matches(/^[0-9A-Za-z -]{1,12}$/)
  postcode!: string;

  @ApiProperty({ description: 'Commune' })
  @MaxLength(LONGEST_NAME)
  @Matches(ONE_LINE)
  city!: string;

  @ApiProperty({ description: 'Code du pays (ISO 3166-1)', example: 'FR' })
  @Matches(/^[A-Z]{2}$/)
  country!: string;
}

/** The service that an invoice would name (R23). */
export class AskedServiceQuery {
  @ApiPropertyOptional({ description: 'Code service à vérifier' })
  @IsOptional()
  @MaxLength(100)
  @Matches(ONE_LINE)
  service?: string;
}

/** A structure to create, or for operators to register. */
export class StructureToCreateBody {
  @ApiProperty({ description: 'SIRET, ou autre identifiant connu du domaine', example: '11000201100044' })
  @Matches(STRUCTURE_IDENTIFIER)
  identifier!: string;

  @ApiProperty({ description: 'Raison sociale, ou nom d’une personne physique' })
  @IsString()
  @MinLength(1)
  @MaxLength(LONGEST_NAME)
  name!: string;

  @ApiPropertyOptional({ description: 'Vrai pour une entité publique ; inutile quand la catégorie est donnée' })
  @ValidateIf(
    ({ category, publicEntity }: StructureToCreateBody) => category === undefined || publicEntity !== undefined,
  )
  @IsBoolean()
  publicEntity?: boolean;

  @ApiPropertyOptional({ description: 'Type d’identifiant', enum: IDENTIFIER_TYPE_NAMES, default: 'SIRET' })
  @IsOptional()
  @IsIn(IDENTIFIER_TYPE_NAMES)
  identifierType?: IdentifierType;

  @ApiPropertyOptional({ description: 'Catégorie', enum: STRUCTURE_CATEGORIES })
  @IsOptional()
  @IsIn(STRUCTURE_CATEGORIES)
  category?: StructureCategory;

  @ApiPropertyOptional({ description: 'Adresse', type: Address })
  @IsOptional()
  @ValidateNested()
  @Type(() => Address)
  address?: Address;
}

/** What a deactivation may say. */
export class Deactivation {
  @ApiPropertyOptional({ description: 'Identifiant de la structure qui succède' })
  @IsOptional()
  @Matches(STRUCTURE_IDENTIFIER)
  successor?: string;
}

/** Name and address of a structure. */
export class Description {
  @ApiProperty({ description: 'Raison sociale' })
  @MaxLength(LONGEST_NAME)
  @Matches(ONE_LINE)
  name!: string;

  @ApiPropertyOptional({ description: 'Adresse ; absente, elle est retirée', type: Address })
  @IsOptional()
  @ValidateNested()
  @Type(() => Address)
  address?: Address;
}

/** What a structure asks of the invoices that are sent to it. */
export class Requirements {
  @ApiProperty({ description: 'Le code service est obligatoire' })
  @IsBoolean()
  serviceCode!: boolean;

  @ApiProperty({ description: 'Le numéro d’engagement juridique est obligatoire' })
  @IsBoolean()
  commitmentNumber!: boolean;

  @ApiProperty({ description: 'L’un des deux est obligatoire' })
  @IsBoolean()
  serviceCodeOrCommitmentNumber!: boolean;
}

/** The block "applications utilisées". */
export class UsedApplications {
  @ApiProperty({ description: 'Codes des applications ; DEMANDE_PAIEMENT en est toujours', type: [String] })
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(50, { each: true })
  applications!: string[];
}

/** The PACAGE number of a farm. */
export class PacageNumber {
  @ApiPropertyOptional({ description: 'Neuf chiffres ; absent, il est retiré' })
  @IsOptional()
  @IsString()
  @MaxLength(20)
  number?: string;
}

/** Bank details to add. */
export class BankDetailsBody {
  @ApiProperty({ description: 'Libellé' })
  @MaxLength(LONGEST_NAME)
  @Matches(ONE_LINE)
  label!: string;

  @ApiProperty({ description: 'Titulaire du compte' })
  @MaxLength(LONGEST_NAME)
  @Matches(ONE_LINE)
  holder!: string;

  @ApiProperty({ description: 'IBAN' })
  @IsString()
  @MaxLength(50)
  iban!: string;

  @ApiProperty({ description: 'BIC' })
  @IsString()
  @MaxLength(20)
  bic!: string;

  @ApiPropertyOptional({ description: 'Société d’affacturage payée à la place de la structure' })
  @IsOptional()
  @MaxLength(LONGEST_NAME)
  @Matches(ONE_LINE)
  factor?: string;
}

/** How to reach the central service of justice fees. */
class CentralServiceContactBody {
  @ApiProperty({ description: 'Nom du service, et non d’une personne' })
  @MaxLength(LONGEST_NAME)
  @Matches(ONE_LINE)
  name!: string;

  @ApiProperty({ description: 'Lignes de l’adresse', type: [String] })
  @IsArray()
  @ArrayMaxSize(6)
  @IsString({ each: true })
  @MaxLength(LONGEST_TEXT, { each: true })
  @Matches(ONE_LINE, { each: true })
  address!: string[];

  @ApiPropertyOptional({ description: 'Téléphone' })
  @IsOptional()
  @Matches(/^[+0-9(][0-9 .()-]{4,29}$/)
  telephone?: string;

  @ApiPropertyOptional({ description: 'Adresse électronique du service' })
  @IsOptional()
  @IsEmail()
  @MaxLength(LONGEST_ADDRESS)
  email?: string;
}

/** The central service of justice fees of a structure, or of one of its services (R28). */
export class CentralServiceBody {
  @ApiPropertyOptional({ description: 'Code service ; absent pour toute la structure' })
  @IsOptional()
  @MaxLength(LONGEST_NAME)
  @Matches(ONE_LINE)
  service?: string;

  @ApiPropertyOptional({ description: 'Contact ; absent pour le retirer', type: CentralServiceContactBody })
  @IsOptional()
  @ValidateNested()
  @Type(() => CentralServiceContactBody)
  contact?: CentralServiceContactBody;
}

/** A new identifier. */
export class NewIdentifier {
  @ApiProperty({ description: 'Nouveau SIRET, de même SIREN', example: '13002526500021' })
  @Matches(STRUCTURE_IDENTIFIER)
  identifier!: string;
}

/** Why a request for attachment is refused. */
export class RefusalReason {
  @ApiPropertyOptional({ description: 'Motif, dit à la personne' })
  @IsOptional()
  @MaxLength(LONGEST_TEXT)
  @Matches(ONE_LINE)
  reason?: string;
}

/** A person, named by the login address or by the account. */
export class PersonToName {
  @ApiPropertyOptional({ description: 'Adresse de connexion' })
  @ValidateIf(({ account }: PersonToName) => account === undefined)
  @IsEmail()
  @MaxLength(LONGEST_ADDRESS)
  login?: string;

  @ApiPropertyOptional({ description: 'Numéro du compte (UUID), à défaut d’adresse de connexion' })
  @IsOptional()
  @IsUUID()
  account?: string;
}

/** A user to attach to several structures at once. */
export class UserToAttach extends PersonToName {
  @ApiProperty({ description: 'Identifiants des structures', type: [String] })
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(MOST_STRUCTURES)
  @Matches(STRUCTURE_IDENTIFIER, { each: true })
  structures!: string[];
}

/** The primary manager to be. */
export class NewPrimaryManager extends PersonToName {
  @ApiProperty({ description: 'Ce que devient l’ancien gestionnaire principal', enum: ['secondary', 'simple'] })
  @IsIn(['secondary', 'simple'])
  formerBecomes!: 'secondary' | 'simple';

  @ApiPropertyOptional({ description: 'Sollicitation qui le demande (UUID) ; pour le support seul' })
  @IsOptional()
  @IsUUID()
  supportRequest?: string;
}

/** Which structures to list. */
export class StructureFilter extends PagingQuery {
  @ApiPropertyOptional({ description: 'Rôle de la personne connectée', enum: ROLES })
  @IsOptional()
  @IsIn(ROLES)
  role?: Role;

  @ApiPropertyOptional({ description: 'Vrai pour les structures actives, faux pour les autres', type: Boolean })
  @IsOptional()
  @IsBooleanString()
  active?: string;

  @ApiPropertyOptional({ description: 'Début de l’identifiant, ou partie de la raison sociale' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_NAME)
  search?: string;
}

/** Which members to list. */
export class MemberFilter extends PagingQuery {
  @ApiPropertyOptional({ description: 'État des habilitations', enum: ['attached', 'deactivated'] })
  @IsOptional()
  @IsIn(['attached', 'deactivated'])
  status?: 'attached' | 'deactivated';

  @ApiPropertyOptional({ description: 'Rôle sur la structure', enum: ROLES })
  @IsOptional()
  @IsIn(ROLES)
  role?: Role;
}

/** Which requests for attachment to list. */
export class RequestFilter extends PagingQuery {
  @ApiPropertyOptional({
    description: 'Celles à juger, ou les siennes',
    enum: ['to-judge', 'mine'],
    default: 'to-judge',
  })
  @IsOptional()
  @IsIn(['to-judge', 'mine'])
  scope?: 'to-judge' | 'mine';
}
