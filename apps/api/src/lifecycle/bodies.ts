import { interactiveSupportingLimits } from '#einvoice';
import { INVOICE_STATUS_CODES, STATUS_REASONS, STRUCTURE_IDENTIFIER } from '#domain';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { Type } from 'class-transformer';
import { CitedFile } from '../uploads/bodies.js';
import { PagingQuery } from '../lists/paging-query.js';

const MOST_WORDS = 2_000;
const MOST_DOCUMENTS = interactiveSupportingLimits.documents;
const REASONS = Object.keys(STATUS_REASONS);
const LISTS = ['received', 'issued', 'to-validate', 'justice-fees'] as const;
const OUTCOMES = ['validated', 'refused', 'wrong-validator'] as const;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** What a list answered as `next`: the deposit's instant and the invoice's id. */
const CURSOR = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z_[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A comment that may come with what somebody decides. */
class WithComment {
  @ApiPropertyOptional({ description: 'Commentaire', maxLength: MOST_WORDS })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(MOST_WORDS)
  comment?: string;
}

/** A status that the recipient sets, in any of the vocabularies of the field: what is given must agree (R25). */
export class NewStatus extends WithComment {
  @ApiPropertyOptional({ description: 'Statut, par son code', enum: INVOICE_STATUS_CODES })
  @IsOptional()
  @IsString()
  @MaxLength(60)
  status?: string;

  @ApiPropertyOptional({ description: 'Le même, par son code CPPStatut', example: '06' })
  @IsOptional()
  @Matches(/^\d{2}$/)
  cppStatut?: string;

  @ApiPropertyOptional({
    description: 'Le même, par son code AFNOR ; 204 et 210 seuls : SERVICE_FAIT et REJETEE',
    example: '208',
  })
  @IsOptional()
  @Matches(/^\d{3}$/)
  afnor?: string;

  @ApiPropertyOptional({ description: 'Code du motif, exigé pour SUSPENDUE et REJETEE', enum: REASONS })
  @IsOptional()
  @IsString()
  @MaxLength(60)
  reason?: string;

  @ApiPropertyOptional({ description: 'Numéro de mandat' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  paymentOrder?: string;
}

/** What a validator says (R27). */
export class Validation extends WithComment {
  @ApiProperty({ description: 'Validée, refusée, ou adressée à un mauvais valideur', enum: OUTCOMES })
  @IsIn(OUTCOMES)
  outcome!: (typeof OUTCOMES)[number];

  @ApiPropertyOptional({ description: 'Code du motif, exigé pour un refus', enum: REASONS })
  @IsOptional()
  @IsString()
  @MaxLength(60)
  reason?: string;

  @ApiPropertyOptional({ description: 'Titulaire du marché, qui valide ensuite, si le premier valideur ne l’est pas' })
  @IsOptional()
  @Matches(STRUCTURE_IDENTIFIER)
  secondValidator?: string;
}

/** The right addressing of an invoice (R26). */
export class Recycling extends WithComment {
  @ApiPropertyOptional({ description: 'SIRET du bon destinataire' })
  @IsOptional()
  @Matches(STRUCTURE_IDENTIFIER)
  recipient?: string;

  @ApiPropertyOptional({ description: 'Code service ; nul pour aucun', type: String, nullable: true })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  serviceCode?: string | null;

  @ApiPropertyOptional({ description: 'Numéro d’engagement juridique ; nul pour aucun', type: String, nullable: true })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(50)
  commitmentNumber?: string | null;
}

/** Documents that the issuer joins by hand (R24), uploaded before. */
export class JoinedDocuments {
  @ApiProperty({ description: 'Pièces transmises auparavant par POST /api/files', type: [CitedFile] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_DOCUMENTS)
  @ValidateNested({ each: true })
  @Type(() => CitedFile)
  supportingDocuments!: CitedFile[];
}

/** The answer to a suspension (R25). */
export class Completion extends WithComment {
  @ApiPropertyOptional({ description: 'Pièces transmises auparavant par POST /api/files', type: [CitedFile] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_DOCUMENTS)
  @ValidateNested({ each: true })
  @Type(() => CitedFile)
  supportingDocuments?: CitedFile[];
}

/** Another validator (R27). */
export class NewValidator extends WithComment {
  @ApiProperty({ description: 'Identifiant du valideur' })
  @Matches(STRUCTURE_IDENTIFIER)
  validator!: string;
}

/** What narrows a list of invoices. */
export class InvoiceListQuery extends PagingQuery {
  @ApiPropertyOptional({ description: 'Liste', enum: LISTS, default: 'received' })
  @IsOptional()
  @IsIn(LISTS)
  list?: (typeof LISTS)[number];

  @ApiPropertyOptional({ description: 'Statuts, séparés par des virgules', example: 'MISE_A_DISPOSITION,COMPLETEE' })
  @IsOptional()
  @Matches(new RegExp(`^(?:${INVOICE_STATUS_CODES.join('|')})(?:,(?:${INVOICE_STATUS_CODES.join('|')}))*$`), {
    message: 'status : codes de statut séparés par des virgules',
  })
  status?: string;

  @ApiPropertyOptional({ description: 'Identifiant de l’une de ses structures' })
  @IsOptional()
  @Matches(STRUCTURE_IDENTIFIER)
  structure?: string;

  @ApiPropertyOptional({ description: 'Code service' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  service?: string;

  @ApiPropertyOptional({ description: 'Mots du numéro ou des noms' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  @Matches(/^[^\0]*$/)
  search?: string;

  @ApiPropertyOptional({ description: 'Déposées à partir de ce jour (AAAA-MM-JJ, Europe/Paris)' })
  @IsOptional()
  @Matches(DAY)
  from?: string;

  @ApiPropertyOptional({ description: 'Déposées jusqu’à ce jour compris' })
  @IsOptional()
  @Matches(DAY)
  to?: string;

  @Matches(CURSOR)
  declare after?: string;

  @Matches(/^\d{1,3}$/)
  declare limit?: string;
}
