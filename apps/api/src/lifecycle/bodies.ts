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

const MOST_WORDS = 2_000;
const MOST_DOCUMENTS = interactiveSupportingLimits.documents;
const REASONS = Object.keys(STATUS_REASONS);
const OUTCOMES = ['validated', 'refused', 'wrong-validator'] as const;

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
